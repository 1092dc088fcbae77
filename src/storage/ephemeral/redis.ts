import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { checkKey, toMilliseconds, toResetSeconds } from './limits.ts';
import type { Count, Entry, EphemeralStore, PutOptions } from './port.ts';
import { connectRedis, type RedisClient, unavailable, within } from './redis-client.ts';

/*
 * The keys. Look-up is by the entry's key alone and the provider library chooses those, so an entry cannot carry its
 * group's hash tag: nobody who asks for a token knows its grant yet. Group index and entries therefore lie on different
 * slots of a cluster, every command touches one key, and those of one operation travel side by side.
 */
const entryKey = (key: string): string => `yihao:e:${checkKey(key)}`;
const counterKey = (key: string): string => `yihao:c:${checkKey(key)}`;
const groupKey = (group: string): string => `yihao:g:${checkKey(group)}`;

// An index outlives its members by this much: the two are written side by side, on nodes with clocks of their own.
const indexMarginMilliseconds = 60_000;
const deletesAtOnce = 500;

class RedisEphemeralStore implements EphemeralStore {
  private readonly pending = new Set<Promise<unknown>>();
  private closing: Promise<void> | undefined;

  constructor(
    private readonly client: RedisClient,
    private readonly timeoutMilliseconds: number,
  ) {}

  async put(key: string, value: string, options: PutOptions): Promise<void> {
    const lifetime = toMilliseconds(options.ttlSeconds);
    const [name, group] = [entryKey(key), options.group];
    const indexed = group === undefined ? undefined : groupKey(group);
    await this.ask(() =>
      Promise.all([
        this.client.ephemeralPut(name, value, lifetime, group ?? ''),
        indexed && this.client.ephemeralIndex(indexed, key, lifetime + indexMarginMilliseconds),
      ]),
    );
  }

  async get(key: string): Promise<Entry | null> {
    const name = entryKey(key);
    const [value, marked] = await this.ask(() => this.client.hmget(name, 'v', 'm'));
    if (typeof value !== 'string') return null;
    return { value, markedAt: typeof marked === 'string' ? new Date(Number(marked)) : null };
  }

  async take(key: string): Promise<string | null> {
    const name = entryKey(key);
    return this.ask(() => this.client.ephemeralTake(name));
  }

  async add(key: string, value: string, options: PutOptions): Promise<boolean> {
    const lifetime = toMilliseconds(options.ttlSeconds);
    const [name, group] = [entryKey(key), options.group];
    const indexed = group === undefined ? undefined : groupKey(group);
    // An entry that stays out leaves its key in the index at worst, and the index asks each entry for its group.
    const [written] = await this.ask(() =>
      Promise.all([
        this.client.ephemeralAdd(name, value, lifetime, group ?? ''),
        indexed && this.client.ephemeralIndex(indexed, key, lifetime + indexMarginMilliseconds),
      ]),
    );
    return written === 1;
  }

  async mark(key: string, at: Date): Promise<'marked' | 'already' | 'absent'> {
    const name = entryKey(key);
    const outcome = await this.ask(() => this.client.ephemeralMark(name, at.getTime()));
    if (outcome === 1) return 'marked';
    return outcome === 0 ? 'already' : 'absent';
  }

  async count(key: string, windowSeconds: number): Promise<Count> {
    const [name, window] = [counterKey(key), toMilliseconds(windowSeconds)];
    const [count, left] = await this.ask(() => this.client.ephemeralCount(name, window));
    return { count, resetSeconds: toResetSeconds(left) };
  }

  async delete(key: string): Promise<void> {
    const { client } = this;
    const names = [entryKey(key), counterKey(key)];
    // On a cluster the two may lie on different nodes.
    await this.ask(() =>
      Promise.all('nodes' in client ? names.map((name) => client.unlink(name)) : [client.unlink(names)]),
    );
  }

  /**
   * Removes the members, then reads the index again until it shows none that are new. Members are never taken out of the
   * index: a put under way has perhaps written its index and not yet its entry, and would be lost to the next deleteGroup;
   * and one that fails half-way can simply be repeated. They leave by their own expiry.
   */
  async deleteGroup(group: string): Promise<void> {
    const index = groupKey(group);
    const seen = new Set<string>();
    for (;;) {
      const members = await this.ask(() => this.client.zrange(index, 0, '-1'));
      const fresh = members.filter((member) => !seen.has(member));
      if (fresh.length === 0) return;
      for (let start = 0; start < fresh.length; start += deletesAtOnce) {
        const names = fresh.slice(start, start + deletesAtOnce).map(entryKey);
        await this.ask(() =>
          Promise.all(names.map((name) => this.client.ephemeralDeleteOfGroup(name, group))),
        );
      }
      for (const member of fresh) seen.add(member);
    }
  }

  async ping(): Promise<void> {
    const { client } = this;
    await this.ask(() =>
      'nodes' in client
        ? Promise.all(client.nodes('master').map((node) => node.ping()))
        : Promise.all([client.ping()]),
    );
  }

  /** Refuses what comes, waits for what is under way, then takes leave of the server. */
  close(): Promise<void> {
    this.closing ??= this.leave();
    return this.closing;
  }

  private async leave(): Promise<void> {
    await Promise.allSettled(this.pending);
    try {
      await within(this.timeoutMilliseconds, this.client.quit());
    } catch {
      this.client.disconnect();
    }
  }

  /** Asks the server and turns any failure, silence too, into `storage-unavailable`. */
  private async ask<T>(question: () => Promise<T>): Promise<T> {
    if (this.closing)
      throw new AppError('storage-unavailable', {}, { cause: new Error('The store is closed.') });
    const answer = within(this.timeoutMilliseconds, question());
    this.pending.add(answer);
    try {
      return await answer;
    } catch (error) {
      throw unavailable(error);
    } finally {
      this.pending.delete(answer);
    }
  }
}

/**
 * Opens the ephemeral store on Redis (6.2 or later). `url` is redis:// or rediss://; for a cluster several may stand with
 * commas between. Entries expire by Redis' own clock, so `clock` is not consulted; it is taken so that both engines open
 * alike. `timeoutSeconds` (5) bounds connecting and every answer. Throws `storage-unavailable`.
 */
export const openRedisEphemeralStore = async (options: {
  url: string;
  cluster: boolean;
  clock: Clock;
  timeoutSeconds?: number;
}): Promise<EphemeralStore> => {
  const timeoutMilliseconds = toMilliseconds(options.timeoutSeconds ?? 5);
  const client = await connectRedis({ url: options.url, cluster: options.cluster, timeoutMilliseconds });
  return new RedisEphemeralStore(client, timeoutMilliseconds);
};
