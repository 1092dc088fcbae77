/**
 * What expires: challenges, sessions, OIDC artifacts, limits, replay caches. Owns the promise (`port.ts`) and the two
 * engines that keep it, Redis and a table of the embedded file; owns no meaning: keys, values and lifetimes are the
 * caller's, and a caller who builds a key of foreign input bounds it first (a key that no store may hold is a RangeError).
 * Control leaves by the store handed out; an engine that fails is `storage-unavailable`; `close` waits for what is under way.
 */
import type { Clock } from '../../base/clock.ts';
import { openEmbeddedEphemeralStore } from './embedded.ts';
import type { EphemeralStore } from './port.ts';
import { openRedisEphemeralStore } from './redis.ts';

export type { Count, Entry, EphemeralStore, PutOptions } from './port.ts';

/** Opens the ephemeral store: on Redis when an address is given, else on the embedded file. Throws `storage-unavailable`. */
export const openEphemeralStore = async (options: {
  redisUrl?: string | undefined;
  redisCluster?: boolean | undefined;
  file?: string | undefined;
  clock: Clock;
}): Promise<EphemeralStore> => {
  const { redisUrl, redisCluster = false, file, clock } = options;
  if (redisUrl) return openRedisEphemeralStore({ url: redisUrl, cluster: redisCluster, clock });
  if (file) return openEmbeddedEphemeralStore({ file, clock });
  throw new TypeError('The ephemeral store needs a Redis address or a file.');
};
