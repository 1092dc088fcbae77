import type { VNode } from 'preact';
import { FindAccountPage, RecoverAccountPage, RecoverySlipPage } from '../../views/console/recovery.tsx';
import { RecoveryQuestionPage } from '../../views/interaction/recovery.tsx';
import type { PageContext } from '../../views/layout.tsx';
import { MyRecoveryPage } from '../../views/portal/recovery.tsx';
import { type RecoveryField, RecoveryFormPage } from '../../views/recover/form.tsx';
import { RecoveryDonePage, RecoveryPasskeyPage } from '../../views/recover/passkey.tsx';
import { RecoveryStatusPage } from '../../views/recover/status.tsx';
import { StopRecoveryPage } from '../../views/recover/stop.tsx';
import { RecoveryCounterPage, RecoveryFacePage, RecoveryWaysPage } from '../../views/recover/ways.tsx';

const at = new Date('2026-11-24T04:00:00Z');
const later = new Date('2026-11-27T04:00:00Z');
const csrf = 'csrf-1';
const code = 'AB2C-EF3G-HJ4K-MN5P';

const fields: RecoveryField[] = [
  { name: 'number', label: '1', hint: '2', autocomplete: 'off' },
  { name: 'code', label: '3', hint: '4', autocomplete: 'one-time-code' },
];

const officersPages = (context: PageContext): Record<string, VNode> => {
  const account = {
    context,
    csrf,
    href: '/console/recoveries/a1',
    accountId: 'a1',
    reason: '',
    slipHref: null,
  };
  const slip = { context, csrf, href: '/console/recoveries/a1/slip' };
  return {
    findAccount: FindAccountPage({ context, csrf, error: '0' }),
    recoverAccount: RecoverAccountPage({ ...account, pendingReadyAt: null, error: '0' }),
    recoverPending: RecoverAccountPage({ ...account, pendingReadyAt: at, slipHref: slip.href }),
    recoverySlipAsked: RecoverySlipPage({ ...slip, slip: null }),
    recoverySlip: RecoverySlipPage({
      ...slip,
      slip: {
        code,
        readyAt: at,
        readyAloneAt: later,
        expiresAt: later,
        address: 'https://id.example/recover',
      },
    }),
  };
};

/** Makes every page of the way back into an account. */
export const recoveryPages = (context: PageContext): Record<string, VNode> => {
  const form = {
    context,
    csrf,
    title: '5',
    lead: '6',
    action: '/recover/codes',
    fields,
    backHref: '/recover',
  };
  const times = { readyAt: at, readyAloneAt: later, expiresAt: later };
  const status = { context, csrf, ...times, maskedPhone: '*******0001', code: null };
  const passkey = { context, csrf, options: { challenge: 'a"b<c' } };
  const recovery = { way: 'counter' as const, askedAt: at, readyAt: at };
  return {
    recoveryWays: RecoveryWaysPage({ context, offersFace: true }),
    recoveryCounter: RecoveryCounterPage({ context }),
    recoveryForm: RecoveryFormPage({ ...form, without: { label: '7', hint: '8' } }),
    recoveryFormPuzzle: RecoveryFormPage({ ...form, puzzle: { salt: 'abc', bits: 14, waitSeconds: 60 } }),
    recoveryFormWrong: RecoveryFormPage({ ...form, error: { field: 'code', text: '0' } }),
    recoveryFace: RecoveryFacePage({ context, csrf, href: null, error: '0' }),
    recoveryFaceReady: RecoveryFacePage({ context, csrf, href: 'https://face.example/1' }),
    recoveryWaiting: RecoveryStatusPage({ ...status, state: 'waiting', code }),
    recoveryPhone: RecoveryStatusPage({ ...status, state: 'phone' }),
    recoveryReady: RecoveryStatusPage({ ...status, state: 'ready' }),
    recoveryPasskey: RecoveryPasskeyPage(passkey),
    recoveryPasskeyWrong: RecoveryPasskeyPage({ ...passkey, error: '0' }),
    recoveryDone: RecoveryDonePage({ context, codes: ['AB2CD-EF3GH'] }),
    recoveryStop: StopRecoveryPage({ context, csrf, action: '/recover/stop/1', state: 'open' }),
    recoveryStopped: StopRecoveryPage({ context, csrf, action: '/recover/stop/1', state: 'stopped' }),
    recoveryGone: StopRecoveryPage({ context, csrf, action: '/recover/stop/1', state: 'gone' }),
    recoveryQuestion: RecoveryQuestionPage({
      context,
      action: '/act',
      csrf,
      abortAction: '/abort',
      way: 'face',
      askedOn: '1',
      readyOn: '2',
    }),
    myRecovery: MyRecoveryPage({ context, csrf, recovery }),
    noRecovery: MyRecoveryPage({ context, csrf, recovery: null }),
    ...officersPages(context),
  };
};
