import { createHash } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { describeCertificateIdentifier } from '../../terms/certificate-identifier.ts';
import type { Work } from '../ports.ts';
import type { AccessRecord, ThingsRead } from './access-row.ts';
import { type NewAccess, readAccess } from './read-access.ts';

const dayMilliseconds = 86_400_000;

/**
 * Records one read of a person's data; the row is on disk when it returns. Throws consent-field-invalid,
 * use-cause-invalid, certificate-identifier-…, and access-not-recorded when the storage does not take it.
 */
export async function recordAccess(work: Work, input: NewAccess): Promise<{ accessId: string }> {
  const now = work.clock.now();
  const access = readAccess(input, now);

  const { reader, outcome, basis, channel, what } = access;
  const detail = {
    readerKind: reader.kind,
    outcome: outcome.kind,
    ...(outcome.kind === 'refused' ? { code: outcome.code } : {}),
    basis: basis.kind,
    channel,
    ...typeOf(what),
    ...certificateOf(what),
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
 * Names the type of the certificate read, in groups: some codes are long runs of digits, and audit takes such for a
 * person's number.
 */
const typeOf = ({ typeCode, certificateIdentifier }: ThingsRead): { typeCode?: string } => {
  const code =
    typeCode ?? (certificateIdentifier && describeCertificateIdentifier(certificateIdentifier).typeCode);
  return code === undefined ? {} : { typeCode: (code.match(/.{1,8}/g) ?? []).join('-') };
};

/** Names the certificate read by the digest of its identifier: a serial may be digits that audit takes for a person's. */
const certificateOf = ({ certificateIdentifier }: ThingsRead): { certificate?: string } =>
  certificateIdentifier === undefined
    ? {}
    : { certificate: createHash('sha256').update(certificateIdentifier).digest('hex') };

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
