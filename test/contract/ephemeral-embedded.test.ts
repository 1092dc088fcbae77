import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { openEmbeddedEphemeralStore } from '../../src/storage/ephemeral/embedded.ts';
import { openEphemeralStore } from '../../src/storage/ephemeral/index.ts';
import { waitUntil } from '../support/wait.ts';
import { ephemeralContract } from './ephemeral.ts';

const start = new Date('2026-03-01T08:00:00Z').getTime();
let now = start;
const clock = { now: () => new Date(now) };

const contractDirectory = mkdtempSync(join(tmpdir(), 'yihao-ephemeral-'));
afterAll(() => rmSync(contractDirectory, { recursive: true }));

ephemeralContract(
  'The embedded file',
  async () => openEmbeddedEphemeralStore({ file: join(contractDirectory, 'contract.sqlite'), clock }),
  async (seconds, condition) => {
    now += seconds * 1000 - 1;
    expect(await condition()).toBe(false);
    now += 1;
    expect(await condition()).toBe(true);
  },
);

describe('The embedded ephemeral store', () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    now = start;
    directory = mkdtempSync(join(tmpdir(), 'yihao-ephemeral-'));
    file = join(directory, 'one.sqlite');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('keeps entries, marks, groups and counters when the file is opened again', async () => {
    const before = await openEphemeralStore({ file, clock });
    await before.put('a', 'kept', { ttlSeconds: 60, group: 'g' });
    await before.mark('a', clock.now());
    await before.count('c', 60);
    await before.close();
    const after = await openEphemeralStore({ file, clock });
    expect(await after.get('a')).toEqual({ value: 'kept', markedAt: new Date(start) });
    expect((await after.count('c', 60)).count).toBe(2);
    await after.deleteGroup('g');
    expect(await after.get('a')).toBeNull();
    await after.close();
  });

  test('lives beside another handle on the file that writes tables of its own', async () => {
    const records = new DatabaseSync(file);
    records.exec('PRAGMA journal_mode = WAL; CREATE TABLE records (id TEXT)');
    const store = openEmbeddedEphemeralStore({ file, clock });
    await store.put('a', 'v', { ttlSeconds: 60 });
    records.exec("INSERT INTO records VALUES ('r')");
    expect(await store.take('a')).toBe('v');
    expect(records.prepare('SELECT count(*) AS n FROM records').get()).toEqual({ n: 1 });
    await store.close();
    records.close();
  });

  test('writes ahead to a log, so that readers on other handles are not held up', async () => {
    const store = openEmbeddedEphemeralStore({ file, clock });
    const reader = new DatabaseSync(file);
    expect(reader.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    reader.close();
    await store.close();
  });

  test('judges expiry by the clock handed in, to the millisecond', async () => {
    const store = openEmbeddedEphemeralStore({ file, clock });
    await store.put('a', 'v', { ttlSeconds: 10 });
    now = start + 9_999;
    expect((await store.get('a'))?.value).toBe('v');
    now = start + 10_000;
    expect(await store.get('a')).toBeNull();
    await store.close();
  });

  test('counts in windows that start with their first count and do not slide', async () => {
    const store = openEmbeddedEphemeralStore({ file, clock });
    expect(await store.count('c', 60)).toEqual({ count: 1, resetSeconds: 60 });
    now = start + 30_500;
    expect(await store.count('c', 60)).toEqual({ count: 2, resetSeconds: 30 });
    now = start + 59_999;
    expect(await store.count('c', 60)).toEqual({ count: 3, resetSeconds: 1 });
    now = start + 60_000;
    expect(await store.count('c', 60)).toEqual({ count: 1, resetSeconds: 60 });
    await store.close();
  });

  test('sweeps every expired row from the file, batch after batch, and no living one', async () => {
    const store = openEmbeddedEphemeralStore({ file, clock, sweepSeconds: 0.02 });
    const reader = new DatabaseSync(file);
    reader.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1300)
      INSERT INTO ephemeral (kind, key, value, tally, expires_at) SELECT 'entry', 'old' || i, x'00', 0, ${start + 1000} FROM n`);
    const rows = () => reader.prepare('SELECT count(*) AS n FROM ephemeral').get() as { n: number };
    await store.put('living', 'v', { ttlSeconds: 60 });
    expect(rows().n).toBe(1301);
    now = start + 1000;
    await waitUntil(async () => rows().n === 1, 5);
    expect((await store.get('living'))?.value).toBe('v');
    reader.close();
    await store.close();
  });

  test('says storage-unavailable when the file cannot be opened', async () => {
    const opening = openEphemeralStore({ file: join(directory, 'absent', 'one.sqlite'), clock });
    await expect(opening).rejects.toMatchObject({
      code: 'storage-unavailable',
      cause: { message: expect.any(String) },
    });
  });

  test('cannot be opened on nothing', async () => {
    await expect(openEphemeralStore({ clock })).rejects.toThrow(TypeError);
  });
});
