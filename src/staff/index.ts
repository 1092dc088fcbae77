/**
 * Who works here. Owns officers (工作人员): their roles, region, authority and passkeys, who joins and how they sign in;
 * what each may do (permissions.ts, one table, and mayAct); and proposals: what one officer wants and another decides
 * (四眼原则). It does not own sessions and pages (http), nor what a proposal is about: the domain that knows a kind hands in its handler.
 * An officer is no citizen's account, and may be tied to one of level 3 (account.ts): while that is closed, frozen or below it
 * the officer is stopped. That a province's rules may be tightened below it is yet to come. No standard was read for roles and
 * duties; all of it is our design. Control leaves by a value, or by an AppError with a code; what happened rides in the record's outbox.
 */
import type { OutboxSource } from '../storage/outbox.ts';
import { findAtWork } from './account.ts';
import { bootstrap, type FoundingLink } from './bootstrap.ts';
import { type InvitationLink, makeInvitation } from './invitation.ts';
import { beginJoin, finishJoin, type Joining } from './join.ts';
import { findOfficer, listOfficers, type OfficerPage, readOfficer } from './list-officers.ts';
import type { Officer } from './officer.ts';
import {
  type AccountTie,
  changeHandlers,
  type PasskeyChange,
  proposeAccount,
  proposePasskey,
  proposeRoles,
  type RoleChange,
} from './officer-changes.ts';
import {
  type Disabling,
  type OfficerDraft,
  officerHandlers,
  proposeDisabling,
  proposeOfficer,
} from './officer-proposals.ts';
import type { StaffDeps, Work } from './ports.ts';
import { answerProposal, type ProposalAnswer } from './proposal/answer-proposal.ts';
import { findProposal, listProposals, listWaiting, type ProposalPage } from './proposal/list-proposals.ts';
import type { Proposal } from './proposal/proposal.ts';
import { type NewProposal, propose } from './proposal/propose.ts';
import { type Replay, replayProposals } from './proposal/replay.ts';
import { sweepProposals } from './proposal/settle.ts';
import { openProposalStore } from './proposal/store.ts';
import { beginSignIn, finishSignIn } from './sign-in.ts';
import { openStaffStore } from './store.ts';

export type { FoundingLink } from './bootstrap.ts';
export type { InvitationLink } from './invitation.ts';
export type { Officer, OfficerAuthority, OfficerState } from './officer.ts';
export { type Act, acts, permissions, type Role, roles } from './permissions.ts';
export type { StaffDeps } from './ports.ts';
export type { Answer } from './proposal/answer-proposal.ts';
export type { ProposalHandler } from './proposal/handler.ts';
export type { ProposalState } from './proposal/lifecycle.ts';
export type { Difference, Proposal } from './proposal/proposal.ts';
export type { NewProposal } from './proposal/propose.ts';
export { authorityOf, freshSeconds, hasAct, mayAct } from './rules.ts';

/** What can be asked about officers. `binding` ties a challenge to one browser. */
export interface Officers {
  bootstrap(): Promise<FoundingLink[]>;
  beginJoin(input: { token: string }): Promise<Joining>;
  finishJoin(input: { token: string; response: unknown; name: string }): Promise<Officer>;
  beginSignIn(input: { binding: string }): Promise<object>;
  finishSignIn(input: { binding: string; response: unknown; officerId?: string }): Promise<Officer>;
  findOfficer(officerId: string): Promise<Officer | null>;
  /** Finds who may work now: active, and not stopped by how their citizen's account stands. */
  findAtWork(officerId: string): Promise<Officer | null>;
  readOfficer(input: { officerId: string; subject: string }): Promise<Officer>;
  listOfficers(input: { officerId: string; after?: string }): Promise<OfficerPage>;
  proposeOfficer(draft: OfficerDraft): Promise<Proposal>;
  proposeDisabling(given: Disabling): Promise<Proposal>;
  proposeRoles(given: RoleChange): Promise<Proposal>;
  proposePasskey(given: PasskeyChange): Promise<Proposal>;
  proposeAccount(given: AccountTie): Promise<Proposal>;
  makeInvitation(input: { officerId: string; subject: string; provenAt: Date }): Promise<InvitationLink>;
}

/** What can be asked about proposals. */
export interface Proposals {
  propose(given: NewProposal): Promise<Proposal>;
  answerProposal(given: ProposalAnswer): Promise<Proposal>;
  findProposal(input: { officerId: string; proposalId: string }): Promise<Proposal>;
  listProposals(input: { officerId: string; after?: string }): Promise<ProposalPage>;
  listWaiting(input: { officerId: string }): Promise<Proposal[]>;
  replayProposals(input: { officerId: string; subject: string; until: Date }): Promise<Replay>;
  sweepProposals(): Promise<number>;
}

/** What can be asked of the domain. */
export interface Staff extends Officers, Proposals {
  /** What happened to officers and proposals, for the audit relay. */
  outboxes: readonly OutboxSource[];
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
}

/** Opens the domain on its stores. */
export function createStaff({ connection, handlers = {}, ...deps }: StaffDeps): Staff {
  const [store, proposals] = [openStaffStore(connection), openProposalStore(connection)];
  const own = { ...officerHandlers(() => work), ...changeHandlers(() => work) };
  const work: Work = { ...deps, store, proposals, handlers: { ...handlers, ...own } };
  return {
    outboxes: [store.outbox, proposals.outbox],
    ready: async () => {
      await Promise.all([store.ready(), proposals.ready()]);
    },
    bootstrap: () => bootstrap(work),
    beginJoin: (input) => beginJoin(work, input),
    finishJoin: (input) => finishJoin(work, input),
    beginSignIn: (input) => beginSignIn(work, input),
    finishSignIn: (input) => finishSignIn(work, input),
    findOfficer: (officerId) => findOfficer(work, officerId),
    findAtWork: (officerId) => findAtWork(work, officerId),
    readOfficer: (input) => readOfficer(work, input),
    listOfficers: (input) => listOfficers(work, input),
    proposeOfficer: (draft) => proposeOfficer(work, draft),
    proposeDisabling: (given) => proposeDisabling(work, given),
    proposeRoles: (given) => proposeRoles(work, given),
    proposePasskey: (given) => proposePasskey(work, given),
    proposeAccount: (given) => proposeAccount(work, given),
    makeInvitation: (input) => makeInvitation(work, input),
    propose: (given) => propose(work, given),
    answerProposal: (given) => answerProposal(work, given),
    findProposal: (input) => findProposal(work, input),
    listProposals: (input) => listProposals(work, input),
    listWaiting: (input) => listWaiting(work, input),
    replayProposals: (input) => replayProposals(work, input),
    sweepProposals: () => sweepProposals(work),
  };
}
