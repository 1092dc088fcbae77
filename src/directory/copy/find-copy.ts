import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import { copyContext, type FoundCopy } from './copy.ts';
import type { Work } from './ports.ts';

/** Finds a copy by the digest of its bytes and opens what stands at its foot; null when none was made here. */
export async function findCopy({ store, cipher }: Work, digest: string): Promise<FoundCopy | null> {
  const record = await store.byDigest(digest);
  if (record === null) return null;
  const { _id: copyId, identifier, callerName, purpose, expiresOn, createdAt } = record;
  return {
    copyId,
    identifier,
    callerName: callerName === undefined ? null : cipher.open(callerName, copyContext(copyId, 'callerName')),
    purpose: cipher.open(purpose, copyContext(copyId, 'purpose')),
    madeOn: shanghaiDateOf(createdAt),
    expiresOn,
  };
}
