import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { projectRoot } from '../config/root.ts';
import { addressHider } from './address-hider.ts';
import { epochSeconds } from './base/clock.ts';
import { type House, type HouseDeps, openHouse } from './house.ts';
import {
  createCsrf,
  createMetrics,
  createProviderPages,
  createServer,
  departmentOperations,
} from './http/index.ts';
import {
  type CounterPings,
  createCounterAnswers,
  createMachineAccess,
  createOwnSignIn,
  createProviderHolder,
  createRegionSignIn,
  createWalletOffers,
  type ProviderHolder,
  type RegionSignIn,
  type Sessions,
} from './oidc/index.ts';
import { instanceCodeOf } from './open-audit.ts';
import { openCounterPings } from './open-counter-pings.ts';
import { openDoctor } from './open-doctor.ts';
import { openNetIdUpstream } from './open-net-id.ts';
import { openPlaces } from './open-places.ts';
import { openSessions } from './open-sessions.ts';
import { peerPorts } from './peer-ports.ts';
import { providerPorts } from './provider-ports.ts';
import { parseRegionCode } from './terms/region-code.ts';
import { kindIdOf } from './wallet-issuer.ts';

export interface App {
  house: House;
  listener: RequestListener;
  provider: ProviderHolder;
  sessions: Sessions;
  counterPings: CounterPings;
  /** Makes /readyz say no, so that a load balancer sends no more. */
  drain(): void;
}

/** Wires the whole: stores → domains → edges. */
export async function createApp(deps: HouseDeps): Promise<App> {
  const { config, log } = deps;
  const places = await openPlaces(config);
  const house = await openHouse(deps);
  const metrics = createMetrics(() => house.audit.measures.totals(), house.keys.overdue);
  const settings = {
    regionName: config.region.name,
    helpLine: config.helpLine,
    secureCookies: config.issuer.startsWith('https:'),
  };
  const regions = openRegionSignIn(deps, house);
  const sites = regions.home.withRegions(house.sites);
  const pages = createProviderPages({ settings, sites, log });
  const openedSessions = openSessions(deps, house, places);
  const counterPings = await openCounterPings(deps, house);
  const doctor = openDoctor(deps, house);
  const netIdUpstream = await openNetIdUpstream(deps, house);
  const provider = await createProviderHolder({
    ...providerPorts(deps, { ...house, sites }, regions),
    ...openedSessions.ports,
    counterPings,
    doctor,
    pages,
    report: (event, cause, detail) => {
      metrics.providerEvents.inc({ event });
      if (cause) log.warn({ event, err: cause, ...detail }, 'the provider reported');
    },
  });
  const sessions = openedSessions.on(provider);
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
      acting: house.acting,
      miniPrograms: house.miniPrograms,
      netIds: house.netIds,
      netIdUpstream,
      places,
      directory: house.directory,
      csrf,
      settings,
      hideAddress: addressHider(deps.masterKey),
      unsafeAnyoneMaySignInAsAnyone: config.unsafeAnyoneMaySignInAsAnyone,
      takesHardwareKeys: config.hardwareKeys !== 'none',
      nowSeconds: () => epochSeconds(deps.clock),
    },
    portal: {
      ...house,
      auditKeys: () => house.crypto.sealer.publicKeys(instanceCodeOf(config.region.code)),
      sites,
      ownSignIn: createOwnSignIn(() => provider.current, openedSessions.ports.sessions),
      sessions,
      closingDays: config.closingDays,
      phoneChangeSeconds: config.phoneChangeSeconds,
      counterAnswers: createCounterAnswers(() => provider.current, counterPings),
      walletOffers: createWalletOffers(() => provider.current, config.issuer),
      otherRegions: regions.otherRegions,
      netIdUpstream,
      places,
      regionCode: config.region.code,
      kindIdOf,
      ephemeral: house.storage.ephemeral,
      csrf,
      settings,
      hideAddress: addressHider(deps.masterKey),
      issuer: config.issuer,
      sessionTtlSeconds: config.sessionTtlSeconds,
      nowSeconds: () => epochSeconds(deps.clock),
    },
    developer: {
      ...house,
      doctor,
      ownSignIn: createOwnSignIn(() => provider.current, openedSessions.ports.sessions),
      ephemeral: house.storage.ephemeral,
      csrf,
      settings,
      issuer: config.issuer,
      sessionTtlSeconds: config.sessionTtlSeconds,
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
      siteHealth: house.siteHealth,
      ephemeral: house.storage.ephemeral,
      requestsPerMinute: config.requestsPerMinute,
      callsPerMinute: config.siteRequestsPerMinute,
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
    recover: {
      identity: house.identity,
      consent: house.consent,
      csrf,
      settings,
      issuer: config.issuer,
      hideAddress: addressHider(deps.masterKey),
      settleRecovery: (recoveryId) => house.identity.settleRecovery(recoveryId, endWaysIn(house, sessions)),
    },
    signedOut: { sessions, sites, settings, issuer: config.issuer },
    ping: house.storage.ping,
    draining: () => draining,
  });
  const drain = (): void => {
    draining = true;
  };
  return { house, listener, provider, sessions, counterPings, drain };
}

/** Ends what a recovery leaves nobody signed in by: a net-ID or mini-program that somebody else bound, and every session. */
export const endWaysIn =
  ({ netIds, miniPrograms }: Pick<House, 'netIds' | 'miniPrograms'>, sessions: Pick<Sessions, 'endAll'>) =>
  async (accountId: string): Promise<void> => {
    await netIds.unbind({ accountId, by: 'recovery' });
    await miniPrograms.removeAllBindings(accountId);
    await sessions.endAll(accountId);
  };

const ownLibraryOf = ({ issuer, region }: HouseDeps['config']) => ({
  region: region.code,
  name: { zh: region.name, en: region.name },
  address: issuer,
});

const openRegionSignIn = ({ config, clock }: HouseDeps, house: House): RegionSignIn =>
  createRegionSignIn({
    self: { issuer: config.issuer, regionCode: config.region.code },
    recognition: house.recognition,
    peerKeys: house.crypto.peerKeys,
    traffic: house.signInTraffic,
    ephemeral: house.storage.ephemeral,
    clock,
    privateHosts: config.privateSiteHosts,
    sessionTtlSeconds: config.sessionTtlSeconds,
  });
