import type { VNode } from 'preact';
import { SiteQuotaPage } from '../../views/console/site-quota.tsx';
import { ProposeSitePage, SitePage, SitesPage } from '../../views/console/sites.tsx';
import { FindTracePage, type ShownTrace, TracePage } from '../../views/developer/doctor.tsx';
import { JoinSitePage, MembersPage, RemoveMemberPage } from '../../views/developer/members.tsx';
import { DeveloperSitePage, SamplesPage } from '../../views/developer/site.tsx';
import { type ShownDraft, SiteFormPage } from '../../views/developer/site-form.tsx';
import { DeveloperSitesPage, TestPersonPage } from '../../views/developer/sites.tsx';
import type { PageContext } from '../../views/layout.tsx';
import type { ShownFigures, ShownHealth } from '../../views/parts/site-health.tsx';
import type { ShownRung } from '../../views/parts/site-ladder.tsx';

const at = new Date('2026-11-24T04:00:00Z');
const csrf = 'csrf-1';
const path = '/developer/sites/fund.sandbox';

const draft: ShownDraft = {
  siteId: 'fund',
  nameZh: '示例公积金',
  nameEn: 'Example fund',
  department: '示例省住房局',
  purpose: '提取公积金',
  kind: 'server',
  profile: 'fapi2-security',
  lesserProfileReason: '',
  homeUrl: 'https://fund.example/',
  redirectUris: 'https://fund.example/callback',
  postLogoutUris: '',
  logoutUri: '',
  jwksUri: 'https://fund.example/jwks',
  jwks: '',
  scopes: ['name'],
  level: 2,
  idNumberBasis: '',
  placeZh: '',
  placeEn: '',
};

const state = {
  checks: [
    { name: 'signIn' as const, verdict: 'good' as const },
    { name: 'state' as const, verdict: 'bad' as const },
    { name: 'forgedLogout' as const, verdict: 'unseen' as const },
  ],
  probedAt: at,
  keys: [
    { keyId: 'WFwzFwg2mQohwfa8R9mP-66ssmuAK_g67EORVzbXtAI', isUsable: true, usedAt: at },
    { keyId: 'next', isUsable: true, usedAt: null },
    { keyId: 'wrong', isUsable: false, usedAt: null },
  ],
  days: [{ day: '2026-11-24', signedIn: 3, turnedDown: 1, failed: 1 }],
};
const figures: ShownFigures = {
  requests: 40,
  refused: 10,
  apiCalls: 3,
  overQuota: 2,
  causes: [{ cause: 'redirectUri', count: 10 }],
  answers: [{ call: 'ping', taken: 0, slow: 0, failed: 1, meanMilliseconds: null }],
};
const quiet: ShownFigures = { requests: 0, refused: 0, apiCalls: 0, overQuota: 0, causes: [], answers: [] };
const health: ShownHealth = {
  perMinute: 6000,
  ratings: { 1: 0, 2: 0, 3: 0, 4: 1, 5: 3 },
  today: quiet,
  week: figures,
};
const healthNew: ShownHealth = {
  perMinute: 6000,
  ratings: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
  today: quiet,
  week: quiet,
};
const ladder: ShownRung[] = [
  { profile: 'basic', demands: ['code', 'challenge'], place: 'below' },
  { profile: 'hardened', demands: ['pushed'], place: 'here' },
  { profile: 'fapi2-security', demands: ['key', 'dpop'], place: 'next' },
  { profile: 'fapi2-message-signing', demands: ['signedRequest'], place: 'above' },
];
const onLadder = { ladder, lesserReason: '现有的库不支持 DPoP' };
const offLadder = { ladder: null, lesserReason: null };
const none = { checks: [], probedAt: null, keys: [], days: [], releases: [] };

const releases = [
  {
    number: 3,
    state: 'asked' as const,
    askedAt: at,
    isCurrent: false,
    link: { href: '/3', label: '审阅第 3 版' },
  },
  { number: 2, state: 'applied' as const, askedAt: at, isCurrent: true, link: null },
  { number: 1, state: 'declined' as const, askedAt: at, isCurrent: false, link: null },
];

const request: ShownTrace['request'] = {
  method: 'POST',
  path: '/par',
  parameters: [
    ['redirect_uri', 'https://fund.example/callback/'],
    ['state', '…'],
    ['login_hint', ''],
  ],
  scheme: 'DPoP',
  assertion: { header: { alg: 'ES256', kid: 'k-1' }, claims: { iss: 'fund', aud: 'https://id.example' } },
  dpop: null,
};
const checks: ShownTrace['checks'] = {
  client: true,
  redirectUri: false,
  logoutAddress: null,
  scope: true,
  grantType: null,
  responseType: true,
  challenge: true,
  verifier: null,
  pushed: null,
  assertionIssuer: true,
  assertionAudience: true,
  assertionLifetime: true,
  assertionId: true,
  assertionKey: null,
  dpopMethod: null,
  dpopAddress: null,
  dpopTime: null,
  dpopId: null,
};
const unchecked = Object.fromEntries(Object.keys(checks).map((name) => [name, null])) as ShownTrace['checks'];
const trace: ShownTrace = {
  code: '7K3M9XQA',
  at,
  clientId: 'fund',
  error: 'invalid_redirect_uri',
  cause: 'redirectUri',
  request,
  checks,
};

