import type { Config } from '../config/index.ts';
import type { Clock } from './base/clock.ts';
import { createSiteHealth, type SiteHealth, type SiteStore } from './oidc/index.ts';
import type { Storage } from './storage/index.ts';

/** Opens what is counted of sites, and their quotas. */
export const openSiteHealth = ({
  config,
  clock,
  storage,
  sites,
}: {
  config: Pick<Config, 'siteRequestsPerMinute'>;
  clock: Clock;
  storage: Storage;
  sites: SiteStore;
}): SiteHealth =>
  createSiteHealth({
    connection: storage.records,
    ephemeral: storage.ephemeral,
    clock,
    sites,
    usualRequestsPerMinute: config.siteRequestsPerMinute,
  });
