import type { VNode } from 'preact';
import type { PageContext } from '../../views/layout.tsx';
import { AuthorisationPage, WithdrawPage } from '../../views/portal/authorisation.tsx';
import { AuthorisationsPage } from '../../views/portal/authorisations.tsx';
import { UsePage } from '../../views/portal/use.tsx';

const at = new Date('2026-11-24T04:00:00Z');

const row = { href: '/my/authorisations/a1', requester: '窗口', item: '换证', requestedAt: at };
const cover = {
  typeName: '驾驶证',
  identifier: null,
  fields: [{ input: 'allow.0.class', label: '准驾车型', ticked: true }],
};

/** Makes the pages of use authorisations, in each of their shapes. */
export const authorisationPages = (context: PageContext): Record<string, VNode> => {
  const shared = { context, csrf: 'csrf-1', path: '/my/authorisations/a1', requester: '窗口' };
  const asked = {
    ...shared,
    item: '换证',
    department: '服务局',
    purpose: '核对',
    covers: [cover, { ...cover, identifier: '1.2' }],
    state: 'pending' as const,
    answerBy: at,
    usableUntil: at,
    answeredAt: null,
    withdrawnAt: null,
    needsMatchCode: true,
  };
  return {
    authorisations: AuthorisationsPage({
      context,
      pending: [{ ...row, state: 'pending' }],
      standing: [{ ...row, state: 'approved' }],
      past: [{ ...row, state: 'lapsed' }],
      nextHref: '/my/authorisations?after=1',
    }),
    noAuthorisations: AuthorisationsPage({ context, pending: [], standing: [], past: [], nextHref: null }),
    authorisation: AuthorisationPage({ ...asked, codeError: 'x' }),
    approved: AuthorisationPage({ ...asked, state: 'approved', answeredAt: at, refusal: 'x' }),
    withdraw: WithdrawPage(shared),
  };
};

const use = {
  id: 'u1',
  at,
  reader: '窗口',
  what: '驾驶证',
  purpose: '核对',
  basis: { kind: 'law' as const, law: '条例 第一条' },
  refused: false,
  identifier: '1.2',
  fields: ['准驾车型'],
  item: '换证',
  system: null,
  material: null,
  channel: 'api' as const,
  keepUntil: at,
};

/** Makes the pages of one use: with nothing said to it, and with an objection and a rating. */
export const usePages = (context: PageContext): Record<string, VNode> => {
  const shared = { context, csrf: 'csrf-1', path: '/my/uses/u1', use };
  const objection = { objectionId: 'o1', reason: 'other' as const, text: '不是我', openedAt: at };
  return {
    use: UsePage({
      ...shared,
      objections: [],
      objecting: { choice: 'other', text: '不是我' },
      rating: { stars: null, draft: { choice: '', text: '' } },
      errors: [{ field: 'stars', text: 'x' }],
    }),
    objectedUse: UsePage({
      ...shared,
      objections: [
        { ...objection, state: 'underReview', answer: null },
        { ...objection, objectionId: 'o2', state: 'rejected', answer: '已核查' },
      ],
      objecting: null,
      rating: { stars: 4, draft: { choice: '4', text: '好' } },
      errors: [],
    }),
  };
};
