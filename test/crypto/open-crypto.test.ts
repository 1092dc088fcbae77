import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createKeyKeeper, MasterKey, openCrypto } from '../../src/crypto/index.ts';
import { openEmbeddedConnection } from '../../src/storage/embedded/index.ts';
import type { RecordConnection } from '../../src/storage/index.ts';
import { frozenClock } from './memory-store.ts';

const clock = frozenClock();
const masterKey = new MasterKey(randomBytes(32));
const context = 'accounts.name:abc';

let folder = '';
let connections: RecordConnection[] = [];

/** Opens another connection to the same file, as another process would. */
const connect = async (): Promise<RecordConnection> => {
  const connection = await openEmbeddedConnection({ file: join(folder, 'records.sqlite') });
  connections.push(connection);
  return connection;
};

const start = async (key = masterKey) =>
  openCrypto({
    connection: await connect(),
    masterKey: key,
    clock,
    keyOverlapSeconds: 3600,
    nationalSeals: false,
  });

const rawDocuments = async (collection: string) =>
  (await connect()).collection(collection).find({}).toArray();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-crypto-'));
});
afterEach(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  connections = [];
  await rm(folder, { recursive: true });
});

describe('crypto over a storage', () => {
  test('finds after a restart every key that it made', async () => {
    const before = await start();
    const sealed = before.cipher.seal('张三丰', context);
    const after = await start();
    expect(after.cipher.open(sealed, context)).toBe('张三丰');
    expect(after.blindIndex.of('phone', '1')).toBe(before.blindIndex.of('phone', '1'));
    expect(after.pairwise('sector', 'account')).toBe(before.pairwise('sector', 'account'));
    expect(await after.keyRing.load()).toEqual(await before.keyRing.load());
  });

  test('makes its keys once when several processes start at once', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => start()));
    const rings = await Promise.all(all.map((crypto) => crypto.keyRing.load()));
    expect(new Set(rings.map((ring) => JSON.stringify(ring))).size).toBe(1);
    expect(new Set(all.map((crypto) => crypto.pairwise('s', 'a'))).size).toBe(1);
    expect(new Set(all.map((crypto) => crypto.blindIndex.of('p', 'v'))).size).toBe(1);
    const sealed = all[0]?.cipher.seal('x', context) ?? Buffer.alloc(0);
    expect(all.map((crypto) => crypto.cipher.open(sealed, context))).toEqual(['x', 'x', 'x', 'x']);
    expect(await rawDocuments('keyrings')).toHaveLength(1);
    expect(await rawDocuments('datakeys')).toHaveLength(1);
  });

  test('opens twice on one connection', async () => {
    const connection = await connect();
    const deps = { connection, masterKey, clock, keyOverlapSeconds: 3600, nationalSeals: false };
    const [one, two] = [await openCrypto(deps), await openCrypto(deps)];
    expect(two.cipher.open(one.cipher.seal('x', context), context)).toBe('x');
  });

  test('lets one of two rotations at once win, and the loser reads the winner’s ring', async () => {
    const [one, two] = [await start(), await start()];
    const results = await Promise.all(
      [one.keyRing, two.keyRing].map((keyRing) => keyRing.rotate({ expectedVersion: 1 })),
    );
    expect(results.map((result) => result.outcome).sort()).toEqual(['conflict', 'rotated']);
    expect(results.map((result) => result.version)).toEqual([2, 2]);
    expect(await one.keyRing.load()).toEqual(await two.keyRing.load());
  });

  test('keeps subjects and look-ups where they are when everything rotates', async () => {
    const crypto = await start();
    const before = [crypto.pairwise('s', 'a'), crypto.blindIndex.of('p', 'v')];
    const sealed = crypto.cipher.seal('x', context);
    await crypto.rotateDataKey();
    await crypto.keyRing.rotate();
    const after = await start();
    expect([after.pairwise('s', 'a'), after.blindIndex.of('p', 'v')]).toEqual(before);
    expect(after.cipher.open(sealed, context)).toBe('x');
    expect(after.cipher.seal('x', context).readUInt32BE(0)).toBe(2);
  });

  test('does not start with another master key, says how to, and changes nothing', async () => {
    await start();
    const before = [await rawDocuments('keyrings'), await rawDocuments('datakeys')];
    await expect(start(new MasterKey(randomBytes(32)))).rejects.toThrow(
      /The master key does not open the keys in this storage.*Fix: start with the master key/s,
    );
    expect([await rawDocuments('keyrings'), await rawDocuments('datakeys')]).toEqual(before);
  });

  test('does not start over a data key that was altered in the storage', async () => {
    await start();
    const damaged = (await connect()).collection<{ _id: string }>('datakeys');
    await damaged.updateOne(
      { _id: 'ring' },
      { $set: { 'entries.0.sealed': randomBytes(60).toString('base64url') } },
    );
    await expect(start()).rejects.toThrow(/data-keys in this storage are damaged.*restore the storage/s);
  });

  test('leaves an event in the document for each change, and keeps those that stand there', async () => {
    const crypto = await start();
    await crypto.rotateDataKey();
    await crypto.keyRing.rotate({ actor: 'officer-1' });
    const events = [...(await rawDocuments('datakeys')), ...(await rawDocuments('keyrings'))].flatMap(
      (document) => document['outbox'],
    );
    expect(events.map((event) => `${event.type} by ${event.actor}`)).toEqual([
      'data-keys.created by system',
      'data-keys.rotated by system',
      'key-ring.created by system',
      'key-ring.rotated by officer-1',
    ]);
  });

  test('publishes for ever every key that has signed credentials, the provider’s too that did so before', async () => {
    const kidsOf = ({ keys }: { keys: { kid?: string }[] }) => keys.map(({ kid }) => kid);
    const moving = frozenClock();
    const connection = await connect();
    const open = () =>
      openCrypto({ connection, masterKey, clock: moving, keyOverlapSeconds: 3600, nationalSeals: false });
    const first = await open();
    const former = kidsOf((await first.keyRing.load()).jwks);
    const own = kidsOf((await first.credentialKeys.load()).published);
    expect(own).toHaveLength(2);
    expect(own.filter((kid) => former.includes(kid))).toEqual([]);

    // As the storage was before credentials had keys of their own.
    await connection.collection('credentialkeys').deleteMany({});
    const { credentialKeys, keyRing } = await open();
    for (let step = 0; step < 2; step += 1) {
      await Promise.all([keyRing.rotate(), credentialKeys.rotate()]);
      moving.moveSeconds(366 * 86_400);
    }
    const { signing, published } = await credentialKeys.load();
    expect(published.keys[0]?.kid).toBe(signing.kid);
    expect(published.keys).toHaveLength(6);
    expect(kidsOf(published)).toEqual(expect.arrayContaining(former));
    expect(published.keys.filter((key) => 'd' in key)).toEqual([]);
    expect(kidsOf((await keyRing.load()).jwks).filter((kid) => former.includes(kid))).toEqual([]);
  });

  test('writes nothing secret in the clear', async () => {
    const crypto = await start();
    await crypto.rotateDataKey();
    await crypto.keyRing.rotate();
    const { jwks, cookieSecrets } = await crypto.keyRing.load();
    const stored = JSON.stringify([...(await rawDocuments('keyrings')), ...(await rawDocuments('datakeys'))]);
    expect(stored).toContain(jwks.keys[0]?.kid);
    for (const secret of [...jwks.keys.map((key) => String(key['d'])), ...cookieSecrets]) {
      expect(stored).not.toContain(secret);
      expect(stored).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
      expect(stored).not.toContain(Buffer.from(secret).toString('base64url').slice(2, -2));
    }
    // Every field there is, so that a new one is looked at before it is stored.
    const [document] = await rawDocuments('keyrings');
    expect(Object.keys(document ?? {}).sort()).toEqual(
      ['_id', 'entries', 'masterKeyFingerprint', 'outbox', 'permanentSecret', 'version'].sort(),
    );
    expect(Object.keys(document?.['entries'][0]).sort()).toEqual(
      ['createdAt', 'id', 'kind', 'sealed', 'state', 'verifyUntil'].sort(),
    );
  });
});

