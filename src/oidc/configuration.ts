import { type Configuration, errors, type JWK } from 'oidc-provider';
import { supportedAcrs } from '../terms/assurance.ts';
import { type CertificateRequests, createCertificateRequests } from './certificate-requests.ts';
import { accountOf, claimsOfScope, machineScopes } from './claims.ts';
import { loadGrant } from './own-sign-in.ts';
import { createPolicy } from './policy.ts';
import type { ProviderDeps } from './provider.ts';
import { createGuestCheck } from './recognition/guest-check.ts';
import { recognitionOf } from './recognition/guest-sessions.ts';
import { type CredentialKind, walletFeature } from './wallet-issuance.ts';
import { offerTtlSeconds } from './wallet-offers.ts';

/** What the key ring lends the provider. */
export interface ProviderKeys {
  /** Changes whenever the rest does. */
  edition: string;
  /** Private keys, the signing one first. */
  jwks: { keys: JWK[] };
  /** Public keys that the provider does not sign with and publishes at its address all the same. */
  publishedBeside: JWK[];
  /** The first signs, all verify. */
  cookieSecrets: string[];
  dpopNonceSecret: Buffer;
  /** 32 bytes. */
  walletNonceSecret: Buffer;
}

const maximumAssertionSeconds = 300;
const clockToleranceSeconds = 15;
const signingAlgorithms: ('ES256' | 'EdDSA' | 'PS256')[] = ['ES256', 'EdDSA', 'PS256'];

/** Puts the provider's settings together; each departure from the library's default says why. */
export function configurationOf(
  deps: ProviderDeps,
  keys: ProviderKeys,
  kinds: readonly CredentialKind[],
): Configuration {
  const secure = deps.settings.issuer.startsWith('https:');
  const certificates = createCertificateRequests(deps.settings.issuer, deps.consent);
  const { home, guests } = deps.regions;
  return {
    ...protocolSettings(),
    adapter: deps.adapter,
    jwks: keys.jwks as NonNullable<Configuration['jwks']>,
    cookies: cookieSettings(secure, keys.cookieSecrets),
    ttl: lifetimes(deps),
    features: {
      ...features(deps, keys, certificates),
      ...walletFeature(deps.settings.issuer, deps.wallet, { kinds, nonceSecret: keys.walletNonceSecret }),
    } as NonNullable<Configuration['features']>,
    fetch: deps.outboundFetch as NonNullable<Configuration['fetch']>,
    interactions: {
      policy: createPolicy(certificates, deps.people, [home.loginCheck, createGuestCheck(guests)]),
      // The site rides along so that an expired interaction can still offer the way back to it.
      url: (_ctx, interaction) =>
        `/interaction/${interaction.uid}?site=${encodeURIComponent(String(interaction.params['client_id']))}`,
    },
    extraParams: home.extraParams,
    findAccount: async (ctx, accountId, token) => {
      const person = await deps.people(accountId);
      if (person === null) return undefined;
      const { client, entities } = ctx.oidc;
      const grantId = entities.AccessToken?.grantId;
      const site = client && grantId ? { clientId: client.clientId, grantId } : null;
      const recognition = await recognitionOf(guests, accountId, client?.clientId, token);
      return accountOf({ ...person, ...recognition }, site, deps.recordDisclosure);
    },
    loadExistingGrant: loadGrant,
    pairwiseIdentifier: async (_ctx, accountId, client) =>
      deps.pairwise(String(client.sectorIdentifier ?? client.clientId), accountId),
    renderError: (ctx, out, cause) =>
      deps.pages.error(ctx, { error: out.error, description: out.error_description }, cause),
    clockTolerance: clockToleranceSeconds,
    assertJwtClientAuthClaimsAndHeader: async (_ctx, claims) => capLifetime(claims, deps.nowSeconds()),
  };
}

/**
 * Refuses a client assertion that lives too long: the library takes one of any age, and that is as good as a password.
 * A site that dates its assertion ahead does not lengthen it.
 */
const capLifetime = (claims: { exp?: unknown; iat?: unknown }, nowSeconds: number): void => {
  const issuedAt = Math.min(Number(claims.iat ?? nowSeconds), nowSeconds + clockToleranceSeconds);
  if (Number(claims.exp) - issuedAt <= maximumAssertionSeconds) return;
  const error_description = `a client assertion may live ${maximumAssertionSeconds} seconds at most: set exp no later`;
  throw Object.assign(new errors.InvalidClientAuth(), { error_description });
};

