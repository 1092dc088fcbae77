import { newEvent } from '../../base/event.ts';
import type { CertificateIdentifier } from '../../terms/certificate-identifier.ts';
import { isWithinRegion } from '../../terms/region-code.ts';
import { bucketCount, bucketOf } from './entry.ts';
import type { Reconciled } from './link.ts';
import type { ChildWork, LibraryRow } from './ports.ts';
import { linkOf, pushAll } from './push-entries.ts';
import { sendEntries } from './send-entries.ts';
import { createTally, type StatusCount, sumOf, type Tally } from './tally.ts';

/** How many buckets are compared in one call: the parent has a quarter of the entries to count for it. */
const bucketsOfCall = 64;
const everyBucket = Array.from({ length: bucketCount }, (_, bucket) => bucket);

/**
 * Reconciles the parent's entries with the library (对账): counts both by bucket, sends the entries of buckets that
 * differ again, and counts those once more. What the parent has and the library has not, or has later than the library
 * (which a library restored from a backup may find), stays and is told of. Throws tier-parent-unreachable and
 * tier-parent-refused.
 */
export async function reconcile(work: ChildWork): Promise<Reconciled> {
  await pushAll(work);
  const first = await compare(work, await tallyLibrary(work), everyBucket);
  const resent = first.differing.length === 0 ? 0 : await resend(work, new Set(first.differing));

  let { differing, counts, own } = first;
  if (differing.length > 0)
    ({ differing, counts, own } = await compare(work, await tallyLibrary(work), everyBucket));
  await note(work, { before: first.differing.length, after: differing.length, resent });
  return {
    differingBefore: first.differing.length,
    differingAfter: differing.length,
    resent,
    differences: differencesOf(own, counts),
  };
}

async function* ownRows(work: ChildWork): AsyncGenerator<LibraryRow> {
  let after = '';
  for (;;) {
    const page = await work.library.rowsAfter(after, work.entriesAtOnce);
    for (const row of page) if (isWithinRegion(work.region, row.areaCode)) yield row;
    if (page.length < work.entriesAtOnce) return;
    after = page.at(-1)?.identifier ?? '';
  }
}

async function tallyLibrary(work: ChildWork): Promise<Tally> {
  const tally = createTally();
  const keyId = work.directoryKey.id;
  for await (const row of ownRows(work))
    tally.add({ ...row, identifier: row.identifier as CertificateIdentifier, keyId });
  return tally;
}

async function compare(work: ChildWork, tally: Tally, buckets: readonly number[]) {
  const differing: number[] = [];
  const counts: (readonly StatusCount[])[] = [];
  for (let start = 0; start < buckets.length; start += bucketsOfCall) {
    const asked = buckets.slice(start, start + bucketsOfCall).map(tally.bucket);
    const answer = await work.parent.compareBuckets({ keyId: work.directoryKey.id, buckets: asked });
    differing.push(...answer.differing);
    counts.push(answer.counts);
  }
  return { differing, counts: sumOf(counts), own: tally.statusCounts() };
}

async function resend(work: ChildWork, buckets: ReadonlySet<number>): Promise<number> {
  let stored = 0;
  let waiting: string[] = [];
  const send = async (): Promise<void> => {
    stored += (await sendEntries(work, waiting, 0)).stored;
    waiting = [];
  };
  for await (const { identifier } of ownRows(work)) {
    if (buckets.has(bucketOf(identifier))) waiting.push(identifier);
    if (waiting.length === work.entriesAtOnce) await send();
  }
  await send();
  return stored;
}

async function note(
  work: ChildWork,
  { before, after, resent }: { before: number; after: number; resent: number },
): Promise<void> {
  const event = newEvent(work.clock, 'directory.reconciled', 'system', { before, after, resent });
  const changes = { differing: after, lastReconciledAt: work.clock.now() };
  await work.store.swapLink(await linkOf(work), changes, before === 0 ? null : event);
}

function differencesOf(
  own: readonly StatusCount[],
  counts: readonly StatusCount[],
): Reconciled['differences'] {
  const all = sumOf([own, counts.map((one) => ({ ...one, count: 0 }))]);
  return all
    .map(({ typeCode, status, count }) => ({
      typeCode,
      status,
      count,
      atParent: counts.find((one) => one.typeCode === typeCode && one.status === status)?.count ?? 0,
    }))
    .filter(({ count, atParent }) => count !== atParent);
}
