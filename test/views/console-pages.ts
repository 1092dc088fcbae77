import type { VNode } from 'preact';
import { AbusePage } from '../../views/console/abuse.tsx';
import { AuditPage } from '../../views/console/audit.tsx';
import { CheckPersonPage, FindPersonPage } from '../../views/console/counter-check.tsx';
import { ConsoleHomePage } from '../../views/console/home.tsx';
import { InvitePage } from '../../views/console/invite.tsx';
import { JoinPage } from '../../views/console/join.tsx';
import { DisablePage, LinkPage, OfficerPage } from '../../views/console/officer.tsx';
import { AccountPage, PasskeyPage, RolesPage } from '../../views/console/officer-change.tsx';
import { OfficersPage } from '../../views/console/officers.tsx';
import { PasskeyGatePage } from '../../views/console/passkey-gate.tsx';
import { PhotoPage } from '../../views/console/photo.tsx';
import { PhotoQueuePage } from '../../views/console/photos.tsx';
import { ProposalPage, type ProposalPageProps } from '../../views/console/proposal.tsx';
import { ProposalHistoryPage } from '../../views/console/proposal-history.tsx';
import { ProposalsPage } from '../../views/console/proposals.tsx';
import type { PageContext } from '../../views/layout.tsx';

const at = new Date('2026-11-24T04:00:00Z');
const csrf = 'csrf-1';
const options = { challenge: 'a"b<c' };

const row = {
  href: '/console/proposals/p1',
  kind: 'officer.invite',
  state: 'open' as const,
  emergency: true,
  proposedAt: at,
};

const proposal = (context: PageContext, changes: Partial<ProposalPageProps>): VNode =>
  ProposalPage({
    ...row,
    context,
    csrf,
    path: row.href,
    historyHref: '/console/proposals/history?subject=o1',
    subject: { label: '赵明', href: '/console/officers/o1' },
    region: '990100',
    expiresAt: at,
    reason: '新到岗',
    settled: true,
    difference: [
      { field: 'roles', before: null, after: 'auditor support' },
      { field: 'state', before: 'active', after: 'disabled' },
      { field: 'officerPasskeys', before: '1', after: 'in-place' },
    ],
    steps: [
      { act: 'propose', at, who: '陈知远', note: null },
      { act: 'refuse', at, who: '林书瑶', note: '不需要' },
    ],
    way: 'answer',
    note: '',
    ...changes,
  });

const officer = {
  href: '/console/officers/o1',
  name: '赵明',
  region: '990100',
  roles: ['certificate-officer'],
  state: 'invited' as const,
};

const standing = { passkeys: 1, awaitsPasskey: true, isTied: false, isSelf: false };

const officerPages = (context: PageContext): Record<string, VNode> => {
  const one = { context, csrf, officerHref: officer.href, name: '赵明' };
  const address = 'https://id.example/console/join/o1.x';
  return {
    officers: OfficersPage({
      context,
      officers: [officer, { ...officer, href: '/console/officers/o2', name: null }],
      mayPropose: true,
      nextHref: '/console/officers?after=1',
    }),
    noOfficers: OfficersPage({ context, officers: [], mayPropose: false, nextHref: null }),
    officer: OfficerPage({
      context,
      officer: { ...officer, ...standing, authority: '示例省公安厅', lastSignInAt: null },
      mayPropose: true,
    }),
    officerAtWork: OfficerPage({
      context,
      officer: { ...officer, ...standing, state: 'active', isTied: true, authority: null, lastSignInAt: at },
      mayPropose: true,
    }),
    officerRoles: RolesPage({ ...one, reason: '', roles: ['auditor'], error: 'x' }),
    officerPasskey: PasskeyPage({ ...one, reason: '' }),
    officerAccount: AccountPage({ ...one, reason: '', isTied: true }),
    joinLink: LinkPage({ ...one, made: null }),
    joinLinkMade: LinkPage({ ...one, made: { address, expiresAt: at } }),
    disable: DisablePage({ ...one, reason: '', error: '请写明理由' }),
    invite: InvitePage({
      context,
      csrf,
      draft: {
        name: '',
        regionCode: '990000',
        authorityCode: '',
        authorityName: '',
        reason: '',
        roles: ['auditor'],
      },
      error: 'x',
    }),
  };
};

