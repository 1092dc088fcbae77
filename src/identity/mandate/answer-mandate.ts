import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { statusAfter } from './lifecycle.ts';
import type { MandateRecord } from './mandate.ts';
import type { MandateWork } from './ports.ts';
import { mayRevoke } from './rules.ts';
import { familyName, findOwnRole } from './standing.ts';

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
 * Ends a mandate, or takes an offer back: what is under way under it stops at its next use. The other side is told.
 * Throws mandate-missing, mandate-not-open, storage-unavailable.
 */
export async function revokeMandate(work: MandateWork, { accountId, mandateId }: OwnMandate): Promise<void> {
  const { store, clock } = work;
  const mandate = await store.mandateById(mandateId);
  const role = mandate === null ? null : await roleAt(work, mandate, accountId);
  if (mandate === null || !mayRevoke(mandate, accountId, role)) throw new AppError('mandate-missing');
  const status = statusAfter(mandate, 'revoke', clock.now());

  const event = newEvent(clock, 'mandate.revoked', accountId, { role: mandate.role });
  if (!(await store.swapMandate(mandate, { status }, event))) throw new AppError('storage-unavailable');
  await tellEnded(work, mandate, accountId);
}

const roleAt = async (work: MandateWork, { kind, principalId }: MandateRecord, accountId: string) =>
  kind === 'organisation' ? findOwnRole(work, principalId, accountId) : null;

/** Of an organisation the agent is told; who gave up the mandate knows, and who gave it is told. */
const tellEnded = async (work: MandateWork, mandate: MandateRecord, accountId: string): Promise<void> => {
  const { kind, principalId, agentId, offeredBy } = mandate;
  const organisation = kind === 'family' ? null : await work.store.organisationById(principalId);
  const giver = kind === 'family' ? principalId : offeredBy;
  const told = agentId === accountId ? giver : agentId;
  if (told === accountId) return;
  const values = { name: organisation?.name ?? familyName };
  await work.tellPerson({ accountId: told, kind: 'mandate-ended', values });
};
