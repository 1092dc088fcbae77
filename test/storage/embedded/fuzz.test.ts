import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { find as findByMingo } from 'mingo';
import type { Connection } from 'mongoose';
import { openEmbeddedConnection } from '../../../src/storage/embedded/index.ts';
import { type Random, seededRandom } from '../../support/random.ts';

type Doc = Record<string, unknown>;

const folder = mkdtempSync(join(tmpdir(), 'yihao-fuzz-'));
let connection: Connection;
beforeAll(async () => {
  connection = await openEmbeddedConnection({ file: join(folder, 'fuzz.sqlite') });
});
afterAll(async () => {
  await connection.close();
  rmSync(folder, { recursive: true });
});

const day = (number: number): Date => new Date(Date.UTC(2026, 0, 1 + number));
const scalar = (random: Random): unknown =>
  random.pick([
    () => random.below(8),
    () => random.below(8) - 4.5,
    () => random.pick(['', 'a', 'ab', 'b', 'a\u0000', '北', '8']),
    () => day(random.below(6)),
    () => random.below(2) === 0,
    () => null,
  ])();

const anything = (random: Random): unknown =>
  random.pick([
    () => scalar(random),
    () => scalar(random),
    () => Array.from({ length: random.below(4) }, () => scalar(random)),
    () => ({ c: scalar(random) }),
    () => Array.from({ length: random.below(3) }, () => ({ c: scalar(random) })),
  ])();

const document = (random: Random, number: number): Doc => {
  const doc: Doc = { _id: `d${String(number).padStart(3, '0')}`, n: random.below(20) };
  for (const field of ['a', 'b', 's']) if (random.below(4) > 0) doc[field] = anything(random);
  return doc;
};

const paths = ['a', 'b', 's', 'a.c', 'b.c', 'n'];
const condition = (random: Random): unknown =>
  random.pick<() => unknown>([
    () => scalar(random),
    () => scalar(random),
    () => ({ $gt: scalar(random) }),
    () => ({ $gte: scalar(random), $lt: scalar(random) }),
    () => ({ $lte: scalar(random) }),
    () => ({ $in: Array.from({ length: 1 + random.below(3) }, () => scalar(random)) }),
    () => ({ $nin: [scalar(random), scalar(random)] }),
    () => ({ $ne: scalar(random) }),
    () => ({ $exists: random.below(2) === 0 }),
    () => ({ $not: { $gt: scalar(random) } }),
  ])();

const filterOf = (random: Random): Doc => {
  const filter: Doc = {};
  for (let terms = random.below(3); terms >= 0; terms--) filter[random.pick(paths)] = condition(random);
  if (random.below(6) === 0) filter.$and = [{ n: { $gte: random.below(10) } }, { a: condition(random) }];
  if (random.below(6) === 0) filter.$or = [{ a: condition(random) }, { n: random.below(20) }];
  return filter;
};

const indexes: [key: Record<string, 1 | -1>, options: Doc][] = [
  [{ a: 1 }, {}],
  [{ n: 1, _id: 1 }, {}],
  [{ n: 1, b: 1 }, {}],
  [{ s: 1 }, { sparse: true }],
  [{ b: 1 }, { partialFilterExpression: { b: { $exists: true } } }],
  [{ 'a.c': 1 }, {}],
];

test.each([1, 20261124])(
  'finds what mingo finds among all documents, seed %d',
  async (seed) => {
    const random = seededRandom(seed);
    const collection = connection.collection<Doc>(`seed${seed}`);
    const all = new Map<string, Doc>();
    const put = async (number: number): Promise<void> => {
      const doc = document(random, number);
      all.set(String(doc._id), doc);
      await collection.replaceOne({ _id: doc._id } as never, doc, { upsert: true });
    };
    for (let number = 0; number < 150; number++) await put(number);
    for (const [key, options] of indexes) await collection.createIndex(key, options);
    for (let number = 100; number < 260; number++) await put(number);
    for (let number = 0; number < 260; number += 13) {
      all.delete(`d${String(number).padStart(3, '0')}`);
      await collection.deleteOne({ _id: `d${String(number).padStart(3, '0')}` } as never);
    }
    for (let round = 0; round < 700; round++) {
      const filter = filterOf(random);
      const expected = findByMingo<Doc>([...all.values()], filter).all();
      const found = await collection.find(filter as never).toArray();
      expect({ filter, ids: found.map(idOf).sort() }).toEqual({ filter, ids: expected.map(idOf).sort() });
      const sort = random.pick<Record<string, 1 | -1>>([
        { n: 1, _id: 1 },
        { n: -1, _id: -1 },
        { n: 1, _id: -1 },
        { _id: -1 },
      ]);
      const [skip, limit] = [random.below(4), 1 + random.below(20)];
      const page = await collection.find(filter as never, { sort, skip, limit }).toArray();
      const ordered = expected.sort((one, other) => compare(one, other, sort)).slice(skip, skip + limit);
      expect({ filter, sort, ids: page.map(idOf) }).toEqual({ filter, sort, ids: ordered.map(idOf) });
    }
  },
  60_000,
);

const idOf = (doc: Doc): string => String(doc._id);
const compare = (one: Doc, other: Doc, sort: Record<string, 1 | -1>): number => {
  for (const [path, direction] of Object.entries(sort)) {
    const [mine, theirs] = [one[path] as string | number, other[path] as string | number];
    if (mine !== theirs) return mine < theirs ? -direction : direction;
  }
  return 0;
};
