import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Adapter, type JWK, Provider } from 'oidc-provider';
import type { Acting } from './acting/acting.ts';
import { AlreadyUsed } from './adapter.ts';
import type { CertificateConsent } from './certificate-details.ts';
import type { DisclosureRecorder, PeopleLookup } from './claims.ts';
import { configurationOf, type ProviderKeys } from './configuration.ts';
import type { CounterPeople } from './counter/feature.ts';
import type { CounterPings } from './counter/pings.ts';
import { guardDeviceFlow } from './device/feature.ts';
import type { DeviceLimits } from './device/limits.ts';
import type { Doctor } from './doctor/doctor.ts';
import type { ConductWatch } from './onboarding/conduct.ts';
import type { ProviderPages } from './pages.ts';
import { takePublicBasic } from './public-basic.ts';
import type { RegionSignIn } from './recognition/region-sign-in.ts';
import type { RecoveryLookup } from './recovery-question.ts';
import type { SessionKeeper } from './session/keeper.ts';
import type { SessionLimits } from './session/limits.ts';
import type { SignOutNotices } from './session/sign-out-notices.ts';
import type { SiteHealth } from './site-health/site-health.ts';
import type { CredentialKind, WalletIssuer } from './wallet-issuance.ts';

export interface ProviderDeps {
  settings: {
    issuer: string;
    behindProxy: boolean;
    sessionTtlSeconds: number;
    sessionLimits: SessionLimits;
    accessTokenTtlSeconds: number;
  };
  /** Reads the key ring as it is now. */
  loadKeys(): Promise<ProviderKeys>;
  adapter(model: string): Adapter;
  people: PeopleLookup;
  isRecovering: RecoveryLookup;
  consent: CertificateConsent;
  wallet: WalletIssuer;
  recordDisclosure: DisclosureRecorder;
  regions: Pick<RegionSignIn, 'home' | 'guests'>;
  acting: Acting;
  sessions: SessionKeeper;
  signOutNotices: Pick<SignOutNotices, 'attach'>;
  /** Tells whether a site is the mini-program's. */
  isMiniProgramClient(clientId: string): Promise<boolean>;
  pairwise(sector: string, accountId: string): string;
  pages: ProviderPages;
  deviceLimits: DeviceLimits;
  counterPeople: CounterPeople;
  counterPings: Pick<CounterPings, 'attach'>;
  conduct: Pick<ConductWatch, 'attach' | 'noteKey'>;
  doctor: Pick<Doctor, 'attach' | 'refused'>;
  siteHealth: Pick<SiteHealth, 'attach' | 'admit'>;
  outboundFetch: typeof globalThis.fetch;
  nowSeconds(): number;
  /** Hears what the provider reports; the cause holds no personal data of ours. */
  report(event: string, cause: Error | null, detail: Record<string, string>): void;
}

/** The provider in use. It is built anew when the key ring or the catalogue changes; all its state is in the stores. */
export interface ProviderHolder {
  readonly current: Provider;
  /** Builds the provider anew if the ring or the catalogue moved on; returns whether it did. */
  refresh(): Promise<boolean>;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Builds the provider on the ring's present keys and holds it. */
export async function createProviderHolder(deps: ProviderDeps): Promise<ProviderHolder> {
  let parts = await loadParts(deps);
  let current = build(deps, parts);
  let callback = current.callback();
  return {
    get current() {
      return current;
    },
    async refresh() {
      const latest = await loadParts(deps);
      if (latest.edition === parts.edition) return false;
      parts = latest;
      current = build(deps, parts);
      callback = current.callback();
      return true;
    },
    handle: async (request, response) => {
      await callback(request, response);
    },
  };
}

interface Parts {
  /** Changes whenever the rest does. */
  edition: string;
  keys: ProviderKeys;
  kinds: readonly CredentialKind[];
}

const loadParts = async (deps: ProviderDeps): Promise<Parts> => {
  const [keys, kinds] = await Promise.all([deps.loadKeys(), deps.wallet.kinds()]);
  return { edition: JSON.stringify([keys.edition, kinds]), keys, kinds };
};

const build = (deps: ProviderDeps, { keys, kinds }: Parts): Provider => {
  const provider = new Provider(deps.settings.issuer, configurationOf(deps, keys, kinds));
  answerReplaysAlike(provider);
  takePublicBasic(provider);
  publishBeside(provider, keys);
  guardDeviceFlow(provider, deps.deviceLimits);
  provider.use(async (ctx, next) => {
    await next();
    await deps.regions.guests.keepVisit(ctx);
    await deps.regions.home.countAnswered(ctx);
    await deps.sessions.keep(ctx);
  });
  deps.conduct.attach(provider);
  deps.doctor.attach(provider);
  deps.siteHealth.attach(provider);
  deps.signOutNotices.attach(provider);
  deps.counterPings.attach(provider);
  provider.proxy = deps.settings.behindProxy;
  provider.on('server_error', (_ctx, cause) => deps.report('server_error', cause, {}));
  provider.on('backchannel.error', (_ctx, cause, client) =>
    deps.report('backchannel.error', cause, { clientId: client.clientId }),
  );
  provider.on('backchannel.success', (_ctx, client) =>
    deps.report('backchannel.success', null, { clientId: client.clientId }),
  );
  provider.on('grant.error', (_ctx, cause) => deps.report('grant.error', cause, {}));
  provider.on('grant.success', (ctx) =>
    deps.report('grant.success', null, { clientId: ctx.oidc.client?.clientId ?? '' }),
  );
  return provider;
};

/**
 * Whoever checks credentials offline has always taken the region's keys from the provider's address, so those of
 * credentials stand there too. A key that has served both stands there once.
 */
const publishBeside = (provider: Provider, { jwks, publishedBeside }: ProviderKeys): void => {
  const own = new Set(jwks.keys.map(({ kid }) => kid));
  const others = publishedBeside.filter(({ kid }) => !own.has(kid));
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route === 'jwks') ctx.body = { keys: [...(ctx.body as { keys: JWK[] }).keys, ...others] };
  });
};

/**
 * Two copies of a proof or assertion that come at the same time both pass the library's look-up, and the store lets one
 * through. The other is answered as one that comes later is (invalid_client, invalid_dpop_proof).
 */
const answerReplaysAlike = ({ ReplayDetection }: Provider): void => {
  const unique = ReplayDetection.unique.bind(ReplayDetection);
  ReplayDetection.unique = async (...about) => {
    try {
      return await unique(...about);
    } catch (error) {
      if (error instanceof AlreadyUsed) return false;
      throw error;
    }
  };
};
