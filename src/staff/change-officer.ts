import { AppError } from '../base/error.ts';
import type { DomainEvent } from '../base/event.ts';
import type { OfficerRecord } from './officer.ts';
import type { Work } from './ports.ts';
import type { OfficerChanges } from './store.ts';

const mostAttempts = 5;

/** What is to be written about an officer as read; null when nothing is. */
export type OfficerDecision = { changes: OfficerChanges; event: DomainEvent } | null;

/**
 * Reads an officer, lets it be decided what to write, and writes that; one that was overtaken by another reads again and
 * is judged anew. Throws officer-missing, and what the decision throws.
 */
export async function changeOfficer(
  { store }: Work,
  officerId: string,
  decide: (read: OfficerRecord) => OfficerDecision,
): Promise<OfficerRecord> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const read = await store.byId(officerId);
    if (read === null) throw new AppError('officer-missing');
    const decision = decide(read);
    if (decision === null) return read;
    if (await store.swap(read, decision.changes, decision.event)) return { ...read, ...decision.changes };
  }
  throw new AppError('storage-unavailable');
}
