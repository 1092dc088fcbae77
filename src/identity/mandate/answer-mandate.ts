import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { isDependantId, principalIdsOf } from './dependant.ts';
import { statusAfter } from './lifecycle.ts';
import type { MandateRecord } from './mandate.ts';
import type { MandateWork } from './ports.ts';
import { endingReasons, mayRevoke } from './rules.ts';
import { familyName, findOwnRole, listStanding } from './standing.ts';

export interface OwnMandate {
  accountId: string;
  mandateId: string;
}

/** Takes the answer of who was offered a mandate. Throws mandate-missing, mandate-not-open, storage-unavailable. */
export async function answerMandate(
  work: MandateWork,
  { accountId, mandateId, accepts }: OwnMandate & { accepts: boolean },
): Promise<void> {
  const mandate = await work.store.mandateById(mandateId);
  if (mandate === null || mandate.answererId !== accountId) throw new AppError('mandate-missing');
  const status = statusAfter(mandate, accepts ? 'accept' : 'refuse', work.clock.now());

  const type = accepts ? 'mandate.accepted' : 'mandate.refused';
  const event = newEvent(work.clock, type, accountId, { role: mandate.role });
  if (!(await work.store.swapMandate(mandate, { status }, event))) throw new AppError('storage-unavailable');
}

/**
 * Ends a mandate, or takes an offer back: what is under way under it stops at its next use. The other side is told. A
 * parent ends what the other parent has for a reason of law only. Throws mandate-missing, mandate-not-open,
 * mandate-reason-missing, storage-unavailable.
 */
export async function revokeMandate(
  work: MandateWork,
  { accountId, mandateId, reason }: OwnMandate & { reason?: string },
): Promise<void> {
  const { store, clock } = work;
  const mandate = await store.mandateById(mandateId);
  const part = mandate === null ? null : await partIn(work, mandate, accountId);
  if (mandate === null || part === null) throw new AppError('mandate-missing');
  const endedFor = part === 'own' ? null : endingReasons.find((known) => known === reason);
  if (endedFor === undefined) throw new AppError('mandate-reason-missing');
  const status = statusAfter(mandate, 'revoke', clock.now());

  const detail = { role: mandate.role, ...(endedFor === null ? {} : { reason: endedFor }) };
  const event = newEvent(clock, 'mandate.revoked', accountId, detail);
  if (!(await store.swapMandate(mandate, { status, endedFor }, event)))
    throw new AppError('storage-unavailable');
  await tellEnded(work, mandate, accountId);
}

/** Tells as what a person may end a mandate: of their own, or as the other parent; null when not at all. */
export async function partIn(
  work: MandateWork,
  mandate: MandateRecord,
  accountId: string,
): Promise<'own' | 'other-parent' | null> {
  const { kind, principalId, role } = mandate;
  const isOrganisation = kind === 'organisation';
  const ownRole = isOrganisation ? await findOwnRole(work, principalId, accountId) : null;
  if (mayRevoke(mandate, accountId, ownRole)) return 'own';
  if (isOrganisation) return null;
  const ownIds = isDependantId(principalId) ? await ownIdsOf(work, accountId) : [];
  if (ownIds.includes(principalId)) return 'own';
  const held = role === 'parent' ? await listStanding(work, accountId) : [];
  const isParent = held.some((one) => one.role === 'parent' && one.principal.id === principalId);
  return isParent ? 'other-parent' : null;
}

/** Lists as whom a person is acted for: since before they had an account, too. */
export const ownIdsOf = async (work: MandateWork, accountId: string): Promise<string[]> => {
  const profile = await work.people.findAccount(accountId);
  return principalIdsOf(work, { accountId, number: profile?.number });
};

/** Of an organisation the agent is told; who gave up the mandate knows, and who gave it is told. */
const tellEnded = async (work: MandateWork, mandate: MandateRecord, accountId: string): Promise<void> => {
  const { kind, principalId, agentId, offeredBy } = mandate;
  const organisation = kind === 'family' ? null : await work.store.organisationById(principalId);
  const giver = kind === 'family' ? principalId : offeredBy;
  const told = agentId === accountId ? giver : agentId;
  if (told === accountId || isDependantId(told)) return;
  const values = { name: organisation?.name ?? familyName };
  await work.tellPerson({ accountId: told, kind: 'mandate-ended', values });
};
