import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MasterKey, openCrypto } from '../../src/crypto/index.ts';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import type { RecordConnection } from '../../src/storage/index.ts';
import { authority, otherAuthority } from './authority-house.ts';
import { frozenClock } from './memory-store.ts';

const masterKey = new MasterKey(randomBytes(32));
const document = { identifier: 'a', holder: { name: '林𠮷安' } };

let folder = '';
let connections: RecordConnection[] = [];

/** Opens another connection to the same file, as another process would. */
const connect = async (): Promise<RecordConnection> => {
  const connection = await openEmbeddedConnection({ file: join(folder, 'records.sqlite') });
  connections.push(connection);
  return connection;
};

const start = async (nationalSeals = true) => {
  const connection = await connect();
  const deps = { connection, masterKey, clock: frozenClock(), keyOverlapSeconds: 60, nationalSeals };
  return (await openCrypto(deps)).sealer;
};

const closeAll = async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  connections = [];
};

const rawRings = async () => (await connect()).collection('authoritykeys').find({}).toArray();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-seals-'));
});
afterEach(async () => {
  await closeAll();
  await rm(folder, { recursive: true });
});

describe('seals over a storage', () => {
  test('are genuine after a restart, and the same keys seal on', async () => {
    const before = await start();
    const seal = await before.seal(authority, document);
    const published = await before.publicKeys(authority);
    await closeAll();
    const after = await start();
    expect(await after.verify(authority, document, seal)).toBe('genuine');
    expect(await after.publicKeys(authority)).toEqual(published);
    expect((await after.seal(authority, document)).keyId).toBe(seal.keyId);
  });

  test('survive rotations and restarts: the old verify, the next key makes the new', async () => {
    const seals = [];
    for (let i = 0; i < 3; i += 1) {
      const sealer = await start(i !== 1);
      seals.push(await sealer.seal(authority, document));
      await sealer.rotate(authority);
      await closeAll();
    }
    const sealer = await start();
    expect(new Set(seals.map((seal) => seal.keyId)).size).toBe(3);
    expect(seals.map((seal) => seal.national !== undefined)).toEqual([true, false, true]);
    for (const seal of seals) expect(await sealer.verify(authority, document, seal)).toBe('genuine');
    const states = (await sealer.publicKeys(authority)).keys.map((key) => key.state);
    expect(states.filter((state) => state === 'retired')).toHaveLength(6);
  });

  test('are made with one ring when processes meet on the first of an authority', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => start()));
    const seals = await Promise.all(all.map((sealer) => sealer.seal(authority, document)));
    expect(new Set(seals.map((seal) => `${seal.keyId} ${seal.national?.keyId}`)).size).toBe(1);
    for (const sealer of all)
      for (const seal of seals) expect(await sealer.verify(authority, document, seal)).toBe('genuine');
    expect(await rawRings()).toHaveLength(1);
  });

  test('are verified by a process that has not seen the rotations of another', async () => {
    const [one, two] = [await start(), await start()];
    await one.seal(authority, document);
    await Promise.all([two.rotate(authority), one.seal(authority, document)]);
    await two.rotate(authority);
    expect(await one.verify(authority, document, await two.seal(authority, document))).toBe('genuine');
  });

  test('let one of two rotations at once win', async () => {
    const [one, two] = [await start(), await start()];
    await one.seal(authority, document);
    const results = await Promise.all(
      [one, two].map((sealer) => sealer.rotate(authority, { expectedVersion: 1 })),
    );
    expect(results.map((result) => result.outcome).sort()).toEqual(['conflict', 'rotated']);
    expect((await one.seal(authority, document)).keyId).toBe((await two.seal(authority, document)).keyId);
  });

  test('have a ring an authority, under its credit code, and nothing secret of it in the clear', async () => {
    const sealer = await start();
    const seal = await sealer.seal(authority, document);
    await sealer.seal(otherAuthority, document);
    expect(await sealer.verify(otherAuthority, document, seal)).toBe('unknown-key');
    const rings = await rawRings();
    expect(rings.map((ring) => String(ring._id)).sort()).toEqual([authority, otherAuthority]);
    // Every field there is, so that a new one is looked at before it is stored.
    for (const ring of rings) {
      expect(Object.keys(ring).sort()).toEqual(
        ['_id', 'entries', 'masterKeyFingerprint', 'outbox', 'permanentSecret', 'version'].sort(),
      );
      for (const entry of ring['entries'])
        expect(Object.keys(entry).sort()).toEqual(
          ['createdAt', 'id', 'kind', 'sealed', 'state', 'verifyUntil'].sort(),
        );
    }
  });
});
