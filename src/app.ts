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
  regionMessages,
} from './http/index.ts';
import type { Identity } from './identity/index.ts';
import {
  createAdapter,
  createMachineAccess,
  createOutboundFetch,
  createOwnSignIn,
  createProviderHolder,
  createRegionSignIn,
  createWalletOffers,
  type Disclosure,
  type Person,
  type ProviderDeps,
  type ProviderHolder,
  type RegionSignIn,
} from './oidc/index.ts';
import { type CitizenNumberFacts, describeCitizenNumber } from './terms/citizen-number.ts';
import { parseRegionCode, regionPrefixOf } from './terms/region-code.ts';
import { createWalletIssuer, kindIdOf } from './wallet-issuer.ts';

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
  const regions = openRegionSignIn(deps, house);
  const sites = regions.home.withRegions(house.sites);
  const pages = createProviderPages({ settings, sites, log });
  const provider = await createProviderHolder({
    ...providerPorts(deps, { ...house, sites }, regions),
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
      sites,
      otherRegions: regions.otherRegions,
      takeSignOutNotice: (token) => regions.takeSignOutNotice(provider.current, token),
      consent: house.consent,
      directory: house.directory,
      csrf,
      settings,
      hideAddress: addressHider(deps.masterKey),
      unsafeAnyoneMaySignInAsAnyone: config.unsafeAnyoneMaySignInAsAnyone,
      nowSeconds: () => epochSeconds(deps.clock),
    },
    portal: {
      ...house,
      ownSignIn: createOwnSignIn(() => provider.current),
      walletOffers: createWalletOffers(() => provider.current, config.issuer),
      kindIdOf,
      ephemeral: house.storage.ephemeral,
      csrf,
      settings,
      hideAddress: addressHider(deps.masterKey),
      issuer: config.issuer,
      sessionTtlSeconds: config.sessionTtlSeconds,
      nowSeconds: () => epochSeconds(deps.clock),
    },
    console: {
      ...house,
      ephemeral: house.storage.ephemeral,
      csrf,
      settings,
      issuer: config.issuer,
      regionCode: parseRegionCode(config.region.code),
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
      settings,
      hideAddress: addressHider(deps.masterKey),
      operations: departmentOperations({ ...house, issuer: config.issuer, ownLibrary: ownLibraryOf(config) }),
      log,
    },
    peer: peerPorts(deps, house),
    federation: {
      federation: house.federation,
      ephemeral: house.storage.ephemeral,
      hideAddress: addressHider(deps.masterKey),
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

const peerPorts = ({ config, masterKey, log }: HouseDeps, house: House) => ({
  link: house.peerLink,
  messages: regionMessages(house),
  describe: async () => ({
    entityId: config.issuer,
    regionCode: config.region.code,
    regionPrefix: regionPrefixOf(parseRegionCode(config.region.code)),
    name: config.region.name,
    agreementKey: (await house.crypto.agreementKeys.load()).current,
  }),
  signKeySet: async () =>
    house.crypto.agreementKeys.signKeySet(config.issuer, await operationalKeys(house.crypto)),
  ephemeral: house.storage.ephemeral,
  requestsPerMinute: config.requestsPerMinute,
  hideAddress: addressHider(masterKey),
  log,
});

/** Lists what other regions hold our word to: the keys of messages, and those of ID tokens and sign-out notices. */
const operationalKeys = async ({ peerKeys, keyRing }: House['crypto']) => {
  const [published, { jwks }] = await Promise.all([peerKeys.published(), keyRing.load()]);
  const ofTokens = jwks.keys.map(({ d: _private, ...published }) => published);
  return [...published, ...ofTokens];
};

const ownLibraryOf = ({ issuer, region }: HouseDeps['config']) => ({
  region: region.code,
  name: { zh: region.name, en: region.name },
  address: issuer,
});

/** Network addresses are personal data: they enter keys only as digests that nobody without the master key can try. */
const addressHider = (masterKey: MasterKey): ((address: string) => string) => {
  const salt = masterKey.derive('address');
  return (address) => createHash('sha256').update(salt).update(address).digest('base64url').slice(0, 22);
};

const openRegionSignIn = ({ config, clock }: HouseDeps, house: House): RegionSignIn =>
  createRegionSignIn({
    self: { issuer: config.issuer, regionCode: config.region.code },
    recognition: house.recognition,
    peerKeys: house.crypto.peerKeys,
    ephemeral: house.storage.ephemeral,
    clock,
    privateHosts: config.privateSiteHosts,
    sessionTtlSeconds: config.sessionTtlSeconds,
  });

const providerPorts = (
  { config, masterKey, clock }: HouseDeps,
  house: House,
  regions: RegionSignIn,
): Omit<ProviderDeps, 'pages' | 'report'> => ({
  regions,
  settings: { ...config, behindProxy: config.trustedProxies > 0 },
  loadKeys: async () => {
    const [{ version, jwks, cookieSecrets }, { published }] = await Promise.all([
      house.crypto.keyRing.load(),
      house.crypto.credentialKeys.load(),
    ]);
    // A retired key ends by the clock, without a new version.
    const edition = [version, ...[...jwks.keys, ...published.keys].map(({ kid }) => kid)].join(' ');
    return {
      edition,
      jwks,
      publishedBeside: published.keys,
      cookieSecrets,
      dpopNonceSecret: masterKey.derive('dpop-nonce'),
      walletNonceSecret: masterKey.derive('wallet-nonce'),
    };
  },
  adapter: (model) =>
    createAdapter(model, {
      ephemeral: house.storage.ephemeral,
      clock,
      findClient: house.sites.findClient,
      mayBeUsed: regions.guests.mayBeUsed,
    }),
  people: async (accountId) => personOf(house.identity, accountId),
  consent: house.consent,
  wallet: createWalletIssuer(house),
  recordDisclosure: (disclosure) => recordDisclosure(house, disclosure),
  pairwise: house.crypto.pairwise,
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
  // Of a guest there is what the home region released, and nothing else.
  const { linked = {} } = profile;
  const { number = linked.id_number ?? null, name = linked.name ?? null } = profile;
  const about: Partial<CitizenNumberFacts> = number === null ? {} : describeCitizenNumber(number);
  return {
    accountId,
    name,
    number,
    birthdate: about.birthDate ?? linked.birthdate ?? null,
    gender: about.sex ?? null,
    phone: profile.phone ?? linked.phone_number ?? null,
    assurance: profile.assurance,
  };
};
