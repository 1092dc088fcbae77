import type { House, HouseDeps } from './house.ts';
import {
  createSessionKeeper,
  createSessions,
  createSignOutNotices,
  type ProviderDeps,
  type ProviderHolder,
  type Sessions,
} from './oidc/index.ts';
import type { NetworkPlaces } from './terms/network-places.ts';

/** A person's sessions: what follows the provider's requests, and what its person can do. */
export interface OpenSessions {
  ports: Pick<ProviderDeps, 'sessions' | 'signOutNotices'>;
  on(holder: ProviderHolder): Sessions;
}

/** Opens people's sessions on the house's stores. */
export const openSessions = (
  { config, clock }: HouseDeps,
  house: House,
  places: NetworkPlaces | null,
): OpenSessions => {
  const { sessionStore: store } = house;
  const { ephemeral } = house.storage;
  const keeper = createSessionKeeper({
    store,
    ephemeral,
    clock,
    limits: config.sessionLimits,
    sessionTtlSeconds: config.sessionTtlSeconds,
    issuer: config.issuer,
    places,
  });
  const notices = createSignOutNotices({ store, clock, answered: house.siteHealth.answered });
  return {
    ports: { sessions: keeper, signOutNotices: notices },
    on: (holder) =>
      createSessions({ store, keeper, notices, ephemeral, clock, provider: () => holder.current }),
  };
};
