import type { VNode } from 'preact';
import type { MandateView } from '../../src/identity/index.ts';
import {
  CounterMandatePage,
  FindMandatesPage,
  RecordMandatePage,
} from '../../views/console/counter-mandates.tsx';
import { ActingPage } from '../../views/interaction/acting.tsx';
import type { PageContext } from '../../views/layout.tsx';
import { MandatePage, OrganisationPage } from '../../views/portal/mandate.tsx';
import {
  ClaimOrganisationPage,
  EndByLawPage,
  FamilyMandatePage,
  InviteMemberPage,
} from '../../views/portal/mandate-forms.tsx';
import { MandatesPage } from '../../views/portal/mandates.tsx';

const at = new Date('2026-11-24T04:00:00Z');

/** Makes the pages of organisations and mandates, in each of their shapes. */
export const mandatePages = (context: PageContext): Record<string, VNode> => {
  const held: MandateView = {
    mandateId: 'm1',
    kind: 'organisation',
    role: 'operator',
    state: 'offered',
    isAgent: true,
    isPrincipal: false,
    principalName: '青禾食品',
    agentName: '**晴',
    items: ['SYN-0008'],
    expiresAt: at,
    answerBy: at,
    isProved: false,
    awaitsAnswer: true,
    mayRevoke: true,
    asksReason: false,
  };
  const given: MandateView = {
    ...held,
    mandateId: 'm2',
    kind: 'family',
    role: 'child',
    state: 'active',
    isAgent: false,
    isPrincipal: true,
    items: [],
    expiresAt: null,
    isProved: true,
    awaitsAnswer: false,
  };
  const form = { context, csrf: 'csrf-1', action: '/my/mandates/1', backHref: '/my/mandates' };
  const offered = { items: [{ code: 'SYN-0008', name: '变更' }], days: [30, 365] };
  const shown = { href: '/console/mandates/m1', role: 'parent', state: 'active' } as const;
  const counterMandate = {
    ...shown,
    agentName: '**晴',
    principalName: '**诺',
    expiresAt: at,
    evidenceDigest: 'ab'.repeat(32),
  };
  const acting = { context, csrf: 'csrf-1', action: '/act', abortAction: '/abort' };
  return {
    mandates: MandatesPage({
      context,
      mandates: [held, given, { ...given, mandateId: 'm3', isPrincipal: false, asksReason: true }],
      organisations: [{ name: '青禾食品', href: '/my/mandates/organisations/1' }],
      news: 'accepted',
    }),
    noMandates: MandatesPage({ context, mandates: [], organisations: [], news: null }),
    mandateToAnswer: MandatePage({ ...form, endHref: '/my/mandates/m1/end', mandate: held, items: ['变更'] }),
    mandate: MandatePage({ ...form, endHref: '/my/mandates/m2/end', mandate: given, items: [] }),
    organisation: OrganisationPage({
      context,
      name: '青禾食品',
      maskedCreditCode: '9***Q',
      members: [{ ...held, isAgent: false, awaitsAnswer: false }],
      inviteHref: '/my/mandates/organisations/1/invite',
      backHref: '/my/mandates',
    }),
    claimOrganisation: ClaimOrganisationPage({ ...form, error: '没有找到' }),
    inviteMember: InviteMemberPage({
      ...form,
      organisation: '青禾食品',
      roles: ['operator', 'administrator'],
      offered,
      error: '没有找到',
    }),
    familyMandate: FamilyMandatePage({ ...form, offered: { ...offered, items: [] } }),
    findCounterMandates: FindMandatesPage({ context, csrf: 'csrf-1', found: [shown], error: '号码不对' }),
    noCounterMandates: FindMandatesPage({ context, csrf: 'csrf-1', found: [] }),
    recordMandate: RecordMandatePage({
      context,
      csrf: 'csrf-1',
      days: [30, 365],
      evidenceDigest: 'ab'.repeat(32),
      reason: '核对了判决书',
      error: '没有找到',
    }),
    counterMandate: CounterMandatePage({ context, csrf: 'csrf-1', mandate: counterMandate, reason: '' }),
    askedToEnd: CounterMandatePage({
      context,
      csrf: 'csrf-1',
      mandate: { ...counterMandate, role: 'child', evidenceDigest: null, expiresAt: null },
      reason: '',
      error: '请选择',
    }),
    endByLaw: EndByLawPage({ ...form }),
    acting: ActingPage({
      ...acting,
      choices: [{ mandateId: 'm1', name: '青禾食品', role: 'operator' }],
      maySelf: true,
    }),
    noOneToActFor: ActingPage({ ...acting, choices: [], maySelf: false }),
  };
};
