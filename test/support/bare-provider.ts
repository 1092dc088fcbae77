import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import Provider, { type ClientMetadata, type Configuration } from 'oidc-provider';
import { memoryAdapters } from './memory-adapter.ts';

/** The OpenID Provider library with nothing of ours: whoever comes is signed in as the person named, and agrees. */
export interface BareProvider {
  issuer: string;
  /** Starts answering, for these clients. It listens before that, so that a client can be told the issuer. */
  serve(clients: ClientMetadata[]): void;
  /** Who the next sign-in is; null cancels it. */
  person: { accountId: string; claims: Record<string, string | boolean> } | null;
  /** Signs any payload as a logout token by the provider's key. */
  signLogoutToken(payload: JWTPayload): Promise<string>;
  /** How each sign-out notice went: 'success' or 'error'. */
  readonly notices: string[];
  close(): Promise<void>;
}

const configurationOf = (bare: BareProvider, clients: ClientMetadata[], key: JWK): Configuration => ({
  adapter: memoryAdapters(clients),
  jwks: { keys: [key] } as NonNullable<Configuration['jwks']>,
  cookies: { keys: ['only-for-tests'] },
  ttl: { AccessToken: 600, Grant: 3600, IdToken: 600, Interaction: 600, Session: 3600 },
  acrValues: ['urn:yihao:loa:2'],
  claims: { openid: ['sub'], name: ['name'], phone: ['phone_number', 'phone_number_verified'], acr: null },
  responseTypes: ['code'],
  subjectTypes: ['pairwise'],
  pkce: { required: () => true },
  clientAuthMethods: ['private_key_jwt'],
  enabledJWA: { idTokenSigningAlgValues: ['ES256'], clientAuthSigningAlgValues: ['ES256'] },
  pairwiseIdentifier: (_ctx, accountId, client) => `${accountId}@${client.clientId}`,
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, ...bare.person?.claims }),
  }),
  // The library's own refuses loopback addresses.
  fetch: ((url: string, { dispatcher: _guard, ...options }: { dispatcher?: unknown }) =>
    fetch(url, options)) as NonNullable<Configuration['fetch']>,
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    // The first proof is refused with a nonce to use, as a strict server does.
    dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => true },
  },
});

const finishInteractions = (provider: Provider, bare: BareProvider): void => {
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return next();
    const { prompt, params, session } = await provider.interactionDetails(ctx.req, ctx.res);
    if (bare.person === null) {
      const refusal = { error: 'access_denied', error_description: 'the person said no' };
      await provider.interactionFinished(ctx.req, ctx.res, refusal);
    } else if (prompt.name === 'login') {
      const login = { accountId: bare.person.accountId, acr: 'urn:yihao:loa:2', amr: ['pwd'] };
      await provider.interactionFinished(ctx.req, ctx.res, { login });
    } else {
      const grant = new provider.Grant({
        accountId: String(session?.accountId),
        clientId: String(params['client_id']),
      });
      grant.addOIDCScope(String(params['scope']));
      await provider.interactionFinished(ctx.req, ctx.res, { consent: { grantId: await grant.save() } });
    }
    ctx.respond = false;
  });
};

/** Opens a bare provider on a loopback port, a free one unless told. */
export async function openBareProvider(port = 0): Promise<BareProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'bare', alg: 'ES256', use: 'sig' };
  const notices: string[] = [];
  const bare: BareProvider = {
    issuer,
    person: null,
    notices,
    serve(clients) {
      const provider = new Provider(issuer, configurationOf(bare, clients, key));
      provider.on('backchannel.success', () => notices.push('success'));
      provider.on('backchannel.error', () => notices.push('error'));
      finishInteractions(provider, bare);
      server.on('request', provider.callback());
    },
    signLogoutToken: (payload) =>
      new SignJWT(payload)
        .setProtectedHeader({ alg: 'ES256', kid: 'bare', typ: 'logout+jwt' })
        .sign(privateKey),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return bare;
}
