import type { VNode } from 'preact';
import { LevelPage as LevelStepPage } from '../../views/interaction/level.tsx';
import { CodePage, PhonePage } from '../../views/interaction/phone.tsx';
import { SecondFactorPage } from '../../views/interaction/second-factor.tsx';
import type { PageContext } from '../../views/layout.tsx';
import { FacePage, FaceReadyPage, LevelPage } from '../../views/portal/level.tsx';
import { PasswordChangePage, PasswordSavedPage } from '../../views/portal/password.tsx';
import { RecoveryCodesPage, TotpPage, TotpSetUpPage } from '../../views/portal/totp.tsx';

const at = new Date('2026-11-24T04:00:00Z');

/** The pages of registering, of being known better, and of the ways to sign in beside passkeys. */
export const registrationPages = (context: PageContext): Record<string, VNode> => {
  const form = {
    context,
    action: '/act',
    csrf: 'csrf-1',
    abortAction: '/abort',
    signInHref: '/interaction/abc',
  };
  const step = { ...form, known: 1, reached: 1, raiseHref: '/my/level', hasPasskey: false } as const;
  const checks = [{ method: 'phone', at, until: at, isLapsed: true }] as const;
  const level = { context, csrf: 'csrf-1', waiting: { step: 'a', site: 'b' }, news: 'raised' } as const;
  return {
    phone: PhonePage({ ...form, typed: '1', error: '手机号码不对' }),
    phonePuzzle: PhonePage({ ...form, typed: '', puzzle: { salt: 'abc', bits: 14, waitSeconds: 60 } }),
    code: CodePage({ ...form, maskedPhone: '*******0001', phoneHref: '/phone' }),
    codeNumber: CodePage({
      ...form,
      maskedPhone: '*******0001',
      phoneHref: '/phone',
      asksNumber: true,
      typed: { code: '123456', number: '' },
      error: { field: 'number', text: '请填写证件号码' },
    }),
    codeNone: CodePage({ ...form, maskedPhone: null, phoneHref: '/phone' }),
    secondFactor: SecondFactorPage({ ...form, error: '动态码不对' }),
    levelRaise: LevelStepPage({
      ...step,
      asked: 2,
      needsPerson: true,
      way: 'raise',
      mayGoOn: false,
      notYet: true,
    }),
    levelStronger: LevelStepPage({
      ...step,
      asked: 3,
      known: 3,
      needsPerson: false,
      way: 'stronger',
      mayGoOn: true,
      notYet: false,
    }),
    levelHardware: LevelStepPage({
      ...step,
      asked: 4,
      known: 3,
      needsPerson: false,
      way: 'hardware',
      mayGoOn: true,
      notYet: false,
    }),
    levelNone: LevelStepPage({
      ...step,
      asked: 4,
      known: 3,
      needsPerson: false,
      way: 'none',
      mayGoOn: false,
      notYet: false,
    }),
    level: LevelPage({
      ...level,
      level: 1,
      checks,
      isKnown: false,
      offers: { match: true, face: false },
      error: { field: 'number', text: '号码不对' },
    }),
    levelKnown: LevelPage({
      ...level,
      level: 2,
      checks: [],
      isKnown: true,
      offers: { match: true, face: true },
    }),
    face: FacePage({ context, csrf: 'csrf-1', waiting: null, error: '没有通过' }),
    faceReady: FaceReadyPage({ context, href: 'https://face.example/s' }),
    passwordChange: PasswordChangePage({
      context,
      csrf: 'csrf-1',
      hasPassword: true,
      isKnown: true,
      error: { field: 'chosen', text: '太容易' },
    }),
    passwordUnknown: PasswordChangePage({ context, csrf: 'csrf-1', hasPassword: false, isKnown: false }),
    passwordSaved: PasswordSavedPage({ context }),
    totp: TotpPage({ context, csrf: 'csrf-1', since: at, recoveryCodesLeft: 9 }),
    totpNone: TotpPage({ context, csrf: 'csrf-1', since: null, recoveryCodesLeft: 0 }),
    totpSetUp: TotpSetUpPage({
      context,
      csrf: 'csrf-1',
      qrImage: 'data:image/svg+xml;base64,PHN2Zy8+',
      secret: 'ABCD',
      error: '不对',
    }),
    recoveryCodes: RecoveryCodesPage({ context, codes: ['AB2CD-EF3GH'] }),
  };
};
