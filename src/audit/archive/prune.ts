import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { type Checkpoint, headDocument, leafOf } from '../checkpoint.ts';
import { type ChainEntry, faultOf } from '../entry.ts';
import { parseLine } from '../segment.ts';
import type { TreeNode } from '../tree.ts';
import { verifySegment } from '../verify-segment.ts';
import type { ArchiveWork } from './archive.ts';
import { type SegmentFile, segmentsIn, type ToldSegment } from './segment-files.ts';
import type { Cut } from './store.ts';

/** What is to be pruned. */
export interface Pruning {
  /** Segments signed before this instant go. */
  before: Date;
  /** Younger entries stay in the store, whatever is asked. */
  retentionDays: number;
  /** Files that a power cut does not undo. */
  files: readonly SegmentFile[];
  /** The instance's public keys as a JWK Set. */
  publicJwks: unknown;
}

const pageSize = 500;
const daySeconds = 86_400;

/**
 * Takes out of the store what stands in verified segments, one after the other, and returns the cuts made. It writes the
 * cut first and deletes after: whatever stops it, the entries are in the file, and the next run ends it. The newest tree
 * head's entries always stay, as the chain goes on from them. Throws audit-retention-short, audit-segment-invalid,
 * audit-segment-other, audit-proof-malformed.
 */
export async function prune(work: ArchiveWork, pruning: Pruning): Promise<Cut[]> {
  const { store, cuts, clock } = work;
  const { before, retentionDays: days } = pruning;
  const latest = new Date(clock.now().getTime() - days * daySeconds * 1000);
  if (before > latest) throw new AppError('audit-retention-short', { days });

  const [segments, newest, last] = await Promise.all([
    segmentsIn(pruning.files),
    store.latestCheckpoint(),
    cuts.latest(),
  ]);
  while ((await work.countOnce()) > 0);
  await deleteThrough(work, last?.treeSize ?? 0);

  const made: Cut[] = [];
  for (let at = last?.treeSize ?? 0; ; ) {
    const mayGo = ({ header: { second } }: ToldSegment): boolean =>
      new Date(second.checkpoint.at) < before && second.checkpoint.treeSize < (newest?.treeSize ?? 0);
    const next = segments.find((one) => one.after === at && mayGo(one));
    if (next === undefined) return made;
    const cut = await cutOff(work, next, pruning.publicJwks);
    made.push(cut);
    at = cut.treeSize;
  }
}

/** Verifies one segment by itself and against the store, keeps what proofs need of it, and deletes its entries. */
async function cutOff(work: ArchiveWork, segment: ToldSegment, publicJwks: unknown): Promise<Cut> {
  const { store, cuts, clock } = work;
  const { after, header, file } = segment;
  const { treeSize } = header.second.checkpoint;
  const [head, heads] = await Promise.all([store.checkpoint(treeSize), headsOf(work, after, treeSize)]);
  if (head === null || !isDeepStrictEqual(headDocument(head), { ...header.second.checkpoint }))
    throw new AppError('audit-segment-other', { file: file.name, sequence: treeSize });

  const walk = createWalk(work, segment, heads);
  const { holds, findings } = await verifySegment(walk.lines(), publicJwks);
  const { lastHash, digest, kept } = walk.end();
  const fault = findings.find((finding) => !finding.holds);
  if (!holds || lastHash === null)
    throw new AppError('audit-segment-invalid', { file: file.name, fault: fault?.says ?? 'no entry' });

  const event = newEvent(clock, 'audit.pruned', 'system', { after, treeSize, digest });
  const { at: headAt } = head;
  const cut = { treeSize, after, lastHash, headAt, file: file.name, digest, at: event.at };
  await store.insertNodes(kept);
  await cuts.insert(cut, event);
  await deleteThrough(work, treeSize);
  return cut;
}

const deleteThrough = async ({ store }: ArchiveWork, treeSize: number): Promise<void> => {
  for (let first = await store.firstSequence(); first !== null && first <= treeSize; first += pageSize)
    await store.deleteEntries(first, Math.min(first + pageSize - 1, treeSize));
};

/** Odd sizes of the tree heads that end within the segment or where it begins: each ends with a leaf of its own. */
const headsOf = async ({ store }: ArchiveWork, after: number, to: number): Promise<Set<number>> => {
  const sizes = new Set<number>();
  for (let next = after; next <= to; ) {
    const page: Checkpoint[] = await store.checkpointsFrom(next, pageSize);
    for (const { treeSize } of page) if (treeSize % 2 === 1) sizes.add(treeSize);
    if (page.length < pageSize) break;
    next = (page.at(-1)?.treeSize ?? to) + 1;
  }
  return sizes;
};

/** Reads the lines of a segment once, and holds each entry against the one in the store as it goes by. */
const createWalk = ({ store }: ArchiveWork, { after, file }: ToldSegment, heads: ReadonlySet<number>) => {
  const digest = createHash('sha256');
  const kept: TreeNode[] = [];
  let before: ChainEntry | null = null;
  let page: ChainEntry[] = [];
  let sequence = after;

  const take = async (line: string): Promise<void> => {
    sequence += 1;
    if (page.length === 0) page = await store.entriesFrom(sequence, pageSize);
    const entry = page.shift();
    // That a later segment's first entry follows the one before it is vouched for by the tree.
    const previous = before ?? (after === 0 ? null : { sequence: after, hash: entry?.previousHash ?? '' });
    if (!entry || faultOf(previous, entry) || parseLine(line, sequence - after + 1).hash !== entry.hash)
      throw new AppError('audit-segment-other', { file: file.name, sequence });
    // What is proved of such a tree, or of one it grew into, is proved by the leaves on either side of its end.
    if (heads.has(sequence) || heads.has(sequence - 1))
      kept.push({ level: 0, index: sequence - 1, hash: leafOf(entry) });
    before = entry;
  };

  return {
    async *lines(): AsyncGenerator<string> {
      let isHeader = true;
      for await (const line of file.lines()) {
        digest.update(`${line}\n`);
        if (!isHeader) await take(line);
        isHeader = false;
        yield line;
      }
    },
    end: () => ({
      lastHash: (before as ChainEntry | null)?.hash ?? null,
      digest: digest.digest('hex'),
      kept,
    }),
  };
};
