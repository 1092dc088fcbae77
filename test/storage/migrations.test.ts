import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import type { RecordConnection } from '../../src/storage/index.ts';
import type { Migration } from '../../src/storage/migrations/index.ts';
import { migrate, schemaReport } from '../../src/storage/migrations/migrate.ts';
import { createBrowser } from '../support/browser-fetch.ts';
import { frozenClock } from '../support/frozen-clock.ts';
import { startPair } from '../support/oidc-pair.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';

interface Paper {
  _id: string;
  title?: string;
  heading?: string;
}

const clock = frozenClock();
const folders: string[] = [];
let records: RecordConnection;
/** Papers in the order the migration came to them. */
let moved: string[];

/** Gives every paper a heading beside its title, one a batch. */
const expand: Migration = {
  id: '2026-12-paper-heading',
  major: 1,
  async up({ records: own, position, reached }) {
    const papers = own.collection<Paper>('papers');
    for (const { _id, title } of await papers.find({}, { sort: { _id: 1 } }).toArray()) {
      if (position !== null && _id <= position) continue;
      await papers.updateOne({ _id }, { $set: { heading: title ?? '' } });
      moved.push(_id);
      await reached(_id);
    }
  },
};
/** Takes the titles away. */
const contract: Migration = {
  id: '2027-03-paper-title',
  major: 2,
  up: async ({ records: own }) => {
    await own.collection<Paper>('papers').updateMany({}, { $unset: { title: 1 } });
  },
};
const run = (...migrations: Migration[]) => migrate({ records, clock, migrations });
const report = (...migrations: Migration[]) => schemaReport({ records, clock, migrations });

beforeEach(async () => {
  moved = [];
  const folder = await mkdtemp(join(tmpdir(), 'yihao-migrations-'));
  folders.push(folder);
  records = await openEmbeddedConnection({ file: join(folder, 'yihao.sqlite') });
  await records
    .collection<Paper>('papers')
    .insertMany(['a', 'b', 'c'].map((_id) => ({ _id, title: `题${_id}` })));
});
afterEach(() => records.close());
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

test('what is pending runs in order and once, and the schema tells it', async () => {
  expect(await report(expand)).toMatchObject({ major: 1, known: 1, applied: [], pending: [expand.id] });
  expect(await run(expand, contract)).toEqual([expand.id, contract.id]);
  expect(await run(expand, contract)).toEqual([]);
  expect(await records.collection<Paper>('papers').findOne({ _id: 'b' })).toEqual({
    _id: 'b',
    heading: '题b',
  });
  expect(await report(expand, contract)).toMatchObject({
    major: 2,
    applied: [expand.id, contract.id],
    pending: [],
  });
});

test('a migration that was cut off goes on from its last batch', async () => {
  const cut: Migration = {
    ...expand,
    up: (step) =>
      expand.up({
        ...step,
        reached: async (at) => {
          await step.reached(at);
          if (at === 'b') throw new Error('power cut');
        },
      }),
  };
  await expect(run(cut)).rejects.toThrow('power cut');
  expect((await report(expand)).underWay).toEqual({ migration: expand.id, at: 'b' });
  expect(await run(expand)).toEqual([expand.id]);
  expect(moved).toEqual(['a', 'b', 'c']);
});

test('of several processes one migrates and the others wait for it', async () => {
  const ran = await Promise.all([run(expand), run(expand), run(expand)]);
  expect(ran.flat()).toEqual([expand.id]);
  expect(moved).toEqual(['a', 'b', 'c']);
});

test('a process that was away too long finds that another has taken over, and stops', async () => {
  const slow: Migration = {
    ...expand,
    up: async ({ reached }) => {
      clock.advance(61);
      expect(await run(expand)).toEqual([expand.id]);
      await reached('a');
    },
  };
  await expect(run(slow)).rejects.toMatchObject({
    code: 'migration-taken',
    values: { migration: expand.id },
  });
});

test('a program of before a change that contracts does not start; of before one that expands it does', async () => {
  await run(expand);
  expect(await run()).toEqual([]);
  await run(expand, contract);
  await expect(run(expand)).rejects.toMatchObject({ code: 'schema-newer', values: { found: 2, known: 1 } });
});

test('a version and the one after it serve the same people at once while the change expands', async () => {
  const fill: Migration = {
    id: 'test-account-remark',
    major: 1,
    up: async ({ records: own }) => {
      await own.collection('accounts').updateMany({}, { $set: { remark: '' } });
    },
  };
  const pair = await startPair([fill]);
  try {
    const [old, young] = [await pair.first.addPerson(0), await pair.second.addPerson(1)];
    pair.answer('in turn');
    for (const { number, name } of [old, young]) {
      const page = await signInAtPortal(createBrowser(), pair.issuer, number);
      expect(page.text).toContain(name.slice(-1));
    }
    const deps = { records: pair.first.app.house.storage.records, clock, migrations: [fill] };
    expect(await schemaReport(deps)).toMatchObject({ applied: [fill.id], pending: [] });
  } finally {
    await pair.stop();
  }
}, 60_000);
