import type { Fault } from './fault.ts';

/** What became of rows. */
export interface ImportCounts {
  /** Issued by this import; of a dry run, those that would be. */
  created: number;
  /** There with the same content before, or earlier in the file. */
  alreadyThere: number;
  rejected: number;
}

/** What became of one row. */
export type RowOutcome =
  | { outcome: 'created' | 'already-there'; identifier: string; createdAt: Date | null }
  | { outcome: 'rejected'; faults: readonly Fault[] };

/**
 * Counts a batch into what was counted before. `repeatedSince` is set for the batch an import that was cut short may
 * have done in part: what was made since then was made by that try, and counts as created, once.
 */
export function tally(
  counts: ImportCounts,
  outcomes: readonly RowOutcome[],
  repeatedSince: Date | null,
): ImportCounts {
  const sum = { ...counts };
  const counted = new Set<string>();
  for (const row of outcomes) {
    if (row.outcome === 'rejected') {
      sum.rejected += 1;
      continue;
    }
    const isOfEarlierTry = repeatedSince !== null && row.createdAt !== null && row.createdAt > repeatedSince;
    if ((row.outcome === 'created' || isOfEarlierTry) && !counted.has(row.identifier)) sum.created += 1;
    else sum.alreadyThere += 1;
    counted.add(row.identifier);
  }
  return sum;
}
