/**
 * Who may act for whom (代办). Owns organisations as spaces that are entered from a person's account, and mandates: of an
 * organisation its legal representative, administrators and operators, each for certain service items and until a day;
 * within a family parents and children; a child needs no account, and papers that two officers checked do for a certificate. It does not own certificates (the directory proves by `evidence`), service items
 * (consent), nor what a token says (oidc asks findStanding at every use). An invitation stands once who was invited has
 * accepted it in their own space. A mandate by proof stands no longer than the certificate, one of an organisation no
 * longer than some business licence of it. Roles, terms and this lifecycle are our design [D]; no standard was read.
 * Control leaves by a value, or by an AppError with a code; what happened rides in the record's outbox.
 */
import type { OutboxSource } from '../../storage/outbox.ts';
import { answerMandate, type OwnMandate, revokeMandate } from './answer-mandate.ts';
import {
  type CounterDraft,
  type CounterMandate,
  checkEnding,
  draftAtCounter,
  endAtCounter,
  listAtCounter,
  readAtCounter,
  settleCounterDraft,
} from './attest.ts';
import { claimOrganisation } from './claim-organisation.ts';
import { type Dependant, findDependant } from './dependant.ts';
import {
  findMandate,
  listMandates,
  type ManagedOrganisation,
  type MandateView,
  type OrganisationView,
  readOrganisation,
} from './list-mandates.ts';
import {
  type FamilyOffer,
  inviteMember,
  type MemberInvitation,
  offerFamilyMandate,
} from './offer-mandate.ts';
import type { MandateDeps, MandateWork } from './ports.ts';
import { findStanding, listStanding, type StandingMandate } from './standing.ts';
import { openMandateStore } from './store.ts';

/** What can be asked about organisations and mandates. */
export interface Mandates {
  outboxes: readonly OutboxSource[];
  ready(): Promise<void>;
  claimOrganisation(input: { accountId: string; creditCode: string }): Promise<{ organisationId: string }>;
  inviteMember(input: MemberInvitation): Promise<{ mandateId: string }>;
  offerFamilyMandate(input: FamilyOffer): Promise<{ mandateId: string }>;
  answerMandate(input: OwnMandate & { accepts: boolean }): Promise<void>;
  revokeMandate(input: OwnMandate & { reason?: string }): Promise<void>;
  draftAtCounter(draft: CounterDraft): Promise<{ mandateId: string }>;
  settleCounterDraft(input: { mandateId: string; accepts: boolean; officerId: string }): Promise<void>;
  checkEnding(input: { mandateId: string; reason: string }): Promise<void>;
  endAtCounter(input: { mandateId: string; reason: string; officerId: string }): Promise<void>;
  listAtCounter(input: { agentNumber: string; principalNumber: string }): Promise<CounterMandate[]>;
  readAtCounter(mandateId: string): Promise<CounterMandate>;
  listMandates(accountId: string): Promise<{ mandates: MandateView[]; organisations: ManagedOrganisation[] }>;
  findMandate(input: OwnMandate): Promise<MandateView>;
  readOrganisation(input: { accountId: string; organisationId: string }): Promise<OrganisationView>;
  /** The mandates by which a person may act now. */
  listStanding(agentId: string): Promise<StandingMandate[]>;
  findStanding(mandateId: string): Promise<StandingMandate | null>;
  /** The person without an account whom a mandate is for; null when it is somebody else's identifier. */
  findDependant(dependantId: string): Promise<Dependant | null>;
}

/** Opens organisations and mandates on their store. */
export function createMandates({ connection, ...deps }: MandateDeps): Mandates {
  const store = openMandateStore(connection);
  const work: MandateWork = { ...deps, store };
  return {
    outboxes: store.outboxes,
    ready: store.ready,
    claimOrganisation: (input) => claimOrganisation(work, input),
    inviteMember: (input) => inviteMember(work, input),
    offerFamilyMandate: (input) => offerFamilyMandate(work, input),
    answerMandate: (input) => answerMandate(work, input),
    revokeMandate: (input) => revokeMandate(work, input),
    draftAtCounter: (draft) => draftAtCounter(work, draft),
    settleCounterDraft: (input) => settleCounterDraft(work, input),
    checkEnding: (input) => checkEnding(work, input),
    endAtCounter: (input) => endAtCounter(work, input),
    listAtCounter: (input) => listAtCounter(work, input),
    readAtCounter: (mandateId) => readAtCounter(work, mandateId),
    listMandates: (accountId) => listMandates(work, accountId),
    findMandate: (input) => findMandate(work, input),
    readOrganisation: (input) => readOrganisation(work, input),
    listStanding: (agentId) => listStanding(work, agentId),
    findStanding: (mandateId) => findStanding(work, mandateId),
    findDependant: (dependantId) => findDependant(work, dependantId),
  };
}