/** Where the provider's endpoints are, below the issuer. */
export const providerPaths = {
  authorization: '/authorize',
  challenge: '/credential/nonce',
  credential: '/credential',
  end_session: '/session/end',
  introspection: '/token/introspection',
  jwks: '/jwks',
  pushed_authorization_request: '/par',
  revocation: '/token/revocation',
  token: '/token',
  userinfo: '/userinfo',
} as const;

const protocolSettings = (): Configuration => ({
  acrValues: [...supportedAcrs],
  claims: Object.fromEntries(Object.entries(claimsOfScope).map(([scope, claims]) => [scope, [...claims]])),
  scopes: ['openid', 'offline_access', ...machineScopes],
  responseTypes: ['code'],
  subjectTypes: ['pairwise'],
  pkce: { required: () => true },
  // An absent redirect_uri must not mean "the one we know".
  allowOmittingSingleRegisteredRedirectUri: false,
  clientAuthMethods: ['none', 'private_key_jwt'],
  clientDefaults: {
    grant_types: ['authorization_code'],
    response_types: ['code'],
    token_endpoint_auth_method: 'private_key_jwt',
    id_token_signed_response_alg: 'ES256',
    authorization_signed_response_alg: 'ES256',
  } as NonNullable<Configuration['clientDefaults']>,
  enabledJWA: {
    idTokenSigningAlgValues: ['ES256'],
    clientAuthSigningAlgValues: signingAlgorithms,
    dPoPSigningAlgValues: ['ES256', 'EdDSA'],
    requestObjectSigningAlgValues: ['ES256'],
  },
  routes: providerPaths,
  rotateRefreshToken: () => true,
  discovery: {
    service_documentation: undefined,
    ui_locales_supported: ['zh-CN', 'en'],
  },
});

const cookieSettings = (secure: boolean, secrets: string[]): NonNullable<Configuration['cookies']> => {
  const options = { signed: true, httpOnly: true, sameSite: 'lax' as const, secure, overwrite: true };
  const prefix = secure ? '__Secure-' : '';
  return {
    keys: secrets,
    names: {
      session: secure ? '__Host-yihao_session' : 'yihao_session',
      interaction: `${prefix}yihao_interaction`,
      resume: `${prefix}yihao_resume`,
    },
    long: { ...options, path: '/' },
    short: options,
  };
};

const lifetimes = ({ settings, nowSeconds }: ProviderDeps): NonNullable<Configuration['ttl']> => ({
  AccessToken: settings.accessTokenTtlSeconds,
  AuthorizationCode: 60,
  ClientCredentials: settings.accessTokenTtlSeconds,
  Grant: settings.sessionTtlSeconds,
  PreAuthorizedCode: offerTtlSeconds,
  IdToken: settings.accessTokenTtlSeconds,
  Interaction: 1800,
  PushedAuthorizationRequest: 60,
  RefreshToken: settings.sessionTtlSeconds,
  // The library would start the time anew with every visit; a sign-in ends when its time is over.
  Session: (_ctx, session) =>
    Math.max(1, (session.loginTs ?? nowSeconds()) + settings.sessionTtlSeconds - nowSeconds()),
});

const features = (
  deps: ProviderDeps,
  keys: ProviderKeys,
  certificates: CertificateRequests,
): NonNullable<Configuration['features']> => ({
  ...certificates.features,
  devInteractions: { enabled: false },
  backchannelLogout: { enabled: true },
  clientCredentials: { enabled: true },
  dPoP: { enabled: true, nonceSecret: keys.dpopNonceSecret, requireNonce: () => false },
  // Otherwise any confidential site reads what another's token is for.
  introspection: {
    enabled: true,
    allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
  },
  pushedAuthorizationRequests: { enabled: true },
  requestObjects: deps.regions.home.requestObjects,
  revocation: {
    enabled: true,
    allowedPolicy: async (_ctx, client, token) => {
      if (token.clientId === client.clientId) return true;
      throw new errors.InvalidRequest('this token was given to another site');
    },
  },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: async (ctx) => {
      const state = ctx.oidc.session?.state as { secret: string; postLogoutRedirectUri?: string } | undefined;
      const action = ctx.oidc.urlFor('end_session_confirm');
      const returnTo = state?.postLogoutRedirectUri ?? null;
      await deps.pages.signOut(ctx, { action, xsrf: state?.secret ?? '', returnTo });
    },
    postLogoutSuccessSource: (ctx) => deps.pages.signedOut(ctx),
  },
  userinfo: { enabled: true },
});
