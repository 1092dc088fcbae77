import { isWithinRegion } from '../../terms/region-code.ts';
import type { ThinEntry } from './entry.ts';
import type { Pushed } from './link.ts';
import type { ChildWork } from './ports.ts';

/** What sending came to, and the last entry that the parent refused. */
export interface Sent extends Pushed {
  lastRefusal: { identifier: string; code: string } | null;
}

export const mostEntries = 500;
/** Keeps a batch of certificates with many holders each below what the parent takes as one body. */
const mostBlinds = 2000;

/**
 * Sends certificates, as they are now, to the parent. Those of other regions stay out, and those that do not open.
 * Throws tier-parent-unreachable and tier-parent-refused; what was sent before then stands, and may be sent again.
 */
export async function sendEntries(
  work: ChildWork,
  identifiers: readonly string[],
  behind: number | null,
): Promise<Sent> {
  const sent: Sent = { stored: 0, unchanged: 0, refused: 0, skipped: 0, lastRefusal: null };
  const found = identifiers.length === 0 ? [] : await work.library.entriesOf(identifiers);
  const entries = found.flatMap(({ row, entry }) =>
    entry !== null && isWithinRegion(work.region, row.areaCode) ? [entry] : [],
  );
  sent.skipped = found.length - entries.length;
  for (const batch of batchesOf(entries)) {
    const answer = await work.parent.pushEntries({ keyId: work.directoryKey.id, entries: batch, behind });
    sent.stored += answer.stored;
    sent.unchanged += answer.unchanged;
    sent.refused += answer.refused.length;
    sent.lastRefusal = answer.refused.at(-1) ?? sent.lastRefusal;
  }
  return sent;
}

/** Cuts entries into batches of as many as the parent takes. */
export function batchesOf(entries: readonly ThinEntry[]): ThinEntry[][] {
  const batches: ThinEntry[][] = [];
  let blinds = 0;
  for (const entry of entries) {
    const batch = batches.at(-1);
    blinds += entry.holderBlinds.length;
    if (batch !== undefined && batch.length < mostEntries && blinds <= mostBlinds) batch.push(entry);
    else {
      batches.push([entry]);
      blinds = entry.holderBlinds.length;
    }
  }
  return batches;
}
