import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Connection, type Model, Schema } from 'mongoose';
import { type DomainEvent, newEvent } from '../../src/base/event.ts';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import { planQuery } from '../../src/storage/embedded/plan.ts';
import { openMongodbConnection } from '../../src/storage/mongodb.ts';
import { type OutboxSource, outboxOf, withOutbox } from '../../src/storage/outbox.ts';
import { frozenClock } from '../support/frozen-clock.ts';

interface Paper {
  _id: string;
  version: number;
  updatedAt?: Date;
  outbox: DomainEvent[];
}

// By hand the same suite runs on a MongoDB-protocol server; FerretDB 1.24 finds records but cannot drop by identifier.
const url = process.env['TEST_MONGODB_URL'];
const folder = mkdtempSync(join(tmpdir(), 'yihao-outbox-'));
const clock = frozenClock();
let connection: Connection;
let papers: Model<Paper>;
let source: OutboxSource;

beforeAll(async () => {
  connection = url
    ? await openMongodbConnection(url)
    : await openEmbeddedConnection({ file: join(folder, 'outbox.sqlite') });
  const schema = new Schema<Paper>({ _id: { type: String, required: true }, version: Number } as never, {
    collection: `papers${process.pid}`,
    versionKey: false,
    timestamps: true,
  });
  withOutbox(schema);
  papers = connection.model<Paper>('Paper', schema);
  source = outboxOf(papers, 'papers');
  await source.ready();
});
beforeEach(async () => {
  await papers.deleteMany({});
});
afterAll(async () => {
  await papers.collection.drop();
  await connection.close();
  rmSync(folder, { recursive: true });
});

const event = (type = 'paper.filed', detail: DomainEvent['detail'] = {}): DomainEvent =>
  newEvent(clock, type, 'officer-1', detail);
const file = async (id: string, outbox: DomainEvent[]): Promise<void> => {
  await papers.create({ _id: id, version: 1, outbox });
};
const write = (id: string, version: number, added: DomainEvent) =>
  papers.updateOne({ _id: id, version }, { $set: { version: version + 1 }, $push: { outbox: added } });

test('events come out as they went in, oldest first, an empty detail and small facts alike', async () => {
  const events = [event(), event('paper.stamped', { pages: 3, urgent: true, office: '一号' })];
  await file('a', events);
  expect(await source.next(10)).toEqual([{ recordId: 'a', events }]);
});

test('records whose outbox is empty are not found, and no more records than asked', async () => {
  await file('empty', []);
  for (const id of ['a', 'b', 'c']) await file(id, [event()]);
  expect(await source.next(2)).toHaveLength(2);
  expect((await source.next(10)).map(({ recordId }) => recordId).sort()).toEqual(['a', 'b', 'c']);
});

test('dropped events are gone and those added meanwhile stay, in order', async () => {
  const [first, second, third] = [event(), event(), event()];
  await file('a', [first, second]);
  const [read] = await source.next(10);
  await write('a', 1, third);
  await source.drop('a', read?.events.map(({ id }) => id) ?? []);
  expect(await source.next(10)).toEqual([{ recordId: 'a', events: [third] }]);
});

test('a drop changes neither the version nor when the record was changed, so no writer loses to the relay', async () => {
  const filed = event();
  await file('a', [filed]);
  const before = await papers.findById('a').lean();
  await source.drop('a', [filed.id]);
  const after = await papers.findById('a').lean();
  expect(after).toEqual({ ...before, outbox: [] });
  expect(await write('a', 1, event())).toMatchObject({ matchedCount: 1 });
});

test('a writer that read before a drop does not bring back what was dropped', async () => {
  const filed = event();
  const added = event('paper.stamped');
  await file('a', [filed]);
  const read = await papers.findById('a').lean();
  await source.drop('a', [filed.id]);
  await write('a', read?.version ?? 0, added);
  expect(await source.next(10)).toEqual([{ recordId: 'a', events: [added] }]);
});

test.each<[string, () => Promise<unknown>]>([
  ['a new record', () => papers.create({ _id: 'b', version: 1, outbox: [event()] })],
  ['several', () => papers.insertMany([{ _id: 'b', version: 1, outbox: [event()] }], { lean: true })],
  ['an update', () => write('a', 1, event())],
  ['an update of many', () => papers.updateMany({ _id: 'a' }, { $push: { outbox: event() } })],
  ['an update that returns', () => papers.findOneAndUpdate({ _id: 'a' }, { $push: { outbox: event() } })],
  [
    'a bulk of writes',
    () =>
      papers.bulkWrite([
        { updateOne: { filter: { _id: 'a' }, update: { $push: { outbox: event() } } } },
      ] as never),
  ],
])('%s is noted until it is looked for, and what the relay drops is not', async (_what, act) => {
  await file('a', []);
  await source.next(10);
  expect(source.wasWritten()).toBe(false);
  await act();
  expect(source.wasWritten()).toBe(true);
  const [found] = await source.next(10);
  await source.drop(found?.recordId ?? '', found?.events.map(({ id }) => id) ?? []);
  expect(source.wasWritten()).toBe(false);
  expect(await source.next(10)).toEqual([]);
});

test('an outbox of which only a part was taken is not taken for read', async () => {
  for (const id of ['a', 'b']) await file(id, [event()]);
  await source.next(1);
  expect(source.wasWritten()).toBe(true);
});

test('records that hold only events to be passed over do not stand before the others', async () => {
  const bad = [event(), event()];
  await file('a', bad.slice(0, 1));
  await file('b', bad.slice(1));
  await file('c', [event()]);
  await write('b', 1, event('paper.stamped'));
  const found = await source.next(
    2,
    bad.map(({ id }) => id),
  );
  expect(found.map(({ recordId }) => recordId).sort()).toEqual(['b', 'c']);
});

test('the embedded engine looks for events in the index and not among all records', () => {
  const [fields, options] = papers.schema.indexes().find(([key]) => 'outbox.id' in key) ?? [];
  expect(options).toMatchObject({ sparse: true });
  const index = {
    name: 'outbox',
    key: fields as Record<string, 1>,
    fields: Object.keys(fields ?? {}),
    unique: false,
    sparse: true,
    multikey: true,
  };
  const plan = planQuery({ 'outbox.id': { $gt: '' } }, [], [index as never]);
  expect(plan).toMatchObject({ index, ranges: [expect.anything()] });
});
