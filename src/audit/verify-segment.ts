import { leafOf } from './checkpoint.ts';
import { hashOf, noHash } from './entry.ts';
import { parsePublicJwks } from './proof.ts';
import { parseHeader, parseLine, type SegmentHeader } from './segment.ts';
import { grow, hashOfNodes, nodesOf, type TreeNode } from './tree.ts';
import { type Finding, finding, ofSeal, type ProofReport } from './verify-proof.ts';

/**
 * Verifies a segment line by line, by the public keys alone: that each entry is as it was hashed and follows the one
 * before, and that the first tree with these entries added, and no others, is the second. Throws audit-proof-malformed.
 */
export async function verifySegment(lines: AsyncIterable<string>, publicJwks: unknown): Promise<ProofReport> {
  const keys = parsePublicJwks(publicJwks);
  let header: SegmentHeader | null = null;
  let walk = createWalk({ start: 0, edge: [] });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (header === null) {
      header = parseHeader(line);
      walk = createWalk(startOf(header));
    } else walk.take(parseLine(line, number));
  }
  const { first, second, edge } = header ?? parseHeader('');
  const firstRoot = hashOfNodes(edge.map((hash) => Buffer.from(hash, 'hex'))).toString('hex');
  const begins = first === null ? edge.length === 0 : firstRoot === first.checkpoint.rootHash;
  const isOneChain = first === null || first.checkpoint.origin === second.checkpoint.origin;
  const { size, root, faultAt } = walk.end();
  const isWhole = size === second.checkpoint.treeSize && root === second.checkpoint.rootHash;
  const findings: Finding[] = [
    finding(
      faultAt === null,
      `each entry is as it was when it was hashed, and follows the one before`,
      `entry ${faultAt} was altered, or does not follow the one before`,
    ),
    finding(
      begins && isOneChain && isWhole,
      `these entries, and no others, lie between the tree heads of ${first?.checkpoint.treeSize ?? 0} and ${second.checkpoint.treeSize} entries`,
      'these are not the entries between the tree heads: some were altered, left out or put in',
    ),
    ...(first === null ? [] : [ofSeal(first, keys)]),
    ofSeal(second, keys),
  ];
  return { holds: findings.every(({ holds }) => holds), findings };
}

/** Reads the tree a segment begins on: its size, and the subtrees it is made of. */
export const startOf = ({ first, edge }: SegmentHeader): { start: number; edge: TreeNode[] } => {
  const start = first?.checkpoint.treeSize ?? 0;
  // Subtrees beside those the size has would be none of the tree: what is left out here fails at the root.
  const nodes = nodesOf({ start: 0, end: start }).map((name, n) => ({
    ...name,
    hash: Buffer.from(edge[n] ?? '', 'hex'),
  }));
  return { start, edge: nodes };
};

/** Follows the entries: their order, their hashes, and the tree that grows of them. */
const createWalk = ({ start, edge }: { start: number; edge: readonly TreeNode[] }) => {
  let size = start;
  let grown = edge;
  // The hash before a later segment's first entry is outside the file: the tree vouches for it.
  let previousHash: string | null = start === 0 ? noHash : null;
  let faultAt: number | null = null;
  return {
    take(entry: ReturnType<typeof parseLine>): void {
      size += 1;
      const follows = previousHash === null || entry.previousHash === previousHash;
      if (entry.sequence !== size || !follows || hashOf(entry) !== entry.hash) faultAt ??= size;
      previousHash = entry.hash;
      grown = grow(grown, leafOf(entry)).edge;
    },
    end: () => ({ size, faultAt, root: hashOfNodes(grown.map(({ hash }) => hash)).toString('hex') }),
  };
};
