import type { VNode } from 'preact';
import { type ActName, AgreementPage, ComparePage } from '../../views/console/agreement.tsx';
import { ActPage } from '../../views/console/agreement-act.tsx';
import { DraftPage, PastePage } from '../../views/console/agreement-draft.tsx';
import { SignPage } from '../../views/console/agreement-sign.tsx';
import { TrafficPage } from '../../views/console/agreement-traffic.tsx';
import { AgreementsPage } from '../../views/console/agreements.tsx';
import { AccedePage } from '../../views/console/framework.tsx';
import { AddPeerPage, BlockPeerPage, ComparePeerPage } from '../../views/console/peer-forms.tsx';
import { PeerPage, PeersPage } from '../../views/console/peers.tsx';
import type { PageContext } from '../../views/layout.tsx';

const at = new Date('2026-11-24T04:00:00Z');
const csrf = 'csrf-1';
const shown = { groups: '0123 4567', words: '0 1 2 3, Alfa Bravo' };
const drawn = { ...shown, qr: 'data:image/svg+xml;base64,PHN2Zy8+' };
const errors = [{ field: 'reason', text: '请写明理由' }];

const row = {
  href: '/console/agreements/agr_1/2',
  name: '示例市',
  region: '990200',
  version: 2,
  state: 'active' as const,
  health: { state: 'fresh' as const, heardAt: at, ageSeconds: 12 },
};
const clauses = [{ key: 'head', title: '双边协议', lines: ['依据：示例发〔2026〕1号'] }];
const changes = [
  { title: '双边协议', change: 'changed' as const, before: ['三十天'], after: ['六十天'] },
  { title: '登录', change: 'added' as const, before: [], after: ['二级'] },
  { title: '证照', change: 'removed' as const, before: ['甲'], after: [] },
];
const acts: readonly ActName[] = [
  'withdraw',
  'reject',
  'suspend',
  'confirmSuspension',
  'resume',
  'terminate',
];

const signIns = {
  days: 30,
  counts: [
    { day: '2026-11-23', host: { admitted: 0, refused: 0 }, home: { admitted: 0, refused: 0 } },
    { day: '2026-11-24', host: { admitted: 3, refused: 1 }, home: { admitted: 2, refused: 0 } },
  ],
  causes: [{ cause: 'agreement_suspended', count: 1 }],
};

const agreement = (context: PageContext): Record<string, VNode> => {
  const one = {
    ...row,
    context,
    number: 'agr_1',
    digest: shown,
    clauses,
    versions: [{ version: 2, state: 'active' as const }],
  };
  const sign = { context, csrf, href: row.href, name: row.name, clauses };
  const digest = { whole: 'x', shown };
  return {
    agreement: AgreementPage({
      ...one,
      signedBy: ['示例省', '示例市'],
      unconfirmed: { confirmBy: at, isOverdue: true },
      isDelivered: false,
      steps: [
        { who: '示例市', act: 'suspended', at, reason: '演练' },
        { who: '示例市', act: 'resumed', at, reason: null },
      ],
      members: [{ name: '示例市', region: '990200', state: 'active' }],
      ways: ['sign', 'edit', 'nextVersion', 'accede', ...acts],
    }),
    agreementNew: AgreementPage({
      ...one,
      version: 1,
      state: 'draft',
      health: { state: 'never', heardAt: null, ageSeconds: 0 },
      signedBy: [],
      unconfirmed: null,
      isDelivered: true,
      steps: [],
      members: [],
      ways: [],
    }),
    agreementAccede: AccedePage({
      ...{ context, csrf, href: row.href, name: '示例省', isPossible: true },
      clauses: [
        { name: 'signIn0', kind: 'signIn', title: '框架条款', lines: ['最低实名等级：2 级'] },
        { name: 'certificates0', kind: 'certificates', title: '框架条款', lines: ['证照类型代码：甲'] },
      ],
      typed: { signIn0_offer: 'yes', certificates0_purposes: 'P0301' },
      errors: [{ field: 'ownCreditCode', text: '没有按要求填写' }],
    }),
    agreementAccedeNot: AccedePage({
      ...{ context, csrf, href: row.href, name: '示例省', isPossible: false },
      ...{ clauses: [], typed: {}, errors: [] },
    }),
    agreementCompare: ComparePage({ context, href: row.href, before: 1, after: 2, changes }),
    agreementSame: ComparePage({ context, href: row.href, before: 1, after: 2, changes: [] }),
    agreementTraffic: TrafficPage({
      ...{ context, href: row.href, name: row.name, most: 1000 },
      days: [{ day: '2026-11-24', total: 3, refused: 1 }],
      signIns,
      refusals: [{ code: 'purpose_not_covered', count: 1 }],
    }),
    agreementTrafficNone: TrafficPage({
      ...{ context, href: row.href, name: row.name, most: 1000, days: [], refusals: [] },
      signIns: { days: 30, counts: [], causes: [] },
    }),
    agreementSign: SignPage({ ...sign, digest, changes, way: 'countersign', error: 'x' }),
    agreementSignOwn: SignPage({ ...sign, digest, changes: null, way: 'own' }),
  };
};

