import type { Result } from 'ioredis';

/*
 * The steps that must be atomic. Every script touches one key, so each runs whole on one node of a cluster.
 * An entry is a hash: v value, g group ('' without one), m the instant it was marked in epoch milliseconds.
 * The write that needs memory comes first: a full server refuses a script there, and no longer after its first write.
 */

/** KEYS entry · ARGV value, lifetime in ms, group or ''. Replaces all of what was there, the mark too. */
const put = `
redis.call('HSET', KEYS[1], 'v', ARGV[1], 'g', ARGV[3])
redis.call('HDEL', KEYS[1], 'm')
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`;

/** As put, unless an entry is there: then 0. */
const add = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
${put}`;

/** KEYS entry · the value, or nil. */
const take = `
local value = redis.call('HGET', KEYS[1], 'v')
if value then redis.call('UNLINK', KEYS[1]) end
return value`;

/** KEYS entry · ARGV epoch ms · 1 marked now, 0 marked before, -1 absent. */
const mark = `
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
return redis.call('HSETNX', KEYS[1], 'm', ARGV[1])`;

/** KEYS counter · ARGV window in ms · the count and the ms left. */
const count = `
local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {n, redis.call('PTTL', KEYS[1])}`;

/**
 * KEYS group index · ARGV entry key, its lifetime in ms with the margin. The index is a sorted set by the instant at
 * which a member has surely expired; each addition drops those, so the index of a group in long use stays small, and
 * the index itself lives as long as its longest member (an expiry is only ever moved later).
 */
const index = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], 'GT', now + ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 1`;

/** KEYS entry · ARGV group. Removes the entry if it is still of the group: it may have been replaced under another. */
const deleteOfGroup = `
if redis.call('HGET', KEYS[1], 'g') ~= ARGV[1] then return 0 end
return redis.call('UNLINK', KEYS[1])`;

/** The scripts as commands of the client: loaded once per connection, called by digest from then on. */
export const redisScripts = {
  ephemeralPut: { lua: put, numberOfKeys: 1 },
  ephemeralAdd: { lua: add, numberOfKeys: 1 },
  ephemeralTake: { lua: take, numberOfKeys: 1 },
  ephemeralMark: { lua: mark, numberOfKeys: 1 },
  ephemeralCount: { lua: count, numberOfKeys: 1 },
  ephemeralIndex: { lua: index, numberOfKeys: 1 },
  ephemeralDeleteOfGroup: { lua: deleteOfGroup, numberOfKeys: 1 },
};

declare module 'ioredis' {
  interface RedisCommander<Context> {
    ephemeralPut(key: string, value: string, milliseconds: number, group: string): Result<number, Context>;
    ephemeralAdd(key: string, value: string, milliseconds: number, group: string): Result<number, Context>;
    ephemeralTake(key: string): Result<string | null, Context>;
    ephemeralMark(key: string, atMilliseconds: number): Result<number, Context>;
    ephemeralCount(key: string, milliseconds: number): Result<[number, number], Context>;
    ephemeralIndex(group: string, key: string, milliseconds: number): Result<number, Context>;
    ephemeralDeleteOfGroup(key: string, group: string): Result<number, Context>;
  }
}
