import { AppError } from '../base/error.ts';
import type { CutStore } from './archive/store.ts';
import { documentOf } from './entry.ts';
import type { Work } from './ports.ts';
import { refuseArchived, signed } from './prove.ts';
import type { SegmentHeader } from './segment.ts';
import { nodesOf } from './tree.ts';

const pageSize = 500;

/** A closed piece of the chain on its way into a file: its first line, and then a line an entry. */
export interface Segment {
  header: SegmentHeader;
  lines: AsyncIterable<string>;
}

/**
 * Exports the piece of the chain from one signed tree head, or its beginning, to the newest: what a verifier needs to
 * tell that nothing in it was altered, left out or put in. Throws audit-checkpoint-missing, audit-segment-empty, and audit-entry-archived {file}
 * when it was pruned.
 */
export async function exportSegment(work: Work & { cuts: CutStore }, after: number): Promise<Segment> {
  const { store } = work;
  await refuseArchived(work, after + 1);
  const [first, second] = await Promise.all([
    after === 0 ? null : store.checkpoint(after),
    store.latestCheckpoint(),
  ]);
  if (after !== 0 && first === null) throw new AppError('audit-checkpoint-missing', { treeSize: after });
  if (second === null || second.treeSize <= after)
    throw new AppError('audit-segment-empty', { treeSize: after });
  const nodes = await store.nodes(nodesOf({ start: 0, end: after }));
  const header: SegmentHeader = {
    kind: 'segment',
    first: first === null ? null : signed(first),
    second: signed(second),
    edge: nodes.map(({ hash }) => hash.toString('hex')),
  };
  return { header, lines: linesOf(work, header, { from: after + 1, to: second.treeSize }) };
}

async function* linesOf(
  { store }: Work,
  header: SegmentHeader,
  { from, to }: { from: number; to: number },
): AsyncGenerator<string> {
  yield JSON.stringify(header);
  let next = from;
  while (next <= to) {
    const page = await store.entriesFrom(next, Math.min(pageSize, to - next + 1));
    for (const entry of page) yield JSON.stringify(documentOf(entry));
    const last = page.at(-1);
    if (last === undefined) throw new AppError('audit-chain-broken', { sequence: next });
    next = last.sequence + 1;
  }
}
