import { createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { systemClock } from '../../src/base/clock.ts';
import { openEphemeralStore } from '../../src/storage/ephemeral/index.ts';
import { openRedisEphemeralStore } from '../../src/storage/ephemeral/redis.ts';
import { freePorts, type RedisServer, startRedis, startRedisCluster } from '../support/redis.ts';
import { waitUntil } from '../support/wait.ts';
import { type Advance, ephemeralContract } from './ephemeral.ts';

const clock = systemClock;
// Redis has a clock of its own that cannot be moved: the contract's lifetimes are short and the end is polled for.
const advance: Advance = (seconds, condition) => waitUntil(condition, seconds + 5);

describe('One server', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  }, 30_000);
  afterAll(() => server?.stop());
  ephemeralContract('Redis', () => openEphemeralStore({ redisUrl: server.url, clock }), advance);

  test('a put whose index arrived before deleteGroup and its entry after is found by the next one', async () => {
    const store = await openEphemeralStore({ redisUrl: server.url, clock });
    const raw = new Redis(server.url);
    await store.put('late', 'v', { ttlSeconds: 60, group: 'race' });
    await raw.rename('yihao:e:late', 'aside');
    await store.deleteGroup('race');
    await raw.rename('aside', 'yihao:e:late');
    expect((await store.get('late'))?.value).toBe('v');
    await store.deleteGroup('race');
    expect(await store.get('late')).toBeNull();
    raw.disconnect();
    await store.close();
  });

  test('a group in long use forgets the members that have expired', async () => {
    const store = await openEphemeralStore({ redisUrl: server.url, clock });
    const raw = new Redis(server.url);
    await raw.zadd('yihao:g:long-use', clock.now().getTime() - 1, 'expired');
    await store.put('living', 'v', { ttlSeconds: 60, group: 'long-use' });
    expect(await raw.zrange('yihao:g:long-use', 0, '-1')).toEqual(['living']);
    raw.disconnect();
    await store.close();
  });

  test('nothing is left without an expiry, and a group outlives its longest member', async () => {
    const store = await openEphemeralStore({ redisUrl: server.url, clock });
    const raw = new Redis(server.url);
    await raw.flushall();
    await store.put('a', 'v', { ttlSeconds: 10, group: 'g' });
    await store.put('b', 'v', { ttlSeconds: 500, group: 'g' });
    await store.put('c', 'v', { ttlSeconds: 10, group: 'g' });
    await store.count('n', 10);
    const keys = (await raw.keys('*')).sort();
    expect(keys).toEqual(['c:n', 'e:a', 'e:b', 'e:c', 'g:g'].map((key) => `yihao:${key}`));
    for (const key of keys) expect(await raw.ttl(key)).toBeGreaterThan(0);
    expect(await raw.ttl('yihao:g:g')).toBeGreaterThanOrEqual(500);
    raw.disconnect();
    await store.close();
  });
});

describe('A cluster of three masters', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisCluster();
  }, 60_000);
  afterAll(() => server?.stop());
  const open = () => openEphemeralStore({ redisUrl: server.url, redisCluster: true, clock });
  ephemeralContract('Redis Cluster', open, advance);
});

describe('A Redis that fails', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  beforeEach(async () => {
    server = await startRedis();
  }, 30_000);
  afterEach(() => server?.stop());

  test('refuses with storage-unavailable while it is away, and serves again when it is back', async () => {
    const store = await openEphemeralStore({ redisUrl: server.url, clock });
    await store.put('k', 'v', { ttlSeconds: 60, group: 'g' });
    await server.stop();
    await expect(store.get('k')).rejects.toMatchObject({ code: 'storage-unavailable', status: 503 });
    await expect(store.ping()).rejects.toMatchObject({ code: 'storage-unavailable' });
    server = await startRedis(server.port);
    await waitUntil(
      () =>
        store.ping().then(
          () => true,
          () => false,
        ),
      10,
    );
    await store.put('k', 'new', { ttlSeconds: 60, group: 'g' });
    expect((await store.get('k'))?.value).toBe('new');
    await store.close();
  }, 30_000);

  test('refuses when it falls silent, serves again after, and never counts one call twice', async () => {
    const store = await openRedisEphemeralStore({
      url: server.url,
      cluster: false,
      clock,
      timeoutSeconds: 0.3,
    });
    const raw = new Redis(server.url);
    await store.count('n', 60);
    await raw.client('PAUSE', 1000);
    await expect(store.count('n', 60)).rejects.toMatchObject({ code: 'storage-unavailable' });
    await waitUntil(
      () =>
        store.ping().then(
          () => true,
          () => false,
        ),
      10,
    );
    expect((await store.count('n', 60)).count).toBeLessThanOrEqual(3);
    raw.disconnect();
    await store.close();
  }, 30_000);

  test('serves on after its script cache was emptied', async () => {
    const store = await openEphemeralStore({ redisUrl: server.url, clock });
    await store.count('n', 60);
    await store.count('n', 60);
    const raw = new Redis(server.url);
    await raw.script('FLUSH');
    raw.disconnect();
    expect((await store.count('n', 60)).count).toBe(3);
    await store.close();
  });

  test('names the cause without the value that was being written', async () => {
    const store = await openEphemeralStore({ redisUrl: server.url, clock });
    const raw = new Redis(server.url);
    await raw.config('SET', 'maxmemory', '1');
    const failure = await store.put('k', 'the-secret', { ttlSeconds: 60 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'storage-unavailable' });
    const { cause } = failure as Error;
    expect(String(cause)).toContain('OOM');
    expect(JSON.stringify(Object.entries(Object.getOwnPropertyDescriptors(cause)))).not.toContain(
      'the-secret',
    );
    raw.disconnect();
    await store.close();
  });

  test.each([false, true])('is said at opening when nobody listens (cluster: %s)', async (redisCluster) => {
    const [port] = await freePorts(1);
    const opening = openEphemeralStore({ redisUrl: `redis://127.0.0.1:${port}`, redisCluster, clock });
    await expect(opening).rejects.toMatchObject({ code: 'storage-unavailable', cause: expect.any(Error) });
  });

  test.each([false, true])(
    'is said at opening when the peer never answers (cluster: %s)',
    async (cluster) => {
      const sockets: Socket[] = [];
      const silent = createServer((socket) => sockets.push(socket.on('error', () => {})));
      const [port] = await freePorts(1);
      await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
      const opening = openRedisEphemeralStore({
        url: `redis://127.0.0.1:${port}`,
        cluster,
        clock,
        timeoutSeconds: 0.3,
      });
      await expect(opening).rejects.toMatchObject({ code: 'storage-unavailable' });
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => silent.close(resolve));
    },
  );
});
