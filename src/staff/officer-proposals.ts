import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { newId } from '../base/id.ts';
import { parsePersonName } from '../terms/person-name.ts';
import { parseRegionCode } from '../terms/region-code.ts';
import { changeOfficer } from './change-officer.ts';
import { nameContext, type OfficerRecord, type OfficerState } from './officer.ts';
import type { Work } from './ports.ts';
import type { ProposalHandler } from './proposal/handler.ts';
import type { Proposal } from './proposal/proposal.ts';
import { propose } from './proposal/propose.ts';
import { readReason } from './proposal/reason.ts';
import { checkAct, readAuthority, readRoles } from './rules.ts';

/** A person whom an officer wants beside them. */
export interface OfficerDraft {
  officerId: string;
  name: string;
  regionCode: string;
  roles: readonly string[];
  /** The authority they act for; left out or empty for who acts for none. */
  authority?: { code: string; name: string };
  reason: string;
}

/**
 * Proposes a new officer, in the proposer's region or below; a second officer answers. Throws officer-not-allowed,
 * officer-roles-invalid, officer-duties-conflict, officer-authority-elsewhere, credit-code-…, organisation-name-invalid,
 * name-invalid, region-code-invalid, proposal-reason.
 */
export async function proposeOfficer(work: Work, draft: OfficerDraft): Promise<Proposal> {
  const { officerId } = draft;
  const [name, regionCode, roles] = [
    parsePersonName(draft.name),
    parseRegionCode(draft.regionCode),
    readRoles(draft.roles),
  ];
  const authority = readAuthority(draft.authority, regionCode, work.clock);
  const reason = readReason(draft.reason);
  const actor = await work.store.byId(officerId);
  if (actor === null) throw new AppError('officer-not-allowed');
  checkAct(actor, 'officers.propose', regionCode);

  const subject = newId();
  const event = newEvent(work.clock, 'officer.proposed', officerId, { regionCode, roles: roles.join(' ') });
  // First who, sealed, then what is to be decided: the proposal itself holds nothing of the person.
  await work.store.insert({
    _id: subject,
    name: work.cipher.seal(name, nameContext(subject)),
    regionCode,
    roles,
    authority,
    state: 'proposed',
    passkeys: [],
    invitation: null,
    invitedBy: officerId,
    version: 1,
    outbox: [event],
    createdAt: event.at,
    updatedAt: event.at,
  });
  return propose(work, {
    officerId,
    kind: 'officer.invite',
    subject,
    regionCode,
    difference: [
      { field: 'regionCode', before: null, after: regionCode },
      { field: 'roles', before: null, after: roles.join(' ') },
      ...(authority === null
        ? []
        : [{ field: 'authority', before: null, after: `${authority.name} ${authority.code}` }]),
    ],
    reason,
  });
}

/** An officer who is to work here no longer. */
export interface Disabling {
  officerId: string;
  subject: string;
  reason: string;
  /** Disabled at once, to be confirmed within 24 hours; wants a fresh proof. */
  emergency: boolean;
  provenAt: Date;
}

/**
 * Proposes to disable an officer. Throws officer-not-allowed, officer-missing, officer-state {state}, proposal-reason,
 * proposal-open, officer-proof-stale.
 */
export async function proposeDisabling(work: Work, given: Disabling): Promise<Proposal> {
  const target = await work.store.byId(given.subject);
  if (target === null) throw new AppError('officer-missing');
  const { state, regionCode } = target;
  if (state !== 'active' && state !== 'invited') throw new AppError('officer-state', { state });
  return propose(work, {
    ...given,
    kind: 'officer.disable',
    regionCode,
    difference: [{ field: 'state', before: state, after: 'disabled' }],
  });
}

/** Brings an officer from one of some states into another, once; one that stands elsewhere is left alone. */
const moveOfficer = async (
  work: Work,
  proposal: Proposal,
  from: readonly OfficerState[],
  stateOf: (read: OfficerRecord) => OfficerState,
): Promise<void> => {
  await changeOfficer(work, proposal.subject, (read) => {
    if (!from.includes(read.state)) return null;
    const state = stateOf(read);
    const { proposalId } = proposal;
    const event = newEvent(work.clock, `officer.${state}`, proposal.history.at(-1)?.officerId ?? 'system', {
      proposalId,
    });
    return { changes: { state, invitation: null }, event };
  });
};

/**
 * Disables an officer, once. What was approved is for good and frees the citizen's account for another officer; what an
 * emergency does at once may yet be undone, and keeps it.
 */
const disableOfficer = async (
  work: Work,
  { subject, state, history, proposalId }: Proposal,
): Promise<void> => {
  await changeOfficer(work, subject, (read) => {
    const isDue = read.state === 'active' || read.state === 'invited';
    const releases = state === 'approved' && (read.accountId ?? null) !== null;
    if (!isDue && !(read.state === 'disabled' && releases)) return null;
    const actor = history.at(-1)?.officerId ?? 'system';
    const event = newEvent(work.clock, isDue ? 'officer.disabled' : 'officer.account-released', actor, {
      proposalId,
    });
    const changes = { state: 'disabled', invitation: null } as const;
    return { changes: releases ? { ...changes, accountId: null } : changes, event };
  });
};

/** What is done about proposals on officers. */
export const officerHandlers = (workOf: () => Work): Record<string, ProposalHandler> => {
  const acts = { proposeAct: 'officers.propose', approveAct: 'officers.approve' } as const;
  return {
    'officer.invite': {
      ...acts,
      apply: (proposal) => moveOfficer(workOf(), proposal, ['proposed'], () => 'invited'),
      undo: (proposal) => moveOfficer(workOf(), proposal, ['proposed'], () => 'declined'),
    },
    'officer.disable': {
      ...acts,
      emergencyAct: 'officers.propose',
      apply: (proposal) => disableOfficer(workOf(), proposal),
      // Only what was done at once has to be undone; who had joined works again, who had not is invited again.
      undo: (proposal) =>
        proposal.emergency
          ? moveOfficer(workOf(), proposal, ['disabled'], ({ passkeys }) =>
              passkeys.length > 0 ? 'active' : 'invited',
            )
          : Promise.resolve(),
    },
  };
};
