import { createHash } from 'node:crypto';

/**
 * The Merkle tree (默克尔树) of RFC 9162 section 2.1, from memory: what verifies a proof. A leaf is hashed with 0x00 before
 * it and a node with 0x01, so that neither can pass for the other. Sizes go beyond 32 bits, so nothing shifts bits.
 */

/** Computes the hash of a leaf from its content. */
export const leafHash = (content: Buffer): Buffer =>
  createHash('sha256')
    .update(Buffer.from([0x00]))
    .update(content)
    .digest();

/** Computes the hash of a node from its two halves. */
export const nodeHash = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256')
    .update(Buffer.from([0x01]))
    .update(left)
    .update(right)
    .digest();

/** Returns the root of the tree without leaves. */
export const emptyRoot = (): Buffer => createHash('sha256').digest();

const isOdd = (count: number): boolean => count % 2 === 1;
const half = (count: number): number => Math.floor(count / 2);

/** Where a walk from a leaf to the root stands: at which node, and which is the last of its level. */
interface Walk {
  node: number;
  last: number;
}

const up = ({ node, last }: Walk): Walk => ({ node: half(node), last: half(last) });

/** Goes up past the levels where a node that is the last one has no right neighbour. */
const upToRightHand = (at: Walk): Walk => {
  let walk = at;
  while (!isOdd(walk.node) && walk.node !== 0) walk = up(walk);
  return walk;
};

/** One proof of inclusion to be verified; all hashes are bytes. */
export interface Inclusion {
  leaf: Buffer;
  leafIndex: number;
  treeSize: number;
  path: readonly Buffer[];
  root: Buffer;
}

/** Tells whether a leaf is in the tree of that root and size, at that index (RFC 9162 section 2.1.3.2, from memory). */
export function includes({ leaf, leafIndex, treeSize, path, root }: Inclusion): boolean {
  if (leafIndex < 0 || leafIndex >= treeSize) return false;
  let walk: Walk = { node: leafIndex, last: treeSize - 1 };
  let hash = leaf;
  for (const sibling of path) {
    if (walk.last === 0) return false;
    if (isOdd(walk.node) || walk.node === walk.last) {
      hash = nodeHash(sibling, hash);
      walk = upToRightHand(walk);
    } else hash = nodeHash(hash, sibling);
    walk = up(walk);
  }
  return walk.last === 0 && hash.equals(root);
}

/** One proof of consistency to be verified. */
export interface Consistency {
  first: { size: number; root: Buffer };
  second: { size: number; root: Buffer };
  path: readonly Buffer[];
}

/** Tells whether the second tree is the first with leaves added at its end (RFC 9162 section 2.1.4.2, from memory). */
export function isGrownFrom({ first, second, path }: Consistency): boolean {
  if (first.size < 1 || first.size > second.size) return false;
  if (first.size === second.size) return path.length === 0 && first.root.equals(second.root);
  if (path.length === 0) return false;
  // A first tree that is perfect is itself the node the walk begins at, and the path leaves it out.
  const [start, ...rest] = isPowerOfTwo(first.size) ? [first.root, ...path] : path;
  if (start === undefined) return false;
  let walk: Walk = { node: first.size - 1, last: second.size - 1 };
  while (isOdd(walk.node)) walk = up(walk);
  let former = start;
  let latter = start;
  for (const sibling of rest) {
    if (walk.last === 0) return false;
    if (isOdd(walk.node) || walk.node === walk.last) {
      former = nodeHash(sibling, former);
      latter = nodeHash(sibling, latter);
      walk = upToRightHand(walk);
    } else latter = nodeHash(latter, sibling);
    walk = up(walk);
  }
  return walk.last === 0 && former.equals(first.root) && latter.equals(second.root);
}

/** Tells whether a count is 1, 2, 4, 8 …. */
export const isPowerOfTwo = (count: number): boolean => {
  let rest = count;
  while (rest > 1 && !isOdd(rest)) rest = half(rest);
  return rest === 1;
};
