import { AppError } from '../../base/error.ts';
import { leafOf } from '../checkpoint.ts';
import { type InclusionProof, parseProof } from '../proof.ts';
import { parseHeader, parseLine } from '../segment.ts';
import { grow, hashOfNodes, inclusionRanges, keyOf, nodesOf, type TreeNode } from '../tree.ts';
import { startOf } from '../verify-segment.ts';
import type { SegmentFile } from './segment-files.ts';

type Entry = InclusionProof['entry'];

/**
 * Proves an entry by the segment it stands in alone, under the segment's own tree head: it is named by sequence number,
 * event or record; of a record's entries the first is meant. Throws audit-entry-missing, audit-proof-malformed.
 */
export async function proveArchived(file: SegmentFile, name: string): Promise<InclusionProof> {
  const { header, entry } = await findIn(file, name);
  const { checkpoint } = header.second;
  const { treeSize } = checkpoint;
  const leafIndex = entry.sequence - 1;
  const ranges = inclusionRanges(leafIndex, treeSize).map(nodesOf);
  const hashes = new Map<string, Buffer | null>(ranges.flat().map((node) => [keyOf(node), null]));

  let edge: readonly TreeNode[] = startOf(header).edge;
  const keep = (nodes: readonly TreeNode[]): void => {
    for (const node of nodes) if (hashes.has(keyOf(node))) hashes.set(keyOf(node), node.hash);
  };
  keep(edge);
  for await (const { sequence, hash } of entriesOf(file)) {
    const grown = grow(edge, leafOf({ hash }));
    ({ edge } = grown);
    keep([{ level: 0, index: sequence - 1, hash: leafOf({ hash }) }, ...grown.made]);
  }

  const path = ranges.map((nodes) =>
    hashOfNodes(nodes.map((node) => hashes.get(keyOf(node)) ?? Buffer.alloc(32))).toString('hex'),
  );
  const { seal, keyThumbprint } = header.second;
  return parseProof({
    kind: 'inclusion',
    entry,
    leafIndex,
    treeSize,
    path,
    checkpoint,
    seal,
    keyThumbprint,
  }) as InclusionProof;
}

const findIn = async (file: SegmentFile, name: string) => {
  for await (const line of file.lines()) {
    const header = parseHeader(line);
    for await (const entry of entriesOf(file))
      if ([String(entry.sequence), entry.event.id, entry.recordId].includes(name)) return { header, entry };
    break;
  }
  throw new AppError('audit-entry-missing');
};

async function* entriesOf(file: SegmentFile): AsyncGenerator<Entry> {
  let number = 0;
  for await (const line of file.lines()) {
    number += 1;
    if (number > 1) yield parseLine(line, number);
  }
}
