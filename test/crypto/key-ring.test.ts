import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { calculateJwkThumbprint, createLocalJWKSet, importJWK, jwtVerify, SignJWT } from 'jose';
import { createKeyRing, keyRingMakers } from '../../src/crypto/key-ring.ts';
import { MasterKey } from '../../src/crypto/master-key.ts';
import { createRing } from '../../src/crypto/ring.ts';
import { frozenClock, memoryStore } from './memory-store.ts';

const overlapSeconds = 3600;

const setUp = () => {
  const store = memoryStore();
  const clock = frozenClock();
  const masterKey = new MasterKey(randomBytes(32));
  /** As another process would open it: same store, nothing else shared. */
  const start = (key = masterKey) =>
    createKeyRing(
      createRing({ store, masterKey: key, clock, name: 'key-ring', overlapSeconds, makers: keyRingMakers }),
      clock,
    );
  return { store, clock, start };
};

describe('the key ring', () => {
  test('starts with a key that signs and the next one, both published', async () => {
    const ring = await setUp().start().load();
    expect(ring.version).toBe(1);
    expect(ring.keys.map((key) => key.state)).toEqual(['current', 'next']);
    expect(ring.signing).toEqual(ring.jwks.keys[0]);
    expect(ring.changesAt).toBeNull();
  });

  test('holds ES256 private keys named by their RFC 7638 thumbprint', async () => {
    for (const key of (await setUp().start().load()).jwks.keys) {
      expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', d: expect.any(String) });
      expect(key.kid).toBe(await calculateJwkThumbprint(key, 'sha256'));
    }
  });

  test('signs after a rotation with the key that was published before it', async () => {
    const keyRing = setUp().start();
    const before = await keyRing.load();
    expect(await keyRing.rotate()).toEqual({ outcome: 'rotated', version: 2 });
    const after = await keyRing.load();
    expect(after.signing.kid).toBe(before.jwks.keys[1]?.kid);
    expect(after.keys.map((key) => key.state)).toEqual(['current', 'next', 'retired']);
    expect(after.keys[2]?.kid).toBe(before.signing.kid);
  });

  test('keeps tokens of the retired key valid for the overlap and no longer', async () => {
    const { clock, start } = setUp();
    const keyRing = start();
    const { signing } = await keyRing.load();
    const token = await new SignJWT({ sub: 'x' })
      .setProtectedHeader({ alg: 'ES256', kid: signing.kid })
      .sign(await importJWK(signing, 'ES256'));
    const verify = async () => {
      const published = (await keyRing.load()).jwks.keys.map(({ d, ...key }) => key);
      return jwtVerify(token, createLocalJWKSet({ keys: published }));
    };
    await keyRing.rotate();
    expect((await keyRing.load()).changesAt).toEqual(new Date(clock.now().getTime() + overlapSeconds * 1000));
    clock.moveSeconds(overlapSeconds - 1);
    expect((await verify()).payload.sub).toBe('x');
    clock.moveSeconds(1);
    await expect(verify()).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  test('rotates cookie secrets with the same overlap, the one that signs first and the next one known ahead', async () => {
    const { clock, start } = setUp();
    const keyRing = start();
    const [current, next] = (await keyRing.load()).cookieSecrets;
    await keyRing.rotate();
    const rotated = (await keyRing.load()).cookieSecrets;
    expect(rotated[0]).toBe(next);
    expect(rotated[2]).toBe(current);
    expect(rotated.every((secret) => Buffer.from(secret, 'base64url').length === 32)).toBe(true);
    clock.moveSeconds(overlapSeconds);
    expect((await keyRing.load()).cookieSecrets).toEqual(rotated.slice(0, 2));
  });

  test('lets one of two rotations at once win and tells the other', async () => {
    const { store, start } = setUp();
    const one = start();
    const two = start();
    await one.load();
    const results = await Promise.all([one.rotate(), two.rotate()]);
    expect(results.map((result) => result.outcome).sort()).toEqual(['conflict', 'rotated']);
    expect(results.map((result) => result.version)).toEqual([2, 2]);
    expect(store.record?.version).toBe(2);
    expect(await one.load()).toEqual(await two.load());
  });

  test('takes no second step for a scheduler that looked before the first', async () => {
    const { start } = setUp();
    const { version } = await start().load();
    await start().rotate({ expectedVersion: version });
    expect(await start().rotate({ expectedVersion: version })).toEqual({ outcome: 'conflict', version: 2 });
  });

  test('leaves an event of each change beside it, naming who asked and no secret', async () => {
    const { store, start } = setUp();
    await start().rotate({ actor: 'officer-1' });
    const { signing } = await start().load();
    expect(store.outbox.map((event) => [event.type, event.actor])).toEqual([
      ['key-ring.created', 'system'],
      ['key-ring.rotated', 'officer-1'],
    ]);
    expect(store.outbox[1]?.detail).toMatchObject({ version: 2, signing: signing.kid });
    expect(JSON.stringify(store.outbox)).not.toContain(signing.d);
  });

  test('refuses another master key with the fix, for reading and for rotating', async () => {
    const { store, start } = setUp();
    await start().load();
    const stranger = start(new MasterKey(randomBytes(32)));
    const message = /The master key does not open the keys in this storage.*Fix: start with the master key/s;
    await expect(stranger.load()).rejects.toThrow(message);
    await expect(stranger.rotate()).rejects.toThrow(message);
    expect(store.record?.version).toBe(1);
  });

  test('tells damage from a wrong master key, also when two sealed keys change places', async () => {
    const { store, start } = setUp();
    await start().load();
    const [first, second] = store.record?.entries ?? [];
    if (first && second) [first.sealed, second.sealed] = [second.sealed, first.sealed];
    await expect(start().load()).rejects.toThrow(/damaged.*restore the storage/s);
  });
});
