import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AlreadyUsed, createAdapter } from '../../src/oidc/adapter.ts';
import { type EphemeralStore, openEphemeralStore } from '../../src/storage/ephemeral/index.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { tenTimes } from '../support/oidc-flow.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';

describe.each(['embedded file', 'Redis'])('what the provider keeps in the %s', (store) => {
  let folder: string;
  let redis: RedisServer | undefined;
  let ephemeral: EphemeralStore;
  let clock: FrozenClock;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yihao-adapter-'));
    redis = store === 'Redis' ? await startRedis() : undefined;
    clock = frozenClock();
    ephemeral = await openEphemeralStore(
      redis
        ? { redisUrl: redis.url, redisCluster: false, clock }
        : { file: join(folder, 'test.sqlite'), clock },
    );
  }, 30_000);
  afterAll(async () => {
    await ephemeral?.close();
    await redis?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const adapterOf = (model: string) =>
    createAdapter(model, { ephemeral, clock, findClient: async () => null, mayBeUsed: async () => true });

  test.each([
    ['AuthorizationCode', 'invalid_grant'],
    ['RefreshToken', 'invalid_grant'],
    ['PushedAuthorizationRequest', 'invalid_request_uri'],
  ])('is consumed once by ten who come at once, and the rest hear it: %s, %s', async (model, error) => {
    const adapter = adapterOf(model);
    await adapter.upsert('once', { grantId: 'grant' }, 60);
    // All ten look first, as the library does.
    const looks = await tenTimes(() => adapter.find('once'));
    for (const found of looks.done) expect(found).not.toHaveProperty('consumed');
    const { done, refused } = await tenTimes(() => adapter.consume('once'));
    expect(done).toHaveLength(1);
    for (const reason of refused) expect(reason).toMatchObject({ error, status: 400, expose: true });
    expect((await adapter.find('once'))?.consumed).toBe(clock.now().getTime() / 1000);
  });

  test('cannot be consumed when it is not there', async () => {
    await expect(adapterOf('RefreshToken').consume('absent')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  test('is a proof once, for ten who bring it at once, and may live part of a second', async () => {
    const adapter = adapterOf('ReplayDetection');
    const { done, refused } = await tenTimes(() => adapter.upsert('proof', { iss: 'site' }, 0.5));
    expect(done).toHaveLength(1);
    for (const reason of refused) expect(reason).toBeInstanceOf(AlreadyUsed);
  });

  test('ends with its grant, and leaves other grants and models alone', async () => {
    const [tokens, sessions] = [adapterOf('AccessToken'), adapterOf('Session')];
    await tokens.upsert('mine', { grantId: 'ended' }, 60);
    await tokens.upsert('mine-too', { grantId: 'ended' }, 60);
    await tokens.upsert('theirs', { grantId: 'other' }, 60);
    await sessions.upsert('session', { uid: 'uid-of-session' }, 60);
    await tokens.revokeByGrantId('ended');
    expect(await tokens.find('mine')).toBeUndefined();
    expect(await tokens.find('mine-too')).toBeUndefined();
    expect(await tokens.find('theirs')).toMatchObject({ grantId: 'other' });
    expect(await sessions.findByUid('uid-of-session')).toMatchObject({ uid: 'uid-of-session' });
  });

  test('is not looked up by what is no id of ours, and never kept without an end', async () => {
    const adapter = adapterOf('AccessToken');
    for (const id of ['', 'a'.repeat(257), 'a:b', 'a\u0000b', '令牌'])
      expect(await adapter.find(id)).toBeUndefined();
    for (const ttl of [undefined, 0, -1, Number.NaN])
      await expect(adapter.upsert('endless', {}, ttl as number)).rejects.toThrow(RangeError);
  });
});

test('a site is read from its store and never written by the provider', async () => {
  const clock = frozenClock();
  const ephemeral = {} as EphemeralStore;
  const findClient = async (id: string) => (id === 'known' ? { client_id: 'known' } : null);
  const adapter = createAdapter('Client', { ephemeral, clock, findClient, mayBeUsed: async () => true });
  expect(await adapter.find('known')).toEqual({ client_id: 'known' });
  expect(await adapter.find('unknown')).toBeUndefined();
  await expect(adapter.upsert('known', {}, 60)).rejects.toThrow(/through their store/);
});
