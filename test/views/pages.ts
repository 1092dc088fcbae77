import type { VNode } from 'preact';
import { verifyFileOperation } from '../../src/http/api/file.ts';
import { describeInterface } from '../../src/http/api/openapi.ts';
import { typesOperation } from '../../src/http/api/types.ts';
import { InterfacePage } from '../../views/api/interface.tsx';
import { ErrorPage } from '../../views/error.tsx';
import { HomePage } from '../../views/home.tsx';
import type { ShownUse } from '../../views/interaction/certificate-uses.tsx';
import { ConsentPage } from '../../views/interaction/consent.tsx';
import { OtherRegionDonePage, OtherRegionPage } from '../../views/interaction/other-region.tsx';
import { PasskeyOfferPage } from '../../views/interaction/passkey-offer.tsx';
import { PasswordPage } from '../../views/interaction/password.tsx';
import { PasswordPausedPage } from '../../views/interaction/password-paused.tsx';
import { SignInPage } from '../../views/interaction/sign-in.tsx';
import { SignInWaysPage } from '../../views/interaction/sign-in-ways.tsx';
import type { PageContext } from '../../views/layout.tsx';
import { AddPasskeyPage } from '../../views/portal/add-passkey.tsx';
import { CertificatePage } from '../../views/portal/certificate.tsx';
import { CertificatesPage } from '../../views/portal/certificates.tsx';
import { CopyPage } from '../../views/portal/copy.tsx';
import { MyHomePage } from '../../views/portal/home.tsx';
import { PasskeyPage } from '../../views/portal/passkey.tsx';
import { PasskeysPage } from '../../views/portal/passkeys.tsx';
import { ChooseFieldsPage, PresentPage } from '../../views/portal/present.tsx';
import { OfflineCodePage } from '../../views/portal/present-offline.tsx';
import { UsesPage } from '../../views/portal/uses.tsx';
import { WalletOfferPage, WalletsPage } from '../../views/portal/wallet.tsx';
import { ScannedPage } from '../../views/scanned.tsx';
import { SignOutPage } from '../../views/sign-out.tsx';
import { SignedOutPage } from '../../views/signed-out.tsx';
import { claimText } from '../../views/text/index.ts';
import { VerifyPage } from '../../views/verify.tsx';
import { authorisationPages, usePages } from './authorisation-pages.ts';
import { clerkRequestPages } from './clerk-request-pages.ts';
import { consolePages } from './console-pages.ts';
import { developerPages } from './developer-pages.ts';
import { devicePages } from './device-pages.ts';
import { mandatePages } from './mandate-pages.ts';
import { mappingPages } from './mapping-pages.ts';
import { miniProgramPages } from './mini-program-pages.ts';
import { myPages } from './my-pages.ts';
import { netIdPages } from './net-id-pages.ts';
import { officersCertificatePages } from './officers-certificate-pages.ts';
import { phoneChangePages } from './phone-change-pages.ts';
import { qrPages } from './qr-pages.ts';
import { recognitionPages } from './recognition-pages.ts';
import { recoveryPages } from './recovery-pages.ts';
import { regionLinkPages } from './region-link-pages.ts';
import { regionObjectionPages } from './region-objection-pages.ts';
import { registrationPages } from './registration-pages.ts';
import { simulatorPages } from './simulator-pages.ts';
import { supervisionPages } from './supervision-pages.ts';

// Only described, never run.
const interfaceOf = { issuer: 'https://id.example', callsPerMinute: 600 };
const operations = [typesOperation({} as never), verifyFileOperation({} as never)];

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

/** Certificates that a site asks for, and some it reads by law. */
const uses = (): ShownUse[] => {
  const choice = {
    input: 'use.0.1.2',
    issuerName: '公安厅',
    identifier: '1.2',
    validUntil: null,
    ticked: true,
  };
  const need = { typeName: '驾驶证', required: true, fields: ['准驾车型', '住址'], choices: [choice] };
  const use = {
    item: '换证',
    department: '服务局',
    purpose: '核对',
    law: null,
    usableUntil: new Date('2026-11-24T04:00:00Z'),
    needs: [need, { ...need, typeName: '身份证', required: false, choices: [] }],
  };
  return [use, { ...use, item: '核查', law: '条例 第十条', needs: [{ ...need, choices: [] }] }];
};

