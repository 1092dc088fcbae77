import { AppError } from '../base/error.ts';
import type { CutStore } from './archive/store.ts';
import { type Checkpoint, checkpointSeconds, headDocument } from './checkpoint.ts';
import { documentOf } from './entry.ts';
import type { Work } from './ports.ts';
import { type ConsistencyProof, type InclusionProof, parseProof, type SignedHead } from './proof.ts';
import { consistencyRanges, hashOfNodes, inclusionRanges, type LeafRange, nodesOf } from './tree.ts';

/**
 * Proves that an entry, named by its sequence number or its event's identifier, is in the chain under the newest tree
 * head. Throws audit-entry-missing, audit-entry-archived {file}, and audit-entry-unsealed while no tree head covers it.
 */
export async function prove(work: Work & { cuts: CutStore }, name: number | string): Promise<InclusionProof> {
  const { store } = work;
  const [entry, checkpoint] = await Promise.all([
    typeof name === 'number' ? store.entry(name) : store.entryOfEvent(name),
    store.latestCheckpoint(),
  ]);
  if (entry === null && typeof name === 'number') await refuseArchived(work, name);
  if (entry === null) throw new AppError('audit-entry-missing');
  if (checkpoint === null || checkpoint.treeSize < entry.sequence)
    throw new AppError('audit-entry-unsealed', { waitSeconds: checkpointSeconds });
  const { treeSize } = checkpoint;
  const leafIndex = entry.sequence - 1;

  const path = await pathOf(work, inclusionRanges(leafIndex, treeSize));

  const proof = {
    kind: 'inclusion',
    entry: documentOf(entry),
    leafIndex,
    treeSize,
    path,
    ...signed(checkpoint),
  };
  return parseProof(proof) as InclusionProof;
}

/** Proves that the chain under one tree head grew into that under another. Throws audit-checkpoint-missing. */
export async function proveConsistency(
  work: Work,
  firstSize: number,
  secondSize: number,
): Promise<ConsistencyProof> {
  const { store } = work;
  const [first, second] = await Promise.all([store.checkpoint(firstSize), store.checkpoint(secondSize)]);
  if (first === null || firstSize > secondSize)
    throw new AppError('audit-checkpoint-missing', { treeSize: firstSize });
  if (second === null) throw new AppError('audit-checkpoint-missing', { treeSize: secondSize });

  const path = firstSize === secondSize ? [] : await pathOf(work, consistencyRanges(firstSize, secondSize));

  return { kind: 'consistency', first: signed(first), second: signed(second), path };
}

/** Throws audit-entry-archived {file} when an entry was taken out of the store. */
export async function refuseArchived({ cuts }: { cuts: CutStore }, sequence: number): Promise<void> {
  const cut = await cuts.holding(sequence);
  if (cut !== null) throw new AppError('audit-entry-archived', { file: cut.file });
}

/** Computes the hash over each range, from stored subtrees read at once. */
const pathOf = async ({ store }: Work, ranges: readonly LeafRange[]): Promise<string[]> => {
  const named = ranges.map(nodesOf);
  const nodes = await store.nodes(named.flat());
  let at = 0;
  return named.map((names) => {
    const part = nodes.slice(at, at + names.length);
    at += names.length;
    return hashOfNodes(part.map(({ hash }) => hash)).toString('hex');
  });
};

/** Writes a tree head with its seal, as it stands in a file. */
export const signed = (checkpoint: Checkpoint): SignedHead => ({
  checkpoint: headDocument(checkpoint) as SignedHead['checkpoint'],
  seal: { ...checkpoint.seal },
  keyThumbprint: checkpoint.seal.keyId,
});
