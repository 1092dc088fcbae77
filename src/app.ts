import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { projectRoot } from '../config/root.ts';
import { epochSeconds } from './base/clock.ts';
import type { MasterKey } from './crypto/index.ts';
import { type House, type HouseDeps, openHouse } from './house.ts';
import {
  createCsrf,
  createMetrics,
  createProviderPages,
  createServer,
  departmentOperations,
} from './http/index.ts';
import type { Identity } from './identity/index.ts';
import {
  createAdapter,
  createMachineAccess,
  createOutboundFetch,
  createOwnSignIn,
  createProviderHolder,
  type Disclosure,
  type Person,
  type ProviderDeps,
  type ProviderHolder,
} from './oidc/index.ts';
import { describeCitizenNumber } from './terms/citizen-number.ts';

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
      ...house,
      ownSignIn: createOwnSignIn(() => provider.current),
      ephemeral: house.storage.ephemeral,
      csrf,
      settings,
      issuer: config.issuer,
      sessionTtlSeconds: config.sessionTtlSeconds,
      nowSeconds: () => epochSeconds(deps.clock),
    },
    api: {
      issuer: config.issuer,
      access: createMachineAccess({
        provider: () => provider.current,
        ephemeral: house.storage.ephemeral,
        nowSeconds: () => epochSeconds(deps.clock),
      }),
      sites: house.sites,
      ephemeral: house.storage.ephemeral,
      callsPerMinute: config.requestsPerMinute,
      hideAddress: addressHider(deps.masterKey),
      operations: departmentOperations({ ...house, issuer: config.issuer }),
      log,
    },
    scan: { ...house, settings },
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
  { storage, crypto, identity, sites, consent }: House,
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
  recordDisclosure: (disclosure) => recordDisclosure({ sites, consent }, disclosure),
  pairwise: crypto.pairwise,
  outboundFetch: createOutboundFetch(config.privateSiteHosts),
  nowSeconds: () => epochSeconds(clock),
});

/** A site reads a person's claims: one row of the ledger, before they go out. */
const recordDisclosure = async (
  { sites, consent }: Pick<House, 'sites' | 'consent'>,
  { accountId, clientId, claims, grantId }: Disclosure,
): Promise<void> => {
  const site = await sites.find(clientId);
  await consent.recordAccess({
    person: { accountId },
    reader: { kind: 'site', id: clientId, name: site?.name ?? { zh: clientId, en: clientId } },
    what: { fields: claims },
    cause: { purpose: site?.purpose ?? '登录' },
    basis: { kind: 'consent', authorisationId: grantId },
    outcome: { kind: 'granted' },
    channel: 'sign-in',
  });
};

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
