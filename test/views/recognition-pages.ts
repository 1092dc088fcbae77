import type { VNode } from 'preact';
import { type ActName, AgreementPage, ComparePage } from '../../views/console/agreement.tsx';
import { ActPage } from '../../views/console/agreement-act.tsx';
import { DraftPage, PastePage } from '../../views/console/agreement-draft.tsx';
import { SignPage } from '../../views/console/agreement-sign.tsx';
import { TrafficPage } from '../../views/console/agreement-traffic.tsx';
import { AgreementsPage } from '../../views/console/agreements.tsx';
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
      ways: ['sign', 'edit', 'nextVersion', ...acts],
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
      ways: [],
    }),
    agreementCompare: ComparePage({ context, href: row.href, before: 1, after: 2, changes }),
    agreementSame: ComparePage({ context, href: row.href, before: 1, after: 2, changes: [] }),
    agreementTraffic: TrafficPage({
      ...{ context, href: row.href, name: row.name, most: 1000 },
      days: [{ day: '2026-11-24', total: 3, refused: 1 }],
      refusals: [{ code: 'purpose_not_covered', count: 1 }],
    }),
    agreementTrafficNone: TrafficPage({
      ...{ context, href: row.href, name: row.name, most: 1000, days: [], refusals: [] },
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
      draft: full,
      errors: [{ field: 'signIn0_levelMap', text: '没有按要求填写' }],
      isFull: true,
    }),
    agreementDraftNew: DraftPage({
      ...{ context, csrf, errors: [], isFull: false, peers: [] },
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
    peers: PeersPage({ context, own: drawn, peers: [{ ...peer, state: 'waiting' }], mayAdd: true }),
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
    agreements: [row, { ...row, href: `${row.href}0`, health: { ...row.health, state: 'stale' } }],
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
