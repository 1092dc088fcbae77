import { z } from 'zod';
import { verifyStatusList } from '../../crypto/status-list-token.ts';
import { keysUrlOf, listsUrlOf } from './addresses.ts';
import type { KioskDeps } from './ports.ts';

/** What became of fetching one region's keys and lists. */
export interface Refreshed {
  issuer: string;
  /** Whether all of it is new; when not, what could not be had is as it was. */
  isFetched: boolean;
  /** How many lists were fetched. */
  lists: number;
  /** Since when all that is needed is known: the keys' time, which are written last. Null when never. */
  knownAt: Date | null;
}

const keysShape = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })).min(1) });
const listsShape = z.object({ status_lists: z.array(z.url()) });

/** Fetches what is known of each region anew; one that cannot be reached keeps none of the others from it. */
export async function refreshKnowledge(deps: KioskDeps): Promise<Refreshed[]> {
  await deps.cache.sweep(deps.clock.now());
  return Promise.all(
    deps.issuers.map(async (issuer) => {
      const lists = await fetchRegion(deps, issuer).catch(() => null);
      const keys = await deps.cache.read(keysUrlOf(issuer));
      return { issuer, isFetched: lists !== null, lists: lists ?? 0, knownAt: keys?.fetchedAt ?? null };
    }),
  );
}

/**
 * Fetches one region's keys and lists and returns how many lists there are. Nothing is kept that does not verify: the
 * sign-in page of a hotel's network must not take the place of what is known.
 */
async function fetchRegion({ cache, clock, fetchText }: KioskDeps, issuer: string): Promise<number> {
  const fetchedAt = clock.now();
  const text = await fetchText(keysUrlOf(issuer));
  const keys = keysShape.parse(JSON.parse(text));
  const { status_lists: uris } = listsShape.parse(JSON.parse(await fetchText(listsUrlOf(issuer))));
  for (const uri of uris) {
    if (new URL(uri).origin !== new URL(issuer).origin) throw new Error(`${uri} is not of ${issuer}`);
    const list = await fetchText(uri);
    await verifyStatusList(list, { uri, keys, clock });
    await cache.keep(uri, { text: list, fetchedAt });
  }
  // Last, for the age of the keys is that of the whole.
  await cache.keep(keysUrlOf(issuer), { text, fetchedAt });
  return uris.length;
}
