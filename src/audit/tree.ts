import { emptyRoot, isPowerOfTwo, nodeHash } from './merkle.ts';

/**
 * The making of the tree and of proofs. Only perfect subtrees are ever stored: one never changes once its leaves are
 * there, so a tree grows by writing each node once, and any part of it is put together from about log2(size) of them.
 */

/** Names the perfect subtree over the leaves from index·2^level, 2^level of them. */
export interface NodeName {
  level: number;
  index: number;
}

/** A perfect subtree with its hash; of level 0, a leaf. */
export interface TreeNode extends NodeName {
  hash: Buffer;
}

/** Leaves from `start` (within) to `end` (not within). */
export interface LeafRange {
  start: number;
  end: number;
}

/** Writes the name of a node as a key: `level/index`. */
export const keyOf = ({ level, index }: NodeName): string => `${level}/${index}`;

const widthOf = (level: number): number => 2 ** level;

/** Returns the largest power of two below a count of at least 2: where RFC 9162 splits a tree. */
const splitOf = (count: number): number => {
  let width = 1;
  while (width * 2 < count) width *= 2;
  return width;
};

/** Lists the perfect subtrees a range is made of, widest first; it starts where its widest may start. */
export function nodesOf({ start, end }: LeafRange): NodeName[] {
  const names: NodeName[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    while (widthOf(level + 1) <= end - at) level += 1;
    names.push({ level, index: at / widthOf(level) });
    at += widthOf(level);
  }
  return names;
}

/** Computes the hash over the subtrees of a range in their order; of none, that of the empty tree. */
export function hashOfNodes(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return emptyRoot();
  // The narrow ones on the right come together first, as each split leaves the widest on the left.
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** Adds a leaf to the edge, the perfect subtrees a tree is made of; returns the new edge and the nodes made. */
export function grow(
  edge: readonly TreeNode[],
  leaf: Buffer,
): { edge: readonly TreeNode[]; made: TreeNode[] } {
  const size = edge.reduce((sum, { level }) => sum + widthOf(level), 0);
  const grown = [...edge];
  const made: TreeNode[] = [];
  let node: TreeNode = { level: 0, index: size, hash: leaf };
  for (let left = grown.at(-1); left?.level === node.level; left = grown.at(-1)) {
    grown.pop();
    node = { level: node.level + 1, index: left.index / 2, hash: nodeHash(left.hash, node.hash) };
    made.push(node);
  }
  return { edge: [...grown, node], made };
}

/** Lists the subtrees whose hashes prove that a leaf is in a tree, from the leaf to the root (RFC 9162 section 2.1.3.1, from memory). */
export function inclusionRanges(leafIndex: number, treeSize: number): LeafRange[] {
  const ranges: LeafRange[] = [];
  let { start, end }: LeafRange = { start: 0, end: treeSize };
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (leafIndex < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** Lists the subtrees whose hashes prove that a tree grew from a smaller one (RFC 9162 section 2.1.4.1, from memory). */
export function consistencyRanges(firstSize: number, secondSize: number): LeafRange[] {
  const ranges: LeafRange[] = [];
  let { start, end }: LeafRange = { start: 0, end: secondSize };
  while (end !== firstSize) {
    const middle = start + splitOf(end - start);
    if (firstSize <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  // Whoever verifies holds the first root; only a part of the first tree needs to be told.
  const isWhole = start === 0 && isPowerOfTwo(firstSize);
  return [...(isWhole ? [] : [{ start, end }]), ...ranges.reverse()];
}
