import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { emptyRoot, includes, isGrownFrom, leafHash, nodeHash } from '../../src/audit/merkle.ts';
import {
  consistencyRanges,
  grow,
  hashOfNodes,
  inclusionRanges,
  keyOf,
  type LeafRange,
  nodesOf,
  type TreeNode,
} from '../../src/audit/tree.ts';

/** The definition of the tree, as the RFC writes it, over the contents of the leaves; slow and independent. */
const naiveRoot = (leaves: readonly Buffer[]): Buffer => {
  const [only] = leaves;
  if (only === undefined) return createHash('sha256').digest();
  if (leaves.length === 1)
    return createHash('sha256')
      .update(Buffer.concat([Buffer.from([0]), only]))
      .digest();
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  const halves = [naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k))];
  return createHash('sha256')
    .update(Buffer.concat([Buffer.from([1]), ...halves]))
    .digest();
};

const contents = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, n) => Buffer.from(`leaf ${n}`));

/** Every node a tree of so many leaves ever makes, by key, and its edge at the end. */
const treeOf = (leaves: readonly Buffer[]) => {
  const nodes = new Map<string, Buffer>();
  let edge: readonly TreeNode[] = [];
  for (const [index, content] of leaves.entries()) {
    const hash = leafHash(content);
    nodes.set(keyOf({ level: 0, index }), hash);
    const grown = grow(edge, hash);
    for (const node of grown.made) nodes.set(keyOf(node), node.hash);
    edge = grown.edge;
  }
  const hashOfRange = (range: LeafRange): Buffer =>
    hashOfNodes(nodesOf(range).map((name) => nodes.get(keyOf(name)) ?? Buffer.alloc(0)));
  return { nodes, edge, hashOfRange };
};

const most = 40;
const all = contents(most);
const tree = treeOf(all);
const rootOf = (size: number): Buffer => naiveRoot(all.slice(0, size));

// The inputs and roots that the Certificate Transparency reference implementation publishes, from memory.
const published = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const publishedRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the tree', () => {
  test.each(publishedRoots.map((root, n) => [n + 1, root] as const))(
    'of the %i published leaves has the published root',
    (size, root) => {
      const leaves = published.slice(0, size).map((hex) => Buffer.from(hex, 'hex'));
      const { edge } = treeOf(leaves);
      expect(hashOfNodes(edge.map(({ hash }) => hash)).toString('hex')).toBe(root);
    },
  );

  test('of no leaves is the hash of nothing', () => {
    expect(hashOfNodes([])).toEqual(naiveRoot([]));
    expect(emptyRoot()).toEqual(naiveRoot([]));
  });

  test('grown leaf by leaf is the tree by definition, at every size', () => {
    for (let size = 1; size <= most; size += 1)
      expect(tree.hashOfRange({ start: 0, end: size })).toEqual(rootOf(size));
  });

  test('holds one node fewer than leaves when perfect, and reads few of them for any root', () => {
    expect(treeOf(contents(32)).nodes.size).toBe(63);
    expect(nodesOf({ start: 0, end: 1_000_000_000_000 }).length).toBeLessThanOrEqual(40);
  });
});

describe('a proof of inclusion', () => {
  const proofOf = (leafIndex: number, treeSize: number) => ({
    leaf: leafHash(all[leafIndex] ?? Buffer.alloc(0)),
    leafIndex,
    treeSize,
    path: inclusionRanges(leafIndex, treeSize).map(tree.hashOfRange),
    root: rootOf(treeSize),
  });

  test('holds for every leaf of every tree, and is about as long as the tree is high', () => {
    for (let size = 1; size <= most; size += 1)
      for (let index = 0; index < size; index += 1) {
        const proof = proofOf(index, size);
        expect(includes(proof)).toBe(true);
        expect(proof.path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
      }
  });

  test('fails for another leaf, place, root, or a path that is longer, shorter or altered', () => {
    for (const [index, size] of [
      [0, 1],
      [6, 7],
      [3, 8],
      [20, 37],
    ] as const) {
      const proof = proofOf(index, size);
      const other = leafHash(Buffer.from('other'));
      expect(includes({ ...proof, leaf: other })).toBe(false);
      expect(includes({ ...proof, root: other })).toBe(false);
      expect(includes({ ...proof, leafIndex: size })).toBe(false);
      expect(includes({ ...proof, path: [...proof.path, other] })).toBe(false);
      if (size > 1) {
        expect(includes({ ...proof, path: proof.path.slice(1) })).toBe(false);
        expect(includes({ ...proof, path: proof.path.slice(0, -1) })).toBe(false);
        expect(includes({ ...proof, path: [other, ...proof.path.slice(1)] })).toBe(false);
        expect(includes({ ...proof, leafIndex: index ^ 1 })).toBe(false);
      }
    }
  });

  test('does not take a node for a leaf', () => {
    const [left, right] = [leafHash(Buffer.from('a')), leafHash(Buffer.from('b'))];
    const forged = { leaf: leafHash(Buffer.concat([left, right])), leafIndex: 0, treeSize: 1, path: [] };
    expect(includes({ ...forged, root: nodeHash(left, right) })).toBe(false);
  });
});

describe('a proof of consistency', () => {
  const proofOf = (first: number, second: number) => ({
    first: { size: first, root: rootOf(first) },
    second: { size: second, root: rootOf(second) },
    path: consistencyRanges(first, second).map(tree.hashOfRange),
  });

  test('holds for every pair of trees', () => {
    for (let second = 1; second <= most; second += 1)
      for (let first = 1; first < second; first += 1) expect(isGrownFrom(proofOf(first, second))).toBe(true);
    expect(isGrownFrom({ ...proofOf(5, 6), second: { size: 5, root: rootOf(5) }, path: [] })).toBe(true);
  });

  test('fails when any leaf of the first tree was rewritten', () => {
    const rewritten = [...all];
    rewritten[2] = Buffer.from('rewritten');
    const other = treeOf(rewritten);
    for (const [first, second] of [
      [3, 7],
      [4, 8],
      [6, 8],
      [16, 33],
    ] as const) {
      const path = consistencyRanges(first, second).map(other.hashOfRange);
      const root = naiveRoot(rewritten.slice(0, second));
      expect(isGrownFrom({ ...proofOf(first, second), path, second: { size: second, root } })).toBe(false);
    }
  });

  test('fails for a path that is longer, shorter or altered, and the wrong way round', () => {
    const proof = proofOf(6, 21);
    const other = leafHash(Buffer.from('other'));
    expect(isGrownFrom({ ...proof, path: [...proof.path, other] })).toBe(false);
    expect(isGrownFrom({ ...proof, path: proof.path.slice(0, -1) })).toBe(false);
    expect(isGrownFrom({ ...proof, path: [] })).toBe(false);
    expect(isGrownFrom({ ...proof, path: [other, ...proof.path.slice(1)] })).toBe(false);
    expect(isGrownFrom({ ...proof, first: proof.second, second: proof.first })).toBe(false);
    expect(isGrownFrom({ ...proof, first: { size: 0, root: emptyRoot() } })).toBe(false);
  });
});
