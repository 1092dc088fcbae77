import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { type Connection, type Model, Schema } from 'mongoose';
import { openEmbeddedConnection } from '../../../src/storage/embedded/index.ts';

interface Note {
  _id: string;
  text?: string;
  tags?: string[];
  others?: string[];
}

const folder = mkdtempSync(join(tmpdir(), 'yihao-embedded-'));
const file = join(folder, 'one.sqlite');
let connection: Connection;
let notes: Model<Note>;

beforeAll(async () => {
  connection = await openEmbeddedConnection({ file });
  const schema = new Schema({ _id: String, text: String, tags: [String], others: [String] } as never);
  notes = connection.model<Note>('Note', schema as never);
  await notes.init();
});
afterAll(async () => {
  await connection.close();
  rmSync(folder, { recursive: true });
});

const native = () => connection.collection('notes');
const instead = /MONGODB_URL/;

describe('what the embedded engine cannot do as MongoDB does', () => {
  test.each<[string, () => unknown]>([
    ['a session', () => connection.startSession()],
    ['a transaction', () => connection.transaction(async () => undefined)],
    ['a write within a session', () => native().insertOne({}, { session: {} as never })],
    ['a collation', () => notes.find().collation({ locale: 'zh' }).exec()],
    ['an index that expires documents', () => native().createIndex({ at: 1 }, { expireAfterSeconds: 9 })],
    ['an index of words', () => native().createIndex({ text: 'text' })],
    ['an index of places', () => native().createIndex({ place: '2dsphere' })],
    ['an index on a wildcard of a kind', () => native().createIndex({ text: 'hashed' })],
    ['a script in a filter', () => notes.find({ $where: 'true' } as never).exec()],
    [
      'a script deep in a filter',
      () => notes.find({ $or: [{ $and: [{ $where: 'true' }] }] } as never).exec(),
    ],
    ['a search of words', () => notes.find({ $text: { $search: 'x' } } as never).exec()],
    ['a stage that writes', () => notes.aggregate([{ $out: 'elsewhere' }]).exec()],
    ['the time of the server', () => native().updateOne({}, { $currentDate: { at: true } })],
    ['a stream of changes', () => native().watch()],
    ['renaming a collection', () => native().rename('other')],
    ['an unknown bulk write', () => native().bulkWrite([{ explode: {} } as never])],
  ])('%s is refused and says what to do instead', async (_what, attempt) => {
    await expect((async () => attempt())()).rejects.toThrow(instead);
  });

  test('an index over two arrays of one document is refused when such a document comes', async () => {
    await native().createIndex({ tags: 1, others: 1 });
    await expect(notes.create({ _id: 'both', tags: ['a'], others: ['b'] })).rejects.toThrow(instead);
    expect(await notes.countDocuments({ _id: 'both' })).toBe(0);
    await native().dropIndex('tags_1_others_1');
  });

  test('an update without operators, or with two on one path, changes nothing', async () => {
    await notes.create({ _id: 'kept', text: 'as it was' });
    await expect(native().updateOne({ _id: 'kept' as never }, { text: 'x' } as never)).rejects.toThrow(
      /\$set/,
    );
    const twice = { $set: { 'a.b': 1 }, $unset: { a: 1 } };
    await expect(native().updateOne({ _id: 'kept' as never }, twice as never)).rejects.toMatchObject({
      code: 40,
    });
    expect(await notes.findById('kept').lean()).toMatchObject({ text: 'as it was' });
  });

  test('an index on documents that break it is refused and leaves nothing', async () => {
    await notes.create([
      { _id: 'one', text: 'same' },
      { _id: 'two', text: 'same' },
    ]);
    await expect(native().createIndex({ text: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect((await native().indexes()).map(({ name }) => name)).not.toContain('text_1');
    await notes.create({ _id: 'three', text: 'same' });
  });

  test('an index of the same name and another meaning is refused', async () => {
    await native().createIndex({ text: 1 }, { name: 'words' });
    await native().createIndex({ text: 1 }, { name: 'words' });
    const other = native().createIndex({ text: 1 }, { name: 'words', unique: true });
    await expect(other).rejects.toMatchObject({ code: 86 });
  });
});

describe('the file', () => {
  test('is readable by its owner only', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('that cannot be made says storage-unavailable', async () => {
    const opening = openEmbeddedConnection({ file: join(folder, 'absent', 'one.sqlite') });
    await expect(opening).rejects.toMatchObject({ code: 'storage-unavailable' });
  });

  test('that is no database is refused and left as it is', async () => {
    const other = join(folder, 'text');
    writeFileSync(other, 'not a database, but somebody wanted it'.repeat(40));
    await expect(openEmbeddedConnection({ file: other })).rejects.toMatchObject({
      code: 'storage-unavailable',
    });
    expect(statSync(other).size).toBe(38 * 40);
  });

  test('of another layout is refused', async () => {
    const newer = join(folder, 'newer.sqlite');
    const database = new DatabaseSync(newer);
    database.exec('PRAGMA application_id = 1497890818');
    database.close();
    await expect(openEmbeddedConnection({ file: newer })).rejects.toMatchObject({
      code: 'storage-unavailable',
    });
  });
});
