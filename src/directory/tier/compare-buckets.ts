import type { BucketAnswer, BucketQuestion, ParentWork } from './ports.ts';
import { admitChild } from './receive-entries.ts';
import { createTally, isSameTally } from './tally.ts';

const pageSize = 1000;

/**
 * Compares buckets as a library counts them with those kept here, and notes which differ. Throws tier-not-kept,
 * tier-child-unknown and tier-key-other.
 */
export async function compareBuckets(
  work: ParentWork,
  clientId: string,
  { keyId, buckets }: BucketQuestion,
): Promise<BucketAnswer> {
  const { child } = await admitChild(work, clientId, keyId);
  const tally = createTally();
  for (const { bucket } of buckets) {
    let after = '';
    for (;;) {
      const page = await work.store.bucketPage(child._id, bucket, after, pageSize);
      for (const entry of page) tally.add(entry);
      if (page.length < pageSize) break;
      after = page.at(-1)?._id ?? '';
    }
  }
  const differing = buckets
    .filter((given) => !isSameTally(given, tally.bucket(given.bucket)))
    .map(({ bucket }) => bucket);

  const asked = new Set(buckets.map(({ bucket }) => bucket));
  const others = child.differing.filter((bucket) => !asked.has(bucket));
  await work.store.noteChild(
    child._id,
    { differing: [...others, ...differing].sort((a, b) => a - b), lastComparedAt: work.clock.now() },
    { stored: 0, refused: 0 },
    null,
  );
  return { differing, counts: tally.statusCounts() };
}
