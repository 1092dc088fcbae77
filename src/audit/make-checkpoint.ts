import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../base/error.ts';
import { type Checkpoint, checkpointSeconds, headDocument, leafOf } from './checkpoint.ts';
import { faultOf } from './entry.ts';
import type { Work } from './ports.ts';
import { grow, hashOfNodes, nodesOf, type TreeNode } from './tree.ts';

const pageSize = 200;

/**
 * Signs a tree head when there is something new and the last is a minute old; returns it, or null. Whatever goes under
 * the seal is checked first: a head must not make good what someone altered. Throws audit-chain-broken.
 */
export async function makeCheckpoint(work: Work): Promise<Checkpoint | null> {
  const { store, clock } = work;
  const [last, head] = await Promise.all([store.latestCheckpoint(), store.head()]);
  const at = clock.now();
  const isDue = last === null || at.getTime() - last.at.getTime() >= checkpointSeconds * 1000;
  if (head === null || !isDue || head.sequence <= (last?.treeSize ?? 0)) return null;

  const edge = await edgeOf(work, last);
  const grown = await growTo(work, edge, last?.treeSize ?? 0, head.sequence);

  const rootHash = hashOfNodes(grown.map(({ hash }) => hash)).toString('hex');
  const unsealed = { origin: work.origin, treeSize: head.sequence, rootHash, at };
  const checkpoint = { ...unsealed, seal: await work.seal(headDocument(unsealed)) };
  // Another process may have signed one in this minute: one is enough.
  return (await store.insertCheckpoint(checkpoint)) ? checkpoint : null;
}

/** Reads the subtrees that a signed tree is made of, and holds them against its root and seal. */
async function edgeOf({ store, verifySeal }: Work, last: Checkpoint | null): Promise<readonly TreeNode[]> {
  if (last === null) return [];
  const edge = await store.nodes(nodesOf({ start: 0, end: last.treeSize }));
  const root = hashOfNodes(edge.map(({ hash }) => hash)).toString('hex');
  const verdict = await verifySeal(headDocument(last), last.seal);
  if (root !== last.rootHash || verdict !== 'genuine')
    throw new AppError('audit-chain-broken', { sequence: last.treeSize });
  return edge;
}

/** Takes the entries after `from` into the tree, a page at a time, and writes the subtrees that have become whole. */
async function growTo(
  { store }: Work,
  start: readonly TreeNode[],
  from: number,
  to: number,
): Promise<readonly TreeNode[]> {
  let edge = start;
  let before = from === 0 ? null : await store.entry(from);
  for (let at = from; at < to; at += pageSize) {
    const entries = await store.entriesFrom(at + 1, Math.min(pageSize, to - at));
    const made: TreeNode[] = [];
    for (const entry of entries) {
      if (faultOf(before, entry) !== null)
        throw new AppError('audit-chain-broken', { sequence: (before?.sequence ?? 0) + 1 });
      const grown = grow(edge, leafOf(entry));
      edge = grown.edge;
      made.push(...grown.made);
      before = entry;
    }
    await store.insertNodes(made);
    // On the embedded file nothing here waits for anything: let requests in between.
    await nextTurn();
  }
  if ((before?.sequence ?? 0) !== to) throw new AppError('audit-chain-broken', { sequence: to });
  return edge;
}
