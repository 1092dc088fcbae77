import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { calculateJwkThumbprint } from 'jose';
import { MasterKey } from '../../src/crypto/index.ts';
import { authority, authorityHouse, otherAuthority, thirdAuthority } from './authority-house.ts';

const document = { name: '林𠮷安' };

describe('the keys of the authorities', () => {
  test('are published in both suites before they seal, without their private halves', async () => {
    const { keys, sealer } = authorityHouse().start();
    const seal = await sealer.seal(authority, document);
    const published = (await keys.publicKeys(authority)).keys;
    expect(published.map(({ alg, crv, state }) => `${alg} ${crv} ${state}`)).toEqual([
      'ES256 P-256 current',
      'ES256 P-256 next',
      'SM2 SM2 current',
      'SM2 SM2 next',
    ]);
    expect(published[0]?.kid).toBe(seal.keyId);
    expect(published[2]?.kid).toBe(seal.national?.keyId);
    for (const key of published) {
      expect(key.kid).toBe(await calculateJwkThumbprint({ ...key }, 'sha256'));
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'state', 'use', 'x', 'y']);
    }
  });

  test('are of each authority its own', async () => {
    const { keys, sealer } = authorityHouse().start();
    for (const code of [authority, otherAuthority]) await sealer.seal(code, document);
    const kids = await Promise.all([authority, otherAuthority].map((code) => keys.publicKeys(code)));
    expect(new Set(kids.flatMap((set) => set.keys.map((key) => key.kid))).size).toBe(8);
  });

  test('are made by a seal and by nothing that only looks', async () => {
    const house = authorityHouse();
    const { keys, sealer } = house.start();
    const seal = await sealer.seal(authority, document);
    expect(await keys.publicKeys(otherAuthority)).toEqual({ keys: [] });
    expect(await sealer.verify(otherAuthority, document, seal)).toBe('unknown-key');
    expect(house.storeOf(otherAuthority).record).toBeNull();
  });

  test('seal after a rotation with those that were published as next, and keep the old for ever', async () => {
    const { clock, start } = authorityHouse();
    const { keys } = start();
    const first = (await keys.forSealing(authority)).published.map((key) => key.kid);
    expect(await keys.rotate(authority)).toEqual({ outcome: 'rotated', version: 2 });
    await keys.rotate(authority);
    clock.moveSeconds(30 * 365 * 86_400);
    const after = await start().keys.publicKeys(authority);
    expect(after.keys.slice(0, 4).map((key) => key.state)).toEqual(['current', 'next', 'retired', 'retired']);
    expect(after.keys.slice(2, 4).map((key) => key.kid)).toEqual([first[1], first[0]]);
    expect(after.keys.slice(6, 8).map((key) => key.kid)).toEqual([first[3], first[2]]);
  });

  test('are made once by processes that meet on the first use', async () => {
    const { start, storeOf } = authorityHouse();
    const all = await Promise.all(Array.from({ length: 4 }, () => start().keys.forSealing(authority)));
    expect(new Set(all.map(({ current }) => `${current.es256.keyId} ${current.sm2.kid}`)).size).toBe(1);
    expect(storeOf(authority).record?.version).toBe(1);
  });

  test('take one step when two schedulers rotate at once', async () => {
    const { start } = authorityHouse();
    const [one, two] = [start().keys, start().keys];
    await one.forSealing(authority);
    const results = await Promise.all(
      [one, two].map((keys) => keys.rotate(authority, { expectedVersion: 1 })),
    );
    expect(results.map((result) => result.outcome).sort()).toEqual(['conflict', 'rotated']);
    expect((await one.publicKeys(authority)).keys).toEqual((await two.publicKeys(authority)).keys);
  });

  test('tell of their making and rotation in events that name the authority and hold no secret', async () => {
    const { start, storeOf } = authorityHouse();
    const { keys } = start();
    await keys.forSealing(authority);
    await keys.rotate(authority, { actor: 'officer-1' });
    const { current } = await keys.forSealing(authority);
    const { outbox } = storeOf(authority);
    expect(outbox.map(({ type, actor }) => `${type} by ${actor}`)).toEqual([
      'authority-keys.created by system',
      'authority-keys.rotated by officer-1',
    ]);
    expect(outbox[1]?.detail).toEqual({
      owner: authority,
      version: 2,
      es256: current.es256.keyId,
      sm2: current.sm2.kid,
    });
    expect(JSON.stringify([storeOf(authority).record, outbox])).not.toContain(current.sm2.d);
  });

  test('do not open in the ring of another authority', async () => {
    const { start, storeOf } = authorityHouse();
    const { keys } = start();
    await keys.forSealing(authority);
    await keys.forSealing(otherAuthority);
    storeOf(otherAuthority).record = structuredClone(storeOf(authority).record);
    await expect(start().keys.publicKeys(otherAuthority)).rejects.toThrow(/damaged.*restore the storage/s);
  });

  test('do not open under another master key, and the Error names the fix', async () => {
    const { start } = authorityHouse();
    const seal = await start().sealer.seal(authority, document);
    const stranger = start({ masterKey: new MasterKey(randomBytes(32)) });
    const message = /The master key does not open the keys in this storage.*Fix: start with the master key/s;
    await expect(stranger.sealer.seal(authority, document)).rejects.toThrow(message);
    await expect(stranger.sealer.verify(authority, document, seal)).rejects.toThrow(message);
  });

  test('are of nobody where the code is no credit code', async () => {
    const { sealer } = authorityHouse().start();
    const seal = await sealer.seal(authority, document);
    const refused = expect.objectContaining({ code: 'credit-code-check' });
    const wrong = '11999999000000019N';
    await expect(sealer.seal(wrong, document)).rejects.toEqual(refused);
    await expect(sealer.rotate(wrong)).rejects.toEqual(refused);
    await expect(sealer.publicKeys(wrong)).rejects.toEqual(refused);
    expect(await sealer.verify(wrong, document, seal)).toBe('unknown-key');
  });
});

