import { type Account, type Configuration, errors, type JWK, type KoaContextWithOIDC } from 'oidc-provider';
import { cookieNameOf } from '../base/cookie-name.ts';
import { counterRequestTtlSeconds } from '../identity/index.ts';
import { supportedAcrs } from '../terms/assurance.ts';
import { accountOfGrant } from './acting/account.ts';
import { createActingPrompt } from './acting/prompt.ts';
import { actingParameters } from './acting/request.ts';
import { type CertificateRequests, createCertificateRequests } from './certificate-requests.ts';
import { accountOf, claimsOfScope, machineScopes, type Person, type Release } from './claims.ts';
import { counterFeature, counterParameters, isNobody } from './counter/feature.ts';
import { deviceFlow } from './device/feature.ts';
import { deviceCodeTtlSeconds } from './device/registration.ts';
import { claimsParameter, grantedVerified } from './identity-assurance/claims-request.ts';
import { assuranceMetadata } from './identity-assurance/verified-claims.ts';
import { createMiniProgramCheck, miniProgramParameter } from './mini-program.ts';
import { sectorOf } from './native.ts';
import { sandboxCheck } from './onboarding/sandbox.ts';
import { loadGrant } from './own-sign-in.ts';
import { createPeopleMemory } from './people-memory.ts';
import { createPolicy } from './policy.ts';
import { assertProfile } from './profile-requests.ts';
import { isDemanded, profileMember, profileOfClient, strongAlgorithms } from './profiles.ts';
import type { ProviderDeps } from './provider.ts';
import { createGuestCheck } from './recognition/guest-check.ts';
import { recognitionOf } from './recognition/guest-sessions.ts';
import { createRecoveryPrompt } from './recovery-question.ts';
import { createIdleCheck } from './session/idle-check.ts';
import { absoluteSecondsOf } from './session/limits.ts';
import { holdToQuota } from './site-health/hold-to-quota.ts';
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

/** How long a client assertion may live. */
export const maximumAssertionSeconds = 300;
/** By how much the clocks of a site and the provider may differ. */
export const clockToleranceSeconds = 15;

