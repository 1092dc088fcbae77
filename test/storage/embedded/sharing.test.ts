import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Connection, Schema } from 'mongoose';
import { openEmbeddedConnection } from '../../../src/storage/embedded/index.ts';
import { SqliteFile } from '../../../src/storage/embedded/sqlite-file.ts';

let folder: string;
let open: Connection[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yihao-embedded-'));
  open = [];
});
afterEach(async () => {
  await Promise.all(open.map((connection) => connection.close()));
  rmSync(folder, { recursive: true });
});

const connect = async (): Promise<Connection> => {
  const connection = await openEmbeddedConnection({ file: join(folder, 'one.sqlite') });
  open.push(connection);
  return connection;
};

const schema = () =>
  new Schema({ _id: String, slot: Number } as never, { autoIndex: false, versionKey: false });
const modelOn = (connection: Connection) =>
  connection.model<{ _id: string; slot: number }>('Slot', schema() as never);

describe('two connections on one file', () => {
  test('see what the other writes, at once', async () => {
    const [one, two] = [modelOn(await connect()), modelOn(await connect())];
    await one.create({ _id: 'a', slot: 1 });
    expect(await two.findById('a').lean()).toMatchObject({ slot: 1 });
    await two.deleteOne({ _id: 'a' });
    expect(await one.countDocuments()).toBe(0);
  });

  test('keep an index that the other makes later', async () => {
    const [one, two] = [modelOn(await connect()), modelOn(await connect())];
    await one.create({ _id: 'a', slot: 1 });
    await two.findOne({ slot: 1 });
    await one.collection.createIndex({ slot: 1 }, { unique: true });
    await expect(two.create({ _id: 'b', slot: 1 })).rejects.toMatchObject({ code: 11000 });
    await two.create({ _id: 'c', slot: 2 });
    expect(await one.findOne({ slot: 2 }).lean()).toMatchObject({ _id: 'c' });
    await two.collection.dropIndex('slot_1');
    await one.create({ _id: 'd', slot: 1 });
  });

  test('give each of many slots to one only', async () => {
    const [one, two] = [modelOn(await connect()), modelOn(await connect())];
    await one.collection.createIndex({ slot: 1 }, { unique: true });
    const writes = Array.from({ length: 60 }, (_, n) =>
      (n % 2 === 0 ? one : two).create({ _id: `w${n}`, slot: n % 20 }),
    );
    const done = await Promise.allSettled(writes);
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    expect(await one.countDocuments()).toBe(20);
  });

  test('are not held up by a cursor of the other that has paused', async () => {
    const [one, two] = [modelOn(await connect()), modelOn(await connect())];
    await one.insertMany(Array.from({ length: 50 }, (_, n) => ({ _id: `s${n}`, slot: n })));
    const cursor = one.find().cursor();
    await cursor.next();
    await two.updateMany({}, { $inc: { slot: 100 } });
    await two.db.db?.command({ ping: 1 });
    const rest: number[] = [];
    for (let next = await cursor.next(); next; next = await cursor.next()) rest.push(next.slot);
    expect(rest).toHaveLength(49);
    expect(Math.min(...rest)).toBeGreaterThan(100);
  });
});

test('documents and indexes are there when the file is opened again', async () => {
  const before = await connect();
  const model = modelOn(before);
  await model.collection.createIndex(
    { slot: 1 },
    { unique: true, partialFilterExpression: { slot: { $exists: true } } },
  );
  await model.create({ _id: 'a', slot: 1 });
  await before.close();
  const after = modelOn(await connect());
  expect(await after.findOne({ slot: 1 }).lean()).toMatchObject({ _id: 'a' });
  await expect(after.create({ _id: 'b', slot: 1 })).rejects.toMatchObject({ code: 11000 });
  await after.create([{ _id: 'c' }, { _id: 'd' }] as never);
});

test('only what a next start makes anew is written without waiting for the disk', () => {
  const file = new SqliteFile(join(folder, 'one.sqlite'));
  const full = 2;
  const safety = () => file.get<{ synchronous: number }>('PRAGMA synchronous')?.synchronous;
  expect(safety()).toBe(full);
  expect(file.restorable(safety)).toBe(full - 1);
  expect(() =>
    file.restorable(() => {
      throw new Error('no index');
    }),
  ).toThrow('no index');
  expect(safety()).toBe(full);
  file.close();
});
