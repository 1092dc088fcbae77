import type { ChainEntry } from '../entry.ts';
import { measuresOf, nameOf } from './measure.ts';
import type { MeasureWork } from './measures.ts';
import { spansOf } from './span.ts';
import { bucketIdOf, type PositionRecord } from './store.ts';

const entriesAtOnce = 500;
const mostAttempts = 20;

/** One entry's part in one bucket. */
interface Part {
  sequence: number;
  names: string[];
}

/**
 * Counts the next entries of the chain; returns how many. The position moves on only after every bucket is written, and
 * each bucket says in the same write how far it was counted: whoever stops in between, or counts beside another, finds
 * there what is in already, so that each entry is counted once.
 */
export async function countNext(work: MeasureWork, read: PositionRecord): Promise<number> {
  const entries = await work.chain.entriesFrom(read.through + 1, entriesAtOnce);
  const last = entries.at(-1);
  if (last === undefined) return 0;
  await countIn(work, read.generation, entries);
  await work.store.movePosition(read, { through: last.sequence });
  return entries.length;
}

/** Counts entries, which follow all that was counted before, in one generation of buckets. */
export async function countIn(
  work: MeasureWork,
  generation: string,
  entries: readonly ChainEntry[],
): Promise<void> {
  for (const [span, parts] of partsOf(entries)) await addParts(work, generation, span, parts);
}

/** Splits entries by the buckets they are counted in, each in the order of the chain. */
const partsOf = (entries: readonly ChainEntry[]): Map<string, Part[]> => {
  const bySpan = new Map<string, Part[]>();
  for (const entry of entries) {
    const names = measuresOf(entry).map(nameOf);
    if (names.length === 0) continue;
    for (const span of spansOf(entry.event.at))
      bySpan.set(span, [...(bySpan.get(span) ?? []), { sequence: entry.sequence, names }]);
  }
  return bySpan;
};

const addParts = async (
  { store }: MeasureWork,
  generation: string,
  span: string,
  parts: readonly Part[],
): Promise<void> => {
  const _id = bucketIdOf(generation, span);
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const through = await store.bucketThrough(_id);
    const fresh = parts.filter(({ sequence }) => sequence > (through ?? 0));
    const last = fresh.at(-1);
    if (last === undefined) return;
    const added = { counts: tally(fresh), through: last.sequence };
    const isIn =
      through === null
        ? await store.insertBucket({ _id, generation, ...added })
        : await store.addTo({ _id, through }, added);
    if (isIn) return;
  }
  throw new Error(
    `the counts of ${span} were changed ${mostAttempts} times by others while they were written`,
  );
};

const tally = (parts: readonly Part[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of parts.flatMap(({ names }) => names)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};