/** Makes the pages of developers and of officers for sites, in each of their shapes. */
export const developerPages = (context: PageContext): Record<string, VNode> => {
  const form = { context, csrf, draft, action: path, backHref: '/developer', scopes: ['name', 'id_number'] };
  const one = { context, csrf, path, name: '示例公积金', clientId: 'fund.sandbox' };
  const issuer = 'https://id.example';
  const traced = { context, csrf, path: '/doctor/7K3M9XQA', siteName: one.name };
  const row = {
    href: '/console/sites/fund',
    name: '示例公积金',
    clientId: 'fund',
    state: 'inProduction' as const,
  };
  const members = { context, csrf, sitePath: path, name: one.name };
  const proposed = { ...one, backHref: row.href, number: 2, reason: '' };
  return {
    developerSites: DeveloperSitesPage({
      context,
      csrf,
      sites: [{ href: path, name: one.name, clientId: one.clientId, isInProduction: true }],
    }),
    developerNoSites: DeveloperSitesPage({ context, csrf, sites: [] }),
    testPerson: TestPersonPage({ context, person: { number: '999999…', name: '测试甲', password: 'x' } }),
    registerSite: SiteFormPage({ ...form, purpose: 'register', error: 'x' }),
    changeSite: SiteFormPage({ ...form, purpose: 'change' }),
    askProduction: SiteFormPage({ ...form, purpose: 'production' }),
    developerSite: DeveloperSitePage({
      ...one,
      ...state,
      ...onLadder,
      issuer,
      kind: 'server',
      releases,
      health,
      liveHealth: health,
    }),
    developerSiteNew: DeveloperSitePage({
      ...one,
      ...none,
      ...offLadder,
      issuer,
      kind: 'kiosk',
      health: healthNew,
      liveHealth: null,
    }),
    siteMembers: MembersPage({
      ...members,
      members: [
        { code: '7K3M9X', isSelf: true },
        { code: 'Q4WZ2B', isSelf: false },
      ],
      link: 'https://id.example/developer/join/x',
    }),
    siteMemberAlone: MembersPage({ ...members, members: [{ code: '7K3M9X', isSelf: true }], link: null }),
    removeMember: RemoveMemberPage({ ...members, code: 'Q4WZ2B', isSelf: false }),
    leaveSite: RemoveMemberPage({ ...members, code: '7K3M9X', isSelf: true }),
    joinSite: JoinSitePage({ context, csrf, path: '/developer/join/x', name: one.name }),
    findTrace: FindTracePage({ context, code: '' }),
    findTraceAgain: FindTracePage({ context, code: '7K3M', error: 'x' }),
    trace: TracePage({ ...traced, trace, now: null }),
    traceAgain: TracePage({ ...traced, trace, now: { ...checks, redirectUri: true, assertionKey: true } }),
    traceBare: TracePage({ ...traced, trace: { ...trace, checks: unchecked }, now: null }),
    samples: SamplesPage({ context, path, samples: [{ name: 'Node.js', text: 'const a = 1;' }] }),
    consoleSites: SitesPage({
      context,
      query: '公积金',
      waiting: [{ href: '/console/sites/fund/3', label: '示例公积金 · 审阅第 3 版' }],
      sites: [row, { ...row, href: '/console/sites/off', state: 'off' }],
      nextHref: '/console/sites?after=x',
    }),
    consoleNoSites: SitesPage({ context, query: '', waiting: [], sites: [], nextHref: null }),
    consoleSite: SitePage({
      context,
      row,
      department: '示例省住房局',
      release: 2,
      ...state,
      ...onLadder,
      releases,
      health,
      quotaHref: '/console/sites/fund/quota',
    }),
    consoleSiteNew: SitePage({
      context,
      row: { ...row, state: 'off' },
      department: '示例省住房局',
      release: null,
      ...none,
      ...offLadder,
      health: healthNew,
      quotaHref: null,
    }),
    siteQuota: SiteQuotaPage({ ...proposed, perMinute: 6000, wanted: '', error: 'x' }),
    proposeSite: ProposeSitePage({
      ...proposed,
      isRollBack: false,
      difference: [{ field: 'purpose', before: null, after: '提取公积金' }],
      error: 'x',
    }),
    rollBackSite: ProposeSitePage({ ...proposed, isRollBack: true, difference: [] }),
  };
};