/** Makes the officers' pages, in each of their shapes. */
export const consolePages = (context: PageContext): Record<string, VNode> => {
  const gate = { context, csrf, options, to: '/console' };
  const join = { context, csrf, options, action: '/console/join/t', roles: ['auditor'], region: '990000' };
  const home = { context, csrf, roles: ['auditor', 'unknown-role'], region: '990000' };
  const photo = { createdAt: at, profile: 'id-card' as const };
  const person = {
    csrf,
    href: '/console/counter/a1',
    maskedName: '张*',
    maskedNumber: '1***********1',
    level: 2,
    typedName: '',
  };
  const query = { actor: '', record: '', mention: '', type: 'officer.', from: '', to: 'x' };
  return {
    consoleSignIn: PasskeyGatePage({ ...gate, purpose: 'signIn', action: '/console/sign-in' }),
    consoleProve: PasskeyGatePage({ ...gate, purpose: 'prove', action: '/console/prove', error: 'x' }),
    join: JoinPage({ ...join, name: '' }),
    joinKnown: JoinPage({ ...join, name: null, error: 'x' }),
    consoleHome: ConsoleHomePage({
      ...home,
      name: '陈知远',
      waiting: {
        proposals: 2,
        photos: { count: 20, more: true },
        alarms: [false, true].map((isOverdue) => ({
          href: `/console/agreements/agr_1/${isOverdue ? 1 : 2}/confirmSuspension`,
          name: '示例市',
          confirmBy: at,
          isOverdue,
        })),
      },
      sections: [{ name: 'audit', href: '/console/audit' }],
    }),
    consoleHomeIdle: ConsoleHomePage({
      ...home,
      name: null,
      waiting: { proposals: 0, photos: null, alarms: [] },
      sections: [],
    }),
    proposals: ProposalsPage({ context, proposals: [row], nextHref: '/console/proposals?after=1' }),
    proposalHistory: ProposalHistoryPage({
      context,
      query: { subject: 'o1', to: '2026-11-24' },
      errors: [],
      replay: {
        standing: [{ kind: 'officer.roles', field: 'roles', value: 'auditor', since: at }],
        isCut: true,
        proposals: [
          {
            ...row,
            reason: '新到岗',
            difference: [{ field: 'roles', before: null, after: 'auditor support' }],
            steps: [{ act: 'propose', at, who: '陈知远', note: null }],
          },
        ],
      },
    }),
    noProposalHistory: ProposalHistoryPage({
      context,
      query: { subject: 'o2', to: 'x' },
      errors: [{ field: 'to', text: '日期应写成 2026-11-24 这样。' }],
      replay: { standing: [], isCut: false, proposals: [] },
    }),
    noProposals: ProposalsPage({ context, proposals: [], nextHref: null }),
    proposal: proposal(context, { error: 'x' }),
    proposalOwn: proposal(context, { way: 'withdraw', emergency: false }),
    proposalStale: proposal(context, { way: 'prove', subject: { label: 'a1', href: null } }),
    proposalClosed: proposal(context, { way: 'none', state: 'approved', settled: false }),
    photoQueue: PhotoQueuePage({
      context,
      photos: [{ ...photo, href: '/console/photos/p1' }],
      nextHref: '/console/photos?after=1',
    }),
    counterFind: FindPersonPage({ context, csrf, error: 'x' }),
    counterCheck: CheckPersonPage({ ...person, context, isDone: false, error: 'x' }),
    counterDone: CheckPersonPage({ ...person, context, isDone: true }),
    noPhotos: PhotoQueuePage({ context, photos: [], nextHref: null }),
    photo: PhotoPage({
      ...photo,
      context,
      csrf,
      path: '/console/photos/p1',
      pictureHref: '/console/photos/p1/picture',
      verdicts: [{ check: 'face', verdict: 'needs-review' }],
      error: 'x',
    }),
    audit: AuditPage({
      context,
      query,
      entries: [
        {
          sequence: 1,
          type: 'officer.joined',
          at,
          actor: 'o1',
          source: 'officers',
          recordId: 'o1',
          facts: [
            { text: 'a=1', href: null },
            { text: 'clientId=site', href: '/console/audit?mention=site' },
          ],
        },
      ],
      errors: [{ field: 'to', text: '日期不对' }],
      nextHref: '/console/audit?after=1',
      csrf,
      archivedUntil: null,
    }),
    abuse: AbusePage({
      context,
      query: { type: 'abuse.password-spray', from: '', to: '2026' },
      signals: [
        {
          sequence: 1,
          type: 'abuse.password-spray',
          at,
          accountId: null,
          by: 'network',
          accounts: 20,
          network: '203.0.*.*',
          travel: null,
        },
        {
          sequence: 2,
          type: 'abuse.impossible-travel',
          at,
          accountId: 'a'.repeat(22),
          by: null,
          accounts: null,
          network: '203.0.*.*',
          travel: { from: '990200', to: null, kilometres: 12_000, minutes: 30 },
        },
      ],
      errors: [{ field: 'to', text: '日期应写成 2026-11-24 这样。' }],
      nextHref: '/console/abuse?after=1-1',
    }),
    abuseNone: AbusePage({
      context,
      query: { type: '', from: '', to: '' },
      signals: [],
      errors: [],
      nextHref: null,
    }),
    auditNone: AuditPage({
      context,
      query,
      csrf,
      entries: [],
      errors: [],
      nextHref: null,
      archivedUntil: at,
    }),
    ...officerPages(context),
  };
};
