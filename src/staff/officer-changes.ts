import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { mayStandBehind } from './account.ts';
import { changeOfficer } from './change-officer.ts';
import type { OfficerRecord } from './officer.ts';
import type { Work } from './ports.ts';
import type { ProposalHandler } from './proposal/handler.ts';
import type { Difference, Proposal } from './proposal/proposal.ts';
import { propose } from './proposal/propose.ts';
import { readRoles } from './rules.ts';
import type { OfficerChanges } from './store.ts';

/** What every change of an officer says. */
interface Change {
  officerId: string;
  /** Whom it is about; never oneself. */
  subject: string;
  reason: string;
}

/** An officer who is to have other roles. */
export interface RoleChange extends Change {
  roles: readonly string[];
}

/** An officer who is to have one more passkey, or a new one in place of all that are lost. */
export interface PasskeyChange extends Change {
  way: 'another' | 'in-place';
}

/** The citizen's account that is to stand behind an officer. */
export interface AccountTie extends Change {
  accountId: string;
}

/** Reads who is to be changed, by another than themselves. Throws officer-own, officer-missing, officer-state {state}. */
const readTarget = async (work: Work, { officerId, subject }: Change): Promise<OfficerRecord> => {
  if (officerId === subject) throw new AppError('officer-own');
  const target = await work.store.byId(subject);
  if (target === null) throw new AppError('officer-missing');
  if (target.state !== 'active') throw new AppError('officer-state', { state: target.state });
  return target;
};

const proposeChange = (
  work: Work,
  { officerId, subject, reason }: Change,
  kind: keyof typeof changes,
  { regionCode }: OfficerRecord,
  difference: Difference,
): Promise<Proposal> =>
  propose(work, { officerId, subject, reason, kind, regionCode, difference: [difference] });

/**
 * Proposes other roles for an officer. Throws officer-own, officer-missing, officer-state {state}, officer-not-allowed,
 * officer-roles-invalid, officer-duties-conflict, officer-unchanged, proposal-reason, proposal-open.
 */
export async function proposeRoles(work: Work, given: RoleChange): Promise<Proposal> {
  const target = await readTarget(work, given);
  const [before, after] = [target.roles.join(' '), readRoles(given.roles).join(' ')];
  if (before === after) throw new AppError('officer-unchanged');
  return proposeChange(work, given, 'officer.roles', target, { field: 'roles', before, after });
}

/**
 * Proposes a further passkey for an officer, or one in place of those that are lost; it is added by a link that the
 * proposer makes once another has approved. Throws officer-own, officer-missing, officer-state {state},
 * officer-not-allowed, proposal-reason, proposal-open.
 */
export async function proposePasskey(work: Work, given: PasskeyChange): Promise<Proposal> {
  const target = await readTarget(work, given);
  const before = String(target.passkeys.length);
  return proposeChange(work, given, 'officer.passkey', target, {
    field: 'officerPasskeys',
    before,
    after: given.way,
  });
}

/**
 * Proposes to tie an officer to the citizen's account of the same person, instead of one tied before. Throws officer-own,
 * officer-missing, officer-state {state}, officer-not-allowed, officer-account-unfit, officer-account-taken,
 * officer-account-proposed, officer-unchanged, proposal-reason, proposal-open.
 */
export async function proposeAccount(work: Work, given: AccountTie): Promise<Proposal> {
  const { accountId } = given;
  const target = await readTarget(work, given);
  if (target.accountId === accountId) throw new AppError('officer-unchanged');
  await checkFree(work, accountId);
  const named = { kind: 'officer.account', state: 'open', 'difference.after': accountId };
  const open = await work.proposals.list({ ...named, expiresAt: { $gt: work.clock.now() } }, null, 1);
  if (open.some(({ subject }) => subject !== target._id)) throw new AppError('officer-account-proposed');
  const before = target.accountId ?? null;
  return proposeChange(work, given, 'officer.account', target, {
    field: 'account',
    before,
    after: accountId,
  });
}

/** Refuses an account that may not stand behind an officer, or stands behind one. */
const checkFree = async (work: Work, accountId: string): Promise<void> => {
  const [isFit, tied] = await Promise.all([mayStandBehind(work, accountId), work.store.byAccount(accountId)]);
  if (!isFit) throw new AppError('officer-account-unfit');
  if (tied !== null) throw new AppError('officer-account-taken');
};

type Decided = { changes: OfficerChanges; type: string } | null;

/** Decides what each kind writes, from the officer as read and what was agreed on; null when it is written already. */
const changes = {
  'officer.roles': ({ roles }: OfficerRecord, { before, after }: Difference): Decided =>
    roles.join(' ') === before
      ? { changes: { roles: readRoles((after ?? '').split(' ')) }, type: 'officer.roles-changed' }
      : null,
  'officer.account': ({ accountId }: OfficerRecord, { before, after }: Difference): Decided =>
    after !== null && (accountId ?? null) === before
      ? { changes: { accountId: after }, type: 'officer.account-tied' }
      : null,
  'officer.passkey': (read: OfficerRecord, { after }: Difference, proposal: Proposal): Decided => {
    const { proposalId, proposer } = proposal;
    if (read.passkeyProposal === proposalId) return null;
    const agreed = { passkeyProposal: proposalId, invitation: null };
    if (after === 'another')
      return { changes: { ...agreed, awaitsPasskey: true }, type: 'officer.passkey-agreed' };
    // As one who is yet to join, and invited by who proposed it: a founder's own link may be closed by now.
    const removed = { state: 'invited' as const, passkeys: [], invitedBy: proposer };
    return { changes: { ...agreed, ...removed }, type: 'officer.passkeys-removed' };
  },
} as const;

const applyTo = async (work: Work, proposal: Proposal, kind: keyof typeof changes): Promise<void> => {
  const [difference] = proposal.difference;
  if (difference === undefined) return;
  await changeOfficer(work, proposal.subject, (read) => {
    const decided = read.state === 'active' ? changes[kind](read, difference, proposal) : null;
    if (decided === null) return null;
    const actor = proposal.history.at(-1)?.officerId ?? 'system';
    const event = newEvent(work.clock, decided.type, actor, { proposalId: proposal.proposalId });
    return { changes: decided.changes, event };
  });
};

/** Ties the account; one that another officer was tied to in this very moment is left to that one, for good. */
const tieAccount = async (work: Work, proposal: Proposal): Promise<void> => {
  try {
    await applyTo(work, proposal, 'officer.account');
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'officer-account-taken') throw error;
    const detail = { proposalId: proposal.proposalId };
    const event = newEvent(work.clock, 'officer.account-not-tied', 'system', detail);
    await changeOfficer(work, proposal.subject, () => ({ changes: {}, event }));
  }
};

const handlerFor = (workOf: () => Work, kind: keyof typeof changes): ProposalHandler => ({
  proposeAct: 'officers.propose',
  approveAct: 'officers.approve',
  apply: (proposal) => applyTo(workOf(), proposal, kind),
});

/** What is done about proposals that change an officer at work. */
export const changeHandlers = (workOf: () => Work): Record<string, ProposalHandler> => ({
  'officer.roles': handlerFor(workOf, 'officer.roles'),
  'officer.passkey': handlerFor(workOf, 'officer.passkey'),
  'officer.account': {
    ...handlerFor(workOf, 'officer.account'),
    check: async ({ difference: [tie] }) => {
      if (tie?.after) await checkFree(workOf(), tie.after);
    },
    apply: (proposal) => tieAccount(workOf(), proposal),
  },
});
