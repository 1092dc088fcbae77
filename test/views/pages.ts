import type { VNode } from 'preact';
import { ErrorPage } from '../../views/error.tsx';
import { HomePage } from '../../views/home.tsx';
import { ConsentPage } from '../../views/interaction/consent.tsx';
import { PasskeyOfferPage } from '../../views/interaction/passkey-offer.tsx';
import { PasswordPage } from '../../views/interaction/password.tsx';
import { PasswordPausedPage } from '../../views/interaction/password-paused.tsx';
import { SignInPage } from '../../views/interaction/sign-in.tsx';
import type { PageContext } from '../../views/layout.tsx';
import { AddPasskeyPage } from '../../views/portal/add-passkey.tsx';
import { MyHomePage } from '../../views/portal/home.tsx';
import { PasskeyPage } from '../../views/portal/passkey.tsx';
import { PasskeysPage } from '../../views/portal/passkeys.tsx';
import { SignOutPage } from '../../views/sign-out.tsx';
import { SignedOutPage } from '../../views/signed-out.tsx';
import { claimText } from '../../views/text/index.ts';

/** Makes the context of a visit; a test changes what it is about. */
export const contextOf = (changes: Partial<PageContext> = {}): PageContext => ({
  language: 'zh',
  size: 'normal',
  path: '/interaction/abc',
  regionName: '示例省',
  helpLine: '12345',
  siteName: '示例公积金',
  siteUrl: 'https://fund.example/',
  ...changes,
});

/** Makes every page there is, by name, for one context. */
export const everyPage = (context: PageContext): Record<string, VNode> => {
  const form = { context, action: '/act', csrf: 'csrf-1' };
  const options = { challenge: 'a"b<c' };
  const items = [{ id: 'name', ...claimText(context.language, 'name'), value: '**丰' }];
  const passkey = {
    credentialId: 'c1',
    name: '电脑',
    createdAt: new Date('2026-11-24T04:00:00Z'),
    lastUsedAt: null,
    backedUp: true,
  };
  return {
    myHome: MyHomePage({
      context,
      maskedName: '**丰',
      maskedNumber: '1***6',
      maskedPhone: null,
      assurance: 2,
    }),
    passkeys: PasskeysPage({ context, passkeys: [passkey] }),
    addPasskey: AddPasskeyPage({ context, csrf: 'csrf-1', options }),
    passkey: PasskeyPage({ context, csrf: 'csrf-1', passkey }),
    signIn: SignInPage({ ...form, passwordHref: '/password', options, abortAction: '/abort' }),
    password: PasswordPage({ ...form, signInHref: '/in', abortAction: '/abort', values: {}, errors: [] }),
    paused: PasswordPausedPage({
      ...form,
      reason: 'x',
      signInHref: '/in',
      passwordHref: '/password',
      abortAction: '/abort',
    }),
    offer: PasskeyOfferPage({ ...form, options }),
    consent: ConsentPage({ ...form, items, purpose: '提取', siteDepartment: '中心', maskedName: '**丰' }),
    signOut: SignOutPage({ context, action: '/end', xsrf: 'x' }),
    signedOut: SignedOutPage({ context, backHref: 'https://fund.example/' }),
    error: ErrorPage({ context, status: 404, text: '没有', code: 'not-found', traceCode: 'ABCD2345' }),
    home: HomePage({ context, links: [{ href: '/account', label: '个人空间' }] }),
  };
};
