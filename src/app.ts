import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { Config } from '../config/index.ts';
import { projectRoot } from '../config/root.ts';
import { type Clock, epochSeconds } from './base/clock.ts';
import { type Crypto, type MasterKey, openCrypto } from './crypto/index.ts';
import { createCsrf, createMetrics, createProviderPages, createServer, type Log } from './http/index.ts';
import { createIdentity, type Identity } from './identity/index.ts';
import {
  createAdapter,
  createOutboundFetch,
  createOwnSignIn,
  createProviderHolder,
  createSiteStore,
  ownSiteOf,
  type Person,
  type ProviderDeps,
  type ProviderHolder,
  type SiteStore,
} from './oidc/index.ts';
import { openStorage, type Storage } from './storage/index.ts';
import { describeCitizenNumber } from './terms/citizen-number.ts';

/** The domains, open and ready, without a server. */
export interface House {
  storage: Storage;
  crypto: Crypto;
  identity: Identity;
  sites: SiteStore;
  close(): Promise<void>;
}

export interface HouseDeps {
  config: Config;
  masterKey: MasterKey;
  clock: Clock;
  log: Log;
}

/** Opens the stores and the domains on them. */
export async function openHouse({ config, masterKey, clock }: HouseDeps): Promise<House> {
  const storage = await openStorage(config.storage, clock);
  const crypto = await openCrypto({
    connection: storage.records,
    masterKey,
    clock,
    keyOverlapSeconds: config.keyOverlapSeconds,
  });
  const ownSite = ownSiteOf(config.issuer, config.region.name);
  const sites = createSiteStore(storage.records, clock, ownSite);
  const identity = createIdentity({
    connection: storage.records,
    ephemeral: storage.ephemeral,
    cipher: crypto.cipher,
    blindIndex: crypto.blindIndex,
    clock,
    relyingParty: { id: new URL(config.issuer).hostname, name: '一号', origins: [config.issuer] },
    region: config.region.code,
  });
  await Promise.all([sites.ready(), identity.ready()]);
  return { storage, crypto, identity, sites, close: () => storage.close() };
}

export interface App {
  house: House;
  listener: RequestListener;
  provider: ProviderHolder;
  /** Makes /readyz say no, so that a load balancer sends no more. */
  drain(): void;
}

/** Wires the whole: stores → domains → edges. */
export async function createApp(deps: HouseDeps): Promise<App> {
  const { config, log } = deps;
  const house = await openHouse(deps);
  const metrics = createMetrics();
  const settings = {
    regionName: config.region.name,
    helpLine: config.helpLine,
    secureCookies: config.issuer.startsWith('https:'),
  };
  const pages = createProviderPages({ settings, sites: house.sites, log });
  const provider = await createProviderHolder({
    ...providerPorts(deps, house),
    pages,
    report: (event, cause, detail) => {
      metrics.providerEvents.inc({ event });
      if (cause) log.warn({ event, err: cause, ...detail }, 'the provider reported');
    },
  });
  const csrf = createCsrf(deps.masterKey.derive('csrf'));
  let draining = false;
  const listener = await createServer({
    ...config,
    publicFolder: join(projectRoot(), 'views/public'),
    settings,
    log,
    metrics,
    ephemeral: house.storage.ephemeral,
    provider,
    interaction: {
      provider: () => provider.current,
      identity: house.identity,
      sites: house.sites,
      csrf,
      settings,
      hideAddress: addressHider(deps.masterKey),
      unsafeAnyoneMaySignInAsAnyone: config.unsafeAnyoneMaySignInAsAnyone,
    },
    portal: {
      ownSignIn: createOwnSignIn(() => provider.current),
      identity: house.identity,
      ephemeral: house.storage.ephemeral,
      csrf,
      settings,
      sessionTtlSeconds: config.sessionTtlSeconds,
      nowSeconds: () => epochSeconds(deps.clock),
    },
    ping: house.storage.ping,
    draining: () => draining,
  });
  const drain = (): void => {
    draining = true;
  };
  return { house, listener, provider, drain };
}

/** Network addresses are personal data: they enter keys only as digests that nobody without the master key can try. */
const addressHider = (masterKey: MasterKey): ((address: string) => string) => {
  const salt = masterKey.derive('address');
  return (address) => createHash('sha256').update(salt).update(address).digest('base64url').slice(0, 22);
};

const providerPorts = (
  { config, masterKey, clock }: HouseDeps,
  { storage, crypto, identity, sites }: House,
): Omit<ProviderDeps, 'pages' | 'report'> => ({
  settings: { ...config, behindProxy: config.trustedProxies > 0 },
  loadKeys: async () => {
    const { version, jwks, cookieSecrets } = await crypto.keyRing.load();
    // A retired key ends by the clock, without a new version.
    const edition = [version, ...jwks.keys.map(({ kid }) => kid)].join(' ');
    return { edition, jwks, cookieSecrets, dpopNonceSecret: masterKey.derive('dpop-nonce') };
  },
  adapter: (model) =>
    createAdapter(model, { ephemeral: storage.ephemeral, clock, findClient: sites.findClient }),
  people: async (accountId) => personOf(identity, accountId),
  pairwise: crypto.pairwise,
  outboundFetch: createOutboundFetch(config.privateSiteHosts),
  nowSeconds: () => epochSeconds(clock),
});

const personOf = async (identity: Identity, accountId: string): Promise<Person | null> => {
  const profile = await identity.findAccount(accountId);
  if (profile === null || profile.status !== 'active') return null;
  const about = describeCitizenNumber(profile.number);
  return {
    accountId,
    name: profile.name,
    number: profile.number,
    birthdate: about.birthDate ?? null,
    gender: about.sex ?? null,
    phone: profile.phone ?? null,
    assurance: profile.assurance,
  };
};
