import type { Config } from '../config/index.ts';
import type { Clock } from './base/clock.ts';
import type { Crypto } from './crypto/index.ts';
import { createOnboarding, type Onboarding, type SiteStore } from './oidc/index.ts';
import type { Storage } from './storage/index.ts';

/** Opens the way by which sites come in; what it sends to a site to try it is signed as the provider signs. */
export const openOnboarding = ({
  config,
  clock,
  storage,
  crypto,
  sites,
}: {
  config: Config;
  clock: Clock;
  storage: Storage;
  crypto: Pick<Crypto, 'keyRing'>;
  sites: SiteStore;
}): Onboarding =>
  createOnboarding({
    connection: storage.records,
    ephemeral: storage.ephemeral,
    clock,
    sites,
    issuer: config.issuer,
    privateHosts: config.privateSiteHosts,
    signingKey: async () => (await crypto.keyRing.load()).signing,
  });
