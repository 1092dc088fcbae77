import type { Cut } from './archive/store.ts';
import { type Checkpoint, headDocument, leafOf } from './checkpoint.ts';
import { type ChainEntry, type EntryFault, faultOf } from './entry.ts';
import type { Work } from './ports.ts';
import { grow, hashOfNodes, nodesOf, type TreeNode } from './tree.ts';

/** Something wrong with the chain: with an entry where it stands, or with the tree head over so many entries. */
export type ChainFault =
  | { at: 'entry'; sequence: number; fault: EntryFault }
  | { at: 'checkpoint'; treeSize: number; fault: 'root' | 'seal' | 'beyond' };

/** What a walk along the whole chain found. */
export interface ChainReport {
  holds: boolean;
  entries: number;
  checkpoints: number;
  /** How many entries the newest tree head covers: those after it can still be cut off without a trace. */
  sealedEntries: number;
  /** What stands in files in place of the first entries; null when nothing does. */
  cut: Cut | null;
  /** At most 100. */
  faults: ChainFault[];
}

const pageSize = 500;
const mostFaults = 100;

/**
 * Walks the whole chain: no gap, each entry fits its hash and the one before, every tree head its entries and its seal.
 * It computes all of it from the entries and trusts no stored subtree; only what was cut off is taken from those, and held
 * against the signed tree heads: the entries themselves are checked by their segments.
 */
export async function checkChain(work: Work, cut: Cut | null): Promise<ChainReport> {
  const faults: ChainFault[] = [];
  const heads = walkHeads(work, faults);
  await heads.next();
  let before: Pick<ChainEntry, 'sequence' | 'hash'> | null = cut && {
    sequence: cut.treeSize,
    hash: cut.lastHash,
  };
  let edge = await heads.across(cut);
  for (;;) {
    const page: ChainEntry[] = await work.store.entriesFrom((before?.sequence ?? 0) + 1, pageSize);
    for (const entry of page) {
      const fault = faultOf(before, entry);
      if (fault !== null) faults.push({ at: 'entry', sequence: entry.sequence, fault });
      edge = grow(edge, leafOf(entry)).edge;
      await heads.at(entry.sequence, edge);
      before = entry;
    }
    if (page.length < pageSize || faults.length >= mostFaults) break;
  }
  if (faults.length < mostFaults) await heads.end();
  return {
    holds: faults.length === 0,
    entries: before?.sequence ?? 0,
    checkpoints: heads.seen(),
    sealedEntries: heads.last(),
    cut,
    faults: faults.slice(0, mostFaults),
  };
}

const rootOf = (edge: readonly TreeNode[]): string =>
  hashOfNodes(edge.map(({ hash }) => hash)).toString('hex');

/** Walks the tree heads beside the entries, a page at a time. */
const walkHeads = ({ store, verifySeal }: Work, faults: ChainFault[]) => {
  let page: Checkpoint[] = [];
  let seen = 0;
  let last = 0;

  const next = async (): Promise<void> => {
    page = page.slice(1);
    if (page.length === 0) page = await store.checkpointsFrom(last + 1, pageSize);
  };
  const take = async (head: Checkpoint, fault: 'root' | 'beyond' | null): Promise<void> => {
    seen += 1;
    last = head.treeSize;
    const verdict = await verifySeal(headDocument(head), head.seal);
    if (fault !== null) faults.push({ at: 'checkpoint', treeSize: head.treeSize, fault });
    if (verdict !== 'genuine') faults.push({ at: 'checkpoint', treeSize: head.treeSize, fault: 'seal' });
    await next();
  };

  return {
    next,
    seen: () => seen,
    last: () => last,
    /** Looks at the tree heads up to the cut; returns the subtrees the tree there is made of. */
    async across(cut: Cut | null): Promise<readonly TreeNode[]> {
      const edgeAt = (end: number) => store.nodes(nodesOf({ start: 0, end }));
      for (let [head] = page; cut && head && head.treeSize <= cut.treeSize; [head] = page)
        await take(head, rootOf(await edgeAt(head.treeSize)) === head.rootHash ? null : 'root');
      if (cut && last !== cut.treeSize)
        faults.push({ at: 'checkpoint', treeSize: cut.treeSize, fault: 'root' });
      return edgeAt(cut?.treeSize ?? 0);
    },
    /** Looks at the tree heads over the entries up to this one. */
    async at(sequence: number, edge: readonly TreeNode[]): Promise<void> {
      for (let [head] = page; head !== undefined && head.treeSize <= sequence; [head] = page) {
        await take(head, head.treeSize === sequence && rootOf(edge) === head.rootHash ? null : 'root');
      }
    },
    /** Those left over were signed over entries that are gone. */
    async end(): Promise<void> {
      for (let [head] = page; head !== undefined && faults.length < mostFaults; [head] = page)
        await take(head, 'beyond');
    },
  };
};
