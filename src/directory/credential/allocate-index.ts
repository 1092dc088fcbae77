import { randomInt } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newStatusBytes } from '../../crypto/status-list.ts';
import type { CertificateIdentifier } from '../../terms/certificate-identifier.ts';
import type { CredentialRecord } from './credential.ts';
import type { Work } from './ports.ts';

/** What a copy is bound to and who asked for it: what its event tells. */
export interface CopyMade {
  holderKeyThumbprint: string | null;
  actor: string;
}

/**
 * How many entries are drawn before a list counts as full: one that is half full is left with probability 2^-16, one that
 * is nine tenths full in one case of five. So no count has to be kept, and issuing writes no list.
 */
const draws = 16;
/** Each miss means that another process was first with something. */
const mostTries = 50;

/**
 * Finds the entry of a certificate, or takes a random free one of the newest list, so that neighbours in a list were not
 * neighbours in time. Writes one record, with the event of the copy that is about to be made. Throws
 * credential-list-busy.
 */
export async function allocateIndex(
  work: Work,
  identifier: CertificateIdentifier,
  copy: CopyMade,
): Promise<Pick<CredentialRecord, 'listId' | 'index'>> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const existing = await work.store.credentialOf(identifier);
    const record = existing === null ? await newRecord(work, identifier, copy) : existing;
    if (record === null) {
      await openNextList(work);
      continue;
    }
    // False when another process was first with this certificate, this entry or this revision: look again.
    const isWritten =
      existing === null
        ? await work.store.insertCredential(record)
        : await work.store.swapHolderKey(record, copy.holderKeyThumbprint, issued(work, record, copy));
    if (isWritten) return { listId: record.listId, index: record.index };
  }
  throw new AppError('credential-list-busy');
}

/** Makes the record of a certificate's first credential; null when the newest list is full, or there is none. */
async function newRecord(
  work: Work,
  identifier: CertificateIdentifier,
  copy: CopyMade,
): Promise<CredentialRecord | null> {
  const listId = String(await work.store.newestSequence());
  const drawn = Array.from({ length: draws }, () => randomInt(work.entriesPerList));
  const taken = listId === '0' ? null : await work.store.takenOf(listId, drawn);
  const index = drawn.find((candidate) => taken?.has(candidate) === false);
  if (index === undefined) return null;
  const now = work.clock.now();
  const { holderKeyThumbprint } = copy;
  return {
    _id: identifier,
    listId,
    index,
    ...(holderKeyThumbprint === null ? {} : { holderKeyThumbprint }),
    revision: 1,
    outbox: [issued(work, { listId, index }, copy)],
    createdAt: now,
    updatedAt: now,
  };
}

const issued = (
  { clock }: Work,
  { listId, index }: Pick<CredentialRecord, 'listId' | 'index'>,
  { holderKeyThumbprint, actor }: CopyMade,
) => newEvent(clock, 'credential.issued', actor, { listId, index, isBound: holderKeyThumbprint !== null });

/** Opens the list behind the newest; when another process opens it at the same instant, that one stands. */
async function openNextList({ store, clock, entriesPerList }: Work): Promise<void> {
  const sequence = (await store.newestSequence()) + 1;
  const now = clock.now();
  await store.insertList({
    _id: String(sequence),
    sequence,
    bytes: newStatusBytes(entriesPerList),
    revision: 1,
    outbox: [newEvent(clock, 'status-list.opened', 'system', { sequence })],
    createdAt: now,
    updatedAt: now,
  });
}
