import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Adapter, Provider } from 'oidc-provider';
import { AlreadyUsed } from './adapter.ts';
import type { DisclosureRecorder, PeopleLookup } from './claims.ts';
import { configurationOf, type ProviderKeys } from './configuration.ts';
import type { ProviderPages } from './pages.ts';

export interface ProviderDeps {
  settings: {
    issuer: string;
    behindProxy: boolean;
    sessionTtlSeconds: number;
    accessTokenTtlSeconds: number;
  };
  /** Reads the key ring as it is now. */
  loadKeys(): Promise<ProviderKeys>;
  adapter(model: string): Adapter;
  people: PeopleLookup;
  recordDisclosure: DisclosureRecorder;
  pairwise(sector: string, accountId: string): string;
  pages: ProviderPages;
  outboundFetch: typeof globalThis.fetch;
  nowSeconds(): number;
  /** Hears what the provider reports; the cause holds no personal data of ours. */
  report(event: string, cause: Error | null, detail: Record<string, string>): void;
}

/** The provider in use. It is built anew when the key ring changes; all its state is in the stores. */
export interface ProviderHolder {
  readonly current: Provider;
  /** Builds the provider anew if the ring moved on; returns whether it did. */
  refresh(): Promise<boolean>;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Builds the provider on the ring's present keys and holds it. */
export async function createProviderHolder(deps: ProviderDeps): Promise<ProviderHolder> {
  let keys = await deps.loadKeys();
  let current = build(deps, keys);
  let callback = current.callback();
  return {
    get current() {
      return current;
    },
    async refresh() {
      const latest = await deps.loadKeys();
      if (latest.edition === keys.edition) return false;
      keys = latest;
      current = build(deps, keys);
      callback = current.callback();
      return true;
    },
    handle: async (request, response) => {
      await callback(request, response);
    },
  };
}

const build = (deps: ProviderDeps, keys: ProviderKeys): Provider => {
  const provider = new Provider(deps.settings.issuer, configurationOf(deps, keys));
  answerReplaysAlike(provider);
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
