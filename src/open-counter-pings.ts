import type { House, HouseDeps } from './house.ts';
import { type CounterPings, createCounterPings, createPingPost, openPingStore } from './oidc/index.ts';

/** Opens the pings to counters on the house's stores. */
export async function openCounterPings(
  { config, clock, log }: HouseDeps,
  house: House,
): Promise<CounterPings> {
  const store = openPingStore(house.storage.records);
  await store.ready();
  return createCounterPings({
    store,
    sites: house.sites,
    post: createPingPost(config.privateSiteHosts),
    clock,
    answered: house.siteHealth.answered,
    report: (clientId, reason) => log.warn({ clientId, reason }, 'a counter was not told of an answer'),
  });
}