/** Puts the provider's settings together; each departure from the library's default says why. */
export function configurationOf(
  deps: ProviderDeps,
  keys: ProviderKeys,
  kinds: readonly CredentialKind[],
): Configuration {
  const certificates = createCertificateRequests(deps.settings.issuer, deps.consent);
  const { home, guests } = deps.regions;
  const people = createPeopleMemory(deps.people);
  return {
    ...protocolSettings(),
    adapter: deps.adapter,
    jwks: keys.jwks as NonNullable<Configuration['jwks']>,
    cookies: cookieSettings(deps.settings.issuer, keys.cookieSecrets),
    ttl: lifetimes(deps),
    features: {
      ...features(deps, keys, certificates),
      ...walletFeature(deps.settings.issuer, deps.wallet, { kinds, nonceSecret: keys.walletNonceSecret }),
    } as NonNullable<Configuration['features']>,
    fetch: deps.outboundFetch as NonNullable<Configuration['fetch']>,
    interactions: {
      policy: createPolicy(
        certificates,
        people,
        [
          home.loginCheck,
          createGuestCheck(guests),
          createIdleCheck(deps.sessions),
          sandboxCheck,
          createMiniProgramCheck(deps.isMiniProgramClient),
        ],
        createActingPrompt(deps.acting),
        createRecoveryPrompt(deps.isRecovering),
      ),
      // The site rides along so that an expired interaction can still offer the way back to it.
      url: (_ctx, interaction) =>
        `/interaction/${interaction.uid}?site=${encodeURIComponent(String(interaction.params['client_id']))}`,
    },
    extraParams: [...home.extraParams, ...actingParameters, ...counterParameters, miniProgramParameter],
    findAccount: async (ctx, accountId, token) => {
      const person = await people(ctx, accountId);
      if (person === null) return isNobody(accountId) ? standIn(accountId) : undefined;
      const { client, entities } = ctx.oidc;
      const recognition = await recognitionOf(guests, accountId, client?.clientId, token);
      const release = (): Release | null => {
        const { Grant: grant } = entities;
        if (client === undefined || grant === undefined) return null;
        const verified = grantedVerified(grant.getOIDCClaims());
        return { clientId: client.clientId, grantId: grant.jti, verified };
      };
      const now = (): Date => new Date(deps.nowSeconds() * 1000);
      const tell = (one: Person): Account => accountOf(one, release, deps.recordDisclosure, now);
      const agent = tell({ ...person, ...recognition });
      const { grantId } = (token ?? {}) as { grantId?: string };
      const subjectOf = (id: string): string => deps.pairwise(sectorOf(client), id);
      return accountOfGrant(deps, grantId, { agent, tell, subjectOf });
    },
    loadExistingGrant: loadGrant,
    sectorIdentifierUriValidate: (client) => client.applicationType !== 'native',
    // A notice of a sign-out has no context: it names the person who signed out.
    pairwiseIdentifier: async (ctx: KoaContextWithOIDC | undefined, accountId, client) =>
      deps.pairwise(sectorOf(client), await deps.acting.subjectOf(ctx?.oidc?.entities.Grant?.jti, accountId)),
    renderError: (ctx, out, cause) => {
      const traceCode = deps.doctor.refused(ctx, cause);
      return deps.pages.error(
        ctx,
        { error: out.error, description: out.error_description, traceCode },
        cause,
      );
    },
    clockTolerance: clockToleranceSeconds,
    assertJwtClientAuthClaimsAndHeader: async (ctx, claims, header, client) => {
      capLifetime(claims, deps.nowSeconds());
      assertProfile(ctx, claims, client);
      await holdToQuota(deps.siteHealth, ctx, client.clientId);
      await deps.conduct.noteKey(client.clientId, header['kid']);
    },
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

/** Whom a counter asks by a number that nobody here has: nothing is ever told of them. */
const standIn = (accountId: string): Account => ({ accountId, claims: async () => ({ sub: accountId }) });

/** Where the provider's endpoints are, below the issuer. */
export const providerPaths = {
  authorization: '/authorize',
  backchannel_authentication: '/backchannel_authentication',
  challenge: '/credential/nonce',
  code_verification: '/device',
  credential: '/credential',
  device_authorization: '/device_authorization',
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
  claims: {
    ...Object.fromEntries(Object.entries(claimsOfScope).map(([scope, claims]) => [scope, [...claims]])),
    // No scope has it: it is asked for by the parameter `claims`.
    verified_claims: null,
  },
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
    introspection_signed_response_alg: 'ES256',
  } as NonNullable<Configuration['clientDefaults']>,
  enabledJWA: {
    idTokenSigningAlgValues: ['ES256'],
    clientAuthSigningAlgValues: strongAlgorithms,
    dPoPSigningAlgValues: ['ES256', 'EdDSA'],
    requestObjectSigningAlgValues: strongAlgorithms,
    authorizationSigningAlgValues: ['ES256'],
    introspectionSigningAlgValues: ['ES256'],
    userinfoSigningAlgValues: ['ES256'],
  },
  routes: providerPaths,
  extraClientMetadata: { properties: [profileMember] },
  // Where each token is bound to a key of the site's, a lost answer is not to lose the grant.
  rotateRefreshToken: ({ oidc }) => !isDemanded(profileOfClient(oidc.client), 'refresh'),
  discovery: {
    service_documentation: undefined,
    ui_locales_supported: ['zh-CN', 'en'],
    ...assuranceMetadata,
  },
});

const cookieSettings = (issuer: string, secrets: string[]): NonNullable<Configuration['cookies']> => {
  const secure = issuer.startsWith('https:');
  const options = { signed: true, httpOnly: true, sameSite: 'lax' as const, secure, overwrite: true };
  const prefix = secure ? '__Secure-' : '';
  return {
    keys: secrets,
    names: {
      session: cookieNameOf(issuer, 'yihao_session'),
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
  BackchannelAuthenticationRequest: counterRequestTtlSeconds,
  DeviceCode: deviceCodeTtlSeconds,
  ClientCredentials: settings.accessTokenTtlSeconds,
  Grant: settings.sessionTtlSeconds,
  PreAuthorizedCode: offerTtlSeconds,
  IdToken: settings.accessTokenTtlSeconds,
  Interaction: 1800,
  PushedAuthorizationRequest: 60,
  RefreshToken: settings.sessionTtlSeconds,
  // The library would start the time anew with every visit; a sign-in ends when its time is over.
  Session: (_ctx, { loginTs = nowSeconds(), acr }) => {
    const longest = Math.min(settings.sessionTtlSeconds, absoluteSecondsOf(settings.sessionLimits, acr));
    return Math.max(1, loginTs + longest - nowSeconds());
  },
});

const features = (
  deps: ProviderDeps,
  keys: ProviderKeys,
  certificates: CertificateRequests,
): NonNullable<Configuration['features']> => ({
  ...certificates.features,
  devInteractions: { enabled: false },
  backchannelLogout: { enabled: true },
  claimsParameter,
  clientCredentials: { enabled: true },
  ciba: counterFeature(deps.counterPeople),
  deviceFlow: deviceFlow(deps.pages),
  dPoP: { enabled: true, nonceSecret: keys.dpopNonceSecret, requireNonce: () => false },
  // Otherwise any confidential site reads what another's token is for.
  introspection: {
    enabled: true,
    allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
  },
  jwtIntrospection: { enabled: true },
  jwtResponseModes: { enabled: true },
  jwtUserinfo: { enabled: true },
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