describe('the keeper of the rings', () => {
  const day = 86_400;
  const authorityCode = '11999999000000019M';
  const ownCode = '11999999000000027G';
  const policy = { rotationDays: { provider: 90, authority: 365, audit: 0 }, announceDays: 2 };
  const emergency = { actor: 'command-line', reason: 'a disk was lost' };

  const open = async () => {
    const moving = frozenClock();
    const connection = await connect();
    const crypto = await openCrypto({
      connection,
      masterKey,
      clock: moving,
      keyOverlapSeconds: 3600,
      nationalSeals: true,
    });
    const keeper = createKeyKeeper({ rings: crypto.rings, clock: moving, policy, ownCode });
    const standing = async (label: string) => (await keeper.status()).find((ring) => ring.label === label);
    return { crypto, keeper, moving, standing };
  };

  test('rotates a ring when the policy says so and not before, and names the one that nobody rotated', async () => {
    const { crypto, keeper, moving, standing } = await open();
    const { signing, jwks } = await crypto.keyRing.load();
    moving.moveSeconds(90 * day - 1);
    expect(await keeper.rotateDue()).toBe(0);
    moving.moveSeconds(1);
    expect([(await standing('provider'))?.dueAt, await keeper.overdue()]).toEqual([moving.now(), []]);
    moving.moveSeconds(day + 1);
    expect(await keeper.overdue()).toEqual(['provider']);
    expect(await keeper.rotateDue()).toBe(1);
    expect(await keeper.overdue()).toEqual([]);
    const after = await crypto.keyRing.load();
    expect(after.signing.kid).toBe(jwks.keys[1]?.kid);
    expect(after.keys.find(({ kid }) => kid === signing.kid)?.state).toBe('retired');
    expect(await keeper.rotateDue()).toBe(0);
  });

  test('lets no key sign by hand before it was published for as long as the policy wants', async () => {
    const { keeper, moving, standing } = await open();
    moving.moveSeconds(2 * day - 1);
    await expect(keeper.rotate('provider', emergency)).rejects.toMatchObject({ code: 'key-not-announced' });
    moving.moveSeconds(1);
    expect((await keeper.rotate('provider', emergency)).version).toBe(2);
    expect((await standing('provider'))?.readyAt).toEqual(new Date(moving.now().getTime() + 2 * day * 1000));
  });

  test('replaces a ring at once: nothing of the former signs or verifies, and the reason is in its event', async () => {
    const { crypto, keeper } = await open();
    const kids = async () => (await crypto.keyRing.load()).keys.map(({ kid }) => kid);
    const former = [...(await kids()), ...(await crypto.keyRing.load()).cookieSecrets];
    await keeper.replace('provider', emergency);
    const { keys, cookieSecrets } = await crypto.keyRing.load();
    expect(keys.map(({ state }) => state)).toEqual(['current', 'next']);
    expect([...(await kids()), ...cookieSecrets].filter((each) => former.includes(each))).toEqual([]);
    const [document] = await rawDocuments('keyrings');
    expect(document?.['outbox'].at(-1)).toMatchObject({
      type: 'key-ring.replaced',
      actor: 'command-line',
      detail: { reason: 'a disk was lost', version: 2 },
    });
  });

  test('keeps what seals and sealed fields need of a replaced ring, its next key not', async () => {
    const { crypto, keeper, standing } = await open();
    const seal = await crypto.sealer.seal(authorityCode, { a: '1' });
    await crypto.sealer.seal(ownCode, { a: '1' });
    const sealed = crypto.cipher.seal('x', context);
    const next = (await standing(`authority:${authorityCode}`))?.keys.find(({ state }) => state === 'next');
    for (const label of [`authority:${authorityCode}`, 'audit', 'data'])
      await keeper.replace(label, emergency);
    await crypto.refreshDataKeys();
    expect(await crypto.sealer.verify(authorityCode, { a: '1' }, seal)).toBe('genuine');
    expect(crypto.cipher.open(sealed, context)).toBe('x');
    expect(crypto.cipher.seal('x', context).readUInt32BE(0)).toBeGreaterThan(2);
    const keys = (await standing(`authority:${authorityCode}`))?.keys ?? [];
    expect(keys.filter(({ kind }) => kind === 'es256').map(({ state }) => state)).toEqual([
      'current',
      'next',
      'retired',
    ]);
    expect(keys.map(({ id }) => id)).not.toContain(next?.id);
  });

  test('never turns the agreement key, nor a ring that is not there', async () => {
    const { crypto, keeper, moving, standing } = await open();
    await crypto.agreementKeys.load();
    moving.moveSeconds(1000 * day);
    expect((await standing('agreement'))?.dueAt).toBeNull();
    await expect(keeper.rotate('agreement', emergency)).rejects.toMatchObject({ code: 'key-ring-agreement' });
    await expect(keeper.replace('agreement', emergency)).rejects.toMatchObject({
      code: 'key-ring-agreement',
    });
    await expect(keeper.rotate('peer', emergency)).rejects.toMatchObject({ code: 'key-ring-unknown' });
  });
});