const drafts = (context: PageContext): Record<string, VNode> => {
  const place = { purpose: 'next' as const, base: row.href };
  const peers = [{ value: 'https://id.example', label: '示例市 990200' }];
  const full = { head: { peer: 'https://id.example' }, signIn: [{ from: '990200' }], certificates: [{}] };
  return {
    agreementDraft: DraftPage({
      ...{ context, csrf, place, peers },
      mappings: [{ value: 'map_1:2:x', label: '全省类型对应，第 2 版' }],
      draft: full,
      errors: [{ field: 'signIn0_levelMap', text: '没有按要求填写' }],
      isFull: true,
    }),
    agreementDraftNew: DraftPage({
      ...{ context, csrf, errors: [], isFull: false, peers: [] },
      mappings: [],
      place: { purpose: 'new', base: '/console/agreements' },
      draft: { head: {}, signIn: [], certificates: [] },
    }),
    agreementPaste: PastePage({
      ...{ context, csrf, place, document: '{}' },
      errors: [{ field: 'document', text: 'x' }],
    }),
  };
};

const peers = (context: PageContext): Record<string, VNode> => {
  const peer = { href: '/console/peers/990200', name: '示例市', region: '990200' };
  return {
    peers: PeersPage({ context, own: drawn, peers: [{ ...peer, state: 'vouched' }], mayAdd: true }),
    noPeers: PeersPage({ context, own: drawn, peers: [], mayAdd: false }),
    peer: PeerPage({
      ...{ context, ...peer, state: 'waiting', fingerprint: drawn },
      address: 'https://id.example',
      comparedBy: 1,
      mayCompare: true,
      mayBlock: true,
    }),
    addPeer: AddPeerPage({
      ...{ context, csrf, draft: { address: '', code: '', name: '', key: '' } },
      errors: [{ field: 'code', text: 'x' }],
    }),
    comparePeer: ComparePeerPage({ context, csrf, ...peer, already: false, error: 'x' }),
    comparePeerAgain: ComparePeerPage({ context, csrf, ...peer, already: true }),
    blockPeer: BlockPeerPage({ context, csrf, ...peer }),
  };
};

/** Makes the officers' pages of agreements and other regions, in each of their shapes. */
export const recognitionPages = (context: PageContext): Record<string, VNode> => ({
  agreements: AgreementsPage({
    context,
    query: { state: 'active', region: '990200' },
    agreements: [
      { ...row, isDelivered: true, unconfirmed: null },
      {
        ...row,
        href: `${row.href}0`,
        health: { ...row.health, state: 'stale' },
        isDelivered: false,
        unconfirmed: { confirmBy: at, isOverdue: true },
      },
      {
        ...row,
        href: `${row.href}1`,
        isDelivered: true,
        unconfirmed: { confirmBy: at, isOverdue: false },
      },
    ],
    mayDraft: true,
    nextHref: '/console/agreements?after=agr_1',
  }),
  noAgreements: AgreementsPage({
    context,
    query: { state: '', region: '' },
    agreements: [],
    mayDraft: false,
    nextHref: null,
  }),
  ...agreement(context),
  ...Object.fromEntries(
    acts.map((act) => [
      act,
      ActPage({
        ...{ context, csrf, act, errors, href: row.href, name: row.name, reason: '演练' },
        isPossible: act !== 'resume',
      }),
    ]),
  ),
  ...drafts(context),
  ...peers(context),
});