describe('the keys in memory', () => {
  test('are read once for many seals and verifications', async () => {
    const { start, readsSince } = authorityHouse();
    const { sealer } = start();
    const seal = await sealer.seal(authority, document);
    readsSince();
    await sealer.seal(authority, document);
    await sealer.verify(authority, document, seal);
    await sealer.publicKeys(authority);
    expect(readsSince()).toBe(0);
  });

  test('are read again once for a key that is not among them', async () => {
    const { start, readsSince } = authorityHouse();
    const [one, two] = [start(), start()];
    await one.keys.forSealing(authority);
    // Two steps, since the next key of the first is known already.
    await two.sealer.rotate(authority);
    await two.sealer.rotate(authority);
    const seal = await two.sealer.seal(authority, document);
    readsSince();
    expect(await one.sealer.verify(authority, document, seal)).toBe('genuine');
    expect(await one.sealer.verify(authority, document, seal)).toBe('genuine');
    expect(readsSince()).toBe(1);
  });

  test('seal for a minute at most after another process has retired them', async () => {
    const { start, clock } = authorityHouse();
    const [one, two] = [start(), start()];
    const { keyId } = await one.sealer.seal(authority, document);
    await two.sealer.rotate(authority);
    clock.moveSeconds(59);
    expect((await one.sealer.seal(authority, document)).keyId).toBe(keyId);
    clock.moveSeconds(1);
    const seal = await one.sealer.seal(authority, document);
    expect(seal.keyId).not.toBe(keyId);
    expect(seal.keyId).toBe((await two.sealer.seal(authority, document)).keyId);
  });

  test('seal no more at once in the process that rotated', async () => {
    const { sealer } = authorityHouse().start();
    const before = await sealer.seal(authority, document);
    await sealer.rotate(authority);
    const after = await sealer.seal(authority, document);
    expect([after.keyId, after.national?.keyId]).not.toContain(before.keyId);
    expect(after.national?.keyId).not.toBe(before.national?.keyId);
  });

  test('give way to those of another authority, the longest unused first', async () => {
    const { start, readsSince } = authorityHouse();
    const { sealer } = start({ cachedAuthorities: 2 });
    for (const code of [authority, otherAuthority, authority, thirdAuthority])
      await sealer.seal(code, document);
    readsSince();
    await sealer.seal(authority, document);
    await sealer.seal(thirdAuthority, document);
    expect(readsSince()).toBe(0);
    await sealer.seal(otherAuthority, document);
    expect(readsSince()).toBe(1);
  });

  test('are never replaced by an older ring whose reading ended late', async () => {
    const { start, storeOf } = authorityHouse();
    const { keys, sealer } = start();
    await start().keys.forSealing(authority);
    const store = storeOf(authority);
    const old = structuredClone(store.record);
    const { read } = store;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    store.read = async () => {
      await held;
      return old;
    };
    const late = keys.forSealing(authority);
    store.read = read;
    await keys.rotate(authority);
    release();
    expect((await late).version).toBe(2);
    expect((await keys.forSealing(authority)).version).toBe(2);
    expect((await sealer.seal(authority, document)).keyId).toBe(
      (await keys.publicKeys(authority)).keys[0]?.kid,
    );
  });
});
