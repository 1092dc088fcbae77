import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import type { Work } from '../ports.ts';
import type { AccessRecord } from './access-row.ts';
import { type NewAccess, readAccess } from './read-access.ts';

const dayMilliseconds = 86_400_000;

/**
 * Records one read of a person's data; the row is on disk when it returns. Throws consent-field-invalid,
 * use-cause-invalid, certificate-identifier-…, and access-not-recorded when the storage does not take it.
 */
export async function recordAccess(work: Work, input: NewAccess): Promise<{ accessId: string }> {
  const now = work.clock.now();
  const access = readAccess(input, now);

  // Codes of types and items stay in the record: some are long runs of digits, and audit takes such for a person's number.
  const { reader, outcome, basis, channel } = access;
  const detail = {
    readerKind: reader.kind,
    outcome: outcome.kind,
    ...(outcome.kind === 'refused' ? { code: outcome.code } : {}),
    basis: basis.kind,
    channel,
  };
  const record: AccessRecord = {
    _id: newId(),
    ...access,
    recordedAt: now,
    keepUntil: new Date(now.getTime() + work.retentionDays * dayMilliseconds),
    outbox: [newEvent(work.clock, 'access.recorded', reader.id, detail)],
  };
  try {
    await work.ledger.insert(record);
  } catch (cause) {
    throw new AppError('access-not-recorded', {}, { cause });
  }

  return { accessId: record._id };
}

/**
 * Records a read and only then reads: no row, no data. Should the read itself fail the row stays: that the person is
 * told of one read too many is the lesser wrong. Throws what recordAccess throws, before anything is read, and then
 * what the read throws.
 */
export async function withAccess<T>(
  work: Work,
  input: Omit<NewAccess, 'outcome'>,
  read: (accessId: string) => Promise<T>,
): Promise<T> {
  const { accessId } = await recordAccess(work, { ...input, outcome: { kind: 'granted' } });
  return await read(accessId);
}
