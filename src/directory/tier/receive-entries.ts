import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { DirectoryKey } from '../../crypto/directory-key.ts';
import {
  describeCertificateIdentifier,
  parseCertificateIdentifier,
} from '../../terms/certificate-identifier.ts';
import { parseCertificateStatus } from '../../terms/certificate-status.ts';
import { isWithinRegion, parseRegionCode } from '../../terms/region-code.ts';
import { bucketOf, type ChildRecord, type EntryRecord, type ThinEntry } from './entry.ts';
import type { Batch, BatchAnswer, ParentWork } from './ports.ts';

const mostTries = 5;

/**
 * Takes a batch of entries in from the library of a region below. The same batch again, or an older one later, changes
 * nothing: the higher revision stays. Entries that are not in order are refused one by one. Throws tier-not-kept,
 * tier-child-unknown and tier-key-other.
 */
export async function receiveEntries(work: ParentWork, clientId: string, batch: Batch): Promise<BatchAnswer> {
  const { child, key } = await admitChild(work, clientId, batch.keyId);
  const refused: { identifier: string; code: string }[] = [];
  const read = new Map<string, EntryRecord>();
  for (const entry of batch.entries) {
    const result = readEntry(work, child, key, entry);
    if ('code' in result) refused.push({ identifier: entry.identifier, code: result.code });
    else if ((read.get(result._id)?.revision ?? 0) < result.revision) read.set(result._id, result);
  }

  const stored = await store(work, [...read.values()]);

  const counts = { stored, refused: refused.length };
  const event =
    stored + refused.length === 0
      ? null
      : newEvent(work.clock, 'directory.entries-received', clientId, { region: child._id, ...counts });
  const lastPushAt = work.clock.now();
  await work.store.noteChild(child._id, { behind: batch.behind, lastPushAt }, counts, event);
  return { stored, unchanged: read.size - stored, refused };
}

/** Finds the child a machine speaks for. Throws tier-not-kept, tier-child-unknown and tier-key-other. */
export async function admitChild(
  work: ParentWork,
  clientId: string,
  keyId: string,
): Promise<{ child: ChildRecord; key: DirectoryKey }> {
  const key = keyOf(work);
  const child = await work.store.childOfClient(clientId);
  if (child === null || !child.enabled) throw new AppError('tier-child-unknown');
  if (keyId !== key.id) throw new AppError('tier-key-other');
  return { child, key };
}

/** Returns the directory key. Throws tier-not-kept. */
export function keyOf({ directoryKey }: Pick<ParentWork, 'directoryKey'>): DirectoryKey {
  if (directoryKey === null) throw new AppError('tier-not-kept');
  return directoryKey;
}

/** Puts a blind under the index secret of this storage. */
export const indexOfBlind = ({ blindIndex }: Pick<ParentWork, 'blindIndex'>, blind: string): string =>
  blindIndex.of('directory-entry-holder', blind);

function readEntry(
  work: ParentWork,
  child: ChildRecord,
  key: DirectoryKey,
  entry: ThinEntry,
): EntryRecord | { code: string } {
  try {
    const identifier = parseCertificateIdentifier(entry.identifier);
    const areaCode = parseRegionCode(entry.areaCode);
    if (!isWithinRegion(child._id, areaCode)) throw new AppError('tier-entry-region');
    const { typeCode, issuerCode } = describeCertificateIdentifier(identifier);
    return {
      _id: `${child._id}/${identifier}`,
      region: child._id,
      identifier,
      typeCode,
      issuerCode,
      areaCode,
      status: parseCertificateStatus(entry.status),
      revision: entry.revision,
      keyId: key.id,
      bucket: bucketOf(identifier),
      holderIndexes: entry.holderBlinds.map((blind) => indexOfBlind(work, blind)),
      receivedAt: work.clock.now(),
    };
  } catch (error) {
    if (error instanceof AppError) return { code: error.code };
    throw error;
  }
}

/** Writes what is new or later; returns how many. Where another call writes the same entries it looks again. */
async function store(work: ParentWork, entries: readonly EntryRecord[]): Promise<number> {
  let stored: Set<string> | null = null;
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const { inserts, changes } = await decide(work, entries);
    stored ??= new Set([...inserts, ...changes.map(({ next }) => next)].map(({ _id }) => _id));
    const inserted = await work.store.insertEntries(inserts);
    if ((await work.store.swapEntries(changes)) && inserted) return stored.size;
  }
  throw new AppError('storage-unavailable');
}

async function decide(work: ParentWork, entries: readonly EntryRecord[]) {
  const known = new Map(
    (await work.store.entriesByIds(entries.map(({ _id }) => _id))).map((entry) => [entry._id, entry]),
  );
  const inserts: EntryRecord[] = [];
  const changes: { read: EntryRecord; next: EntryRecord }[] = [];
  for (const next of entries) {
    const read = known.get(next._id);
    if (read === undefined) inserts.push(next);
    else if (isLater(next, read)) changes.push({ read, next });
  }
  return { inserts, changes };
}

/** A new directory key calls all holders anew, without a certificate having changed. */
const isLater = (next: EntryRecord, read: EntryRecord): boolean =>
  next.revision > read.revision || (next.revision === read.revision && next.keyId !== read.keyId);