/** Makes every page there is, by name, for one context. */
export const everyPage = (context: PageContext): Record<string, VNode> => {
  const form = { context, action: '/act', csrf: 'csrf-1' };
  const wallet = { ...form, typeName: '驾驶证', backHref: '/my/certificates/1' };
  const options = { challenge: 'a"b<c' };
  const signIn = { ...form, passwordHref: '/password', qrHref: '/qr', abortAction: '/abort' };
  const otherRegion = {
    signInHref: '/in',
    closed: [
      { regionCode: '990400', name: '示例区', closing: 'agreement_suspended' as const },
      { regionCode: '990500', name: '示例州', closing: 'agreement_terminated' as const },
    ],
  };
  const regions = [
    { regionCode: '990200', name: '示例市', isLast: true },
    { regionCode: '990300', name: '示例县', isLast: false },
  ];
  const items = [{ id: 'name', ...claimText(context.language, 'name'), value: '**丰' }];
  const passkey = {
    credentialId: 'c1',
    name: '电脑',
    createdAt: new Date('2026-11-24T04:00:00Z'),
    lastUsedAt: null,
    deviceType: 'multiDevice' as const,
    backedUp: true,
    model: 'Example Phone',
  };
  const myHome = {
    context,
    called: '**丰',
    maskedName: '**丰',
    maskedNumber: '1***6',
    maskedPhone: null,
    assurance: 2 as const,
    pendingAuthorisations: 2,
    waitingRequests: 1,
    unreadNotices: 3,
    csrf: 'csrf-1',
    closingDueAt: new Date('2026-11-24T04:00:00Z'),
    recovery: null,
    phoneChange: null,
  };
  const card = { typeName: '驾驶证', issuerName: '公安厅', look: 'slate', state: 'valid' as const };
  return {
    certificates: CertificatesPage({
      context,
      cards: [{ ...card, href: '/my/certificates/1', validUntil: null }],
      nextHref: '/my/certificates?after=1',
    }),
    certificate: CertificatePage({
      ...card,
      context,
      identifier: '1.2',
      number: 'N1',
      issuedOn: '2026-01-01',
      validUntil: '2036-01-01',
      holders: ['陈知远'],
      fields: [{ name: 'class', label: '准驾车型', value: 'C1' }],
      photoHref: '/my/photos/x',
      presentHref: '/my/certificates/1/present',
      credentialHref: '/my/certificates/1/credential',
      walletHref: '/my/certificates/1/wallet',
      copyHref: '/my/certificates/1/copy',
    }),
    choose: ChooseFieldsPage({
      ...form,
      offlineAction: '/my/certificates/1/offline',
      error: '放不下',
      backHref: '/my',
      typeName: '驾驶证',
      fields: [{ name: 'class', label: '准驾车型', chosen: true }],
    }),
    copy: CopyPage({
      ...form,
      backHref: '/my/certificates/1',
      typeName: '驾驶证',
      purpose: '',
      longestPurpose: 60,
      spans: [{ days: 1, until: '2026-11-25' }],
      error: '请写明用途',
    }),
    present: PresentPage({
      context,
      typeName: '驾驶证',
      qrImage: 'data:image/svg+xml;base64,PHN2Zy8+',
      ttlSeconds: 60,
      refreshHref: '/my/certificates/1/code',
      backHref: '/my/certificates/1',
      shown: ['准驾车型'],
    }),
    offlineCode: OfflineCodePage({
      ...form,
      choiceHref: '/my/certificates/1/present',
      backHref: '/my/certificates/1',
      typeName: '驾驶证',
      qrImage: 'data:image/svg+xml;base64,PHN2Zy8+',
      ttlSeconds: 120,
      shown: [{ name: 'class', label: '准驾车型' }],
    }),
    uses: UsesPage({
      context,
      uses: [
        {
          id: 'u1',
          at: new Date('2026-11-24T04:00:00Z'),
          reader: '窗口',
          what: '驾驶证',
          purpose: '核对',
          basis: { kind: 'law', law: '条例 第一条' },
          refused: true,
        },
      ],
      nextHref: null,
    }),
    scanned: ScannedPage({ context, verdict: { kind: 'genuine' } }),
    verify: VerifyPage({
      context,
      identifier: '',
      verdict: { kind: 'unknown' },
      about: 'identifier',
      megabytes: 4,
      error: 'x',
    }),
    verifyFile: VerifyPage({
      context,
      identifier: '',
      verdict: { kind: 'notGenuine', reason: 'digest' },
      about: 'file',
      megabytes: 4,
    }),
    verifyFileRefused: VerifyPage({
      context,
      identifier: '',
      verdict: null,
      about: 'file',
      megabytes: 4,
      error: '文件太大',
    }),
    interface: InterfacePage({ context, document: describeInterface({ ...interfaceOf, operations }) }),
    myHome: MyHomePage(myHome),
    myHomeWhole: MyHomePage({ ...myHome, isWhole: true }),
    ...phoneChangePages(context),
    ...recoveryPages(context),
    ...myPages(context),
    ...authorisationPages(context),
    ...registrationPages(context),
    ...regionLinkPages(context),
    ...miniProgramPages(context),
    ...netIdPages(context),
    ...mandatePages(context),
    ...usePages(context),
    ...consolePages(context),
    ...supervisionPages(context),
    ...regionObjectionPages(context),
    ...recognitionPages(context),
    ...developerPages(context),
    ...mappingPages(context),
    ...officersCertificatePages(context),
    passkeys: PasskeysPage({ context, passkeys: [passkey], netIdHref: '/my/net-id' }),
    addPasskey: AddPasskeyPage({ context, csrf: 'csrf-1', options }),
    addSecurityKey: AddPasskeyPage({ context, csrf: 'csrf-1', options, isSecurityKey: true }),
    passkey: PasskeyPage({ context, csrf: 'csrf-1', passkey }),
    ...clerkRequestPages(context),
    ...devicePages(context),
    ...qrPages(context),
    ...simulatorPages(context),
    signIn: SignInPage({ ...signIn, netIdHref: '/net-id', options }),
    signInAlone: SignInPage({ ...signIn, options, waysHref: '/in' }),
    signInWays: SignInWaysPage({ ...signIn, passkeyHref: '/passkey', otherRegionHref: '/other' }),
    otherRegion: OtherRegionPage({ ...form, ...otherRegion, query: '', regions, hasMore: true }),
    noOtherRegion: OtherRegionPage({ ...form, ...otherRegion, query: '', regions: [], hasMore: false }),
    otherRegionRefused: OtherRegionPage({
      ...{ ...form, ...otherRegion, query: '别处', regions: [], hasMore: false },
      error: '等级不够',
      raiseHref: 'https://id.example/',
    }),
    otherRegionDone: OtherRegionDonePage({ context, region: '示例市', continueHref: '/authorize/1' }),
    passwordPuzzle: PasswordPage({
      ...form,
      signInHref: '/in',
      abortAction: '/abort',
      values: {},
      errors: [],
      puzzle: { salt: 'abc', bits: 14, waitSeconds: 60 },
    }),
    password: PasswordPage({ ...form, signInHref: '/in', abortAction: '/abort', values: {}, errors: [] }),
    paused: PasswordPausedPage({
      ...form,
      reason: 'x',
      signInHref: '/in',
      passwordHref: '/password',
      abortAction: '/abort',
    }),
    offer: PasskeyOfferPage({ ...form, options }),
    wallets: WalletsPage({ ...wallet, wallets: [{ clientId: 'w', name: '钱包' }], notice: 'notNow' }),
    noWallets: WalletsPage({ ...wallet, wallets: [] }),
    walletOffer: WalletOfferPage({
      ...wallet,
      wallet: '钱包',
      qrImage: 'data:image/svg+xml;base64,PHN2Zy8+',
      uri: 'openid-credential-offer://?credential_offer=x',
      txCode: '123456',
      until: '12:00',
      grantId: 'g1',
    }),
    consentWithCertificates: ConsentPage({ ...form, items: [], uses: uses(), maskedName: '**丰' }),
    consentForOther: ConsentPage({ ...form, items, maskedName: '**丰', actingFor: '青禾食品' }),
    consent: ConsentPage({ ...form, items, purpose: '提取', siteDepartment: '中心', maskedName: '**丰' }),
    signOut: SignOutPage({ context, action: '/end', xsrf: 'x' }),
    signedOut: SignedOutPage({ context, backHref: 'https://fund.example/' }),
    error: ErrorPage({ context, status: 404, text: '没有', code: 'not-found', traceCode: 'ABCD2345' }),
    home: HomePage({ context, links: [{ href: '/account', label: '个人空间' }] }),
  };
};
