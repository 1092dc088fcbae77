import * as client from 'openid-client';
import { type AllowedWish, allowedOf, type CertificateWish, detailsOf } from './site-certificates.ts';
import { lazyConfiguration, type SiteClientOptions } from './site-discovery.ts';
import { SiteProblem } from './site-problem.ts';
import type { SiteLanguage } from './site-text.ts';

/** A sign-in under way: what the answer is checked against. */
export interface SignInAttempt {
  state: string;
  nonce: string;
  codeVerifier: string;
  proofKeys: client.CryptoKeyPair;
  /** The certificate that is asked for too; null for none. */
  wish: CertificateWish | null;
  /** Whether the person comes for an organisation. */
  forOrganisation: boolean;
}

/** What the site learnt of the person. */
export interface KnownPerson {
  /** Pairwise: this site's own name for the person. */
  subject: string;
  sid: string | null;
  name: string | null;
  phone: string | null;
  /** The organisation the person came for; absent when they came for themselves. */
  organisation?: string;
  signedInAt: Date | null;
  acr: string | null;
  idToken: string;
  /** The certificate the person lets this site read; null for none. */
  allowed: AllowedWish | null;
}

/** The site's side of OpenID Connect: PAR, PKCE, private_key_jwt, DPoP. Failures are SiteProblems. */
export interface SiteClient {
  begin(
    language: SiteLanguage,
    wish: CertificateWish | null,
    forOrganisation?: boolean,
  ): Promise<{ url: URL; attempt: SignInAttempt }>;
  /** @param answer the address the browser came back to, with its query */
  finish(answer: URL, attempt: SignInAttempt): Promise<KnownPerson>;
  endSessionUrl(idToken: string): Promise<URL>;
  /** Where the issuer's keys are. */
  jwksUri(): Promise<URL>;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const problemOf = (error: unknown, otherwise: 'provider-unreachable' | 'answer-untrusted'): SiteProblem => {
  const options = { cause: error };
  if (error instanceof client.AuthorizationResponseError)
    return error.error === 'access_denied'
      ? new SiteProblem('sign-in-declined', null, options)
      : new SiteProblem('sign-in-refused', error.error, options);
  if (error instanceof client.ResponseBodyError)
    return new SiteProblem('sign-in-refused', error.error, options);
  const code = textOf((error as { code?: unknown }).code);
  const unreachable =
    code === 'OAUTH_TIMEOUT' || (error instanceof TypeError && error.message === 'fetch failed');
  return new SiteProblem(unreachable ? 'provider-unreachable' : otherwise, code, options);
};

/** Who came, and for whom: of who acts for somebody else, what is theirs stands under `act`. */
const partiesOf = (info: client.UserInfoResponse): Pick<KnownPerson, 'name' | 'phone' | 'organisation'> => {
  const person = (info['act'] ?? info) as { name?: unknown; phone_number?: unknown };
  const organisation = textOf((info['organisation'] as { name?: unknown } | undefined)?.name);
  return {
    name: textOf(person.name),
    phone: textOf(person.phone_number),
    ...(organisation === null ? {} : { organisation }),
  };
};

const learn = async (
  config: client.Configuration,
  tokens: Awaited<ReturnType<typeof client.authorizationCodeGrant>>,
  { DPoP, wish }: { DPoP: client.DPoPHandle; wish: CertificateWish | null },
): Promise<KnownPerson> => {
  const claims = tokens.claims();
  if (claims === undefined || tokens.id_token === undefined)
    throw new SiteProblem('answer-untrusted', 'no_id_token');
  const info = await client.fetchUserInfo(config, tokens.access_token, claims.sub, { DPoP });
  return {
    subject: claims.sub,
    sid: textOf(claims['sid']),
    ...partiesOf(info),
    signedInAt: claims.auth_time === undefined ? null : new Date(claims.auth_time * 1000),
    acr: textOf(claims['acr']),
    idToken: tokens.id_token,
    allowed: wish === null ? null : allowedOf(wish, tokens['authorization_details']),
  };
};

const authorizationParameters = async (
  { scope, origin }: SiteClientOptions,
  { state, nonce, codeVerifier, wish, forOrganisation }: SignInAttempt,
  levels: readonly string[],
): Promise<Record<string, string>> => ({
  redirect_uri: `${origin}/callback`,
  scope: forOrganisation ? `${scope} acting` : scope,
  ...(forOrganisation ? { acting: 'organisation' } : {}),
  state,
  nonce,
  code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
  code_challenge_method: 'S256',
  // Any level will do; asking is what makes the ID token tell it.
  ...(wish === null ? {} : { authorization_details: detailsOf(wish) }),
  ...(levels.length > 0 ? { acr_values: levels.join(' ') } : {}),
});

/** Makes a site's client. */
export function createSiteClient(options: SiteClientOptions): SiteClient {
  const configuration = lazyConfiguration(options);
  return {
    async begin(language, wish, forOrganisation = false) {
      const config = await configuration();
      const attempt: SignInAttempt = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        codeVerifier: client.randomPKCECodeVerifier(),
        proofKeys: await client.randomDPoPKeyPair('ES256'),
        wish,
        forOrganisation,
      };
      const levels = config.serverMetadata().acr_values_supported ?? [];
      const parameters = {
        ...(await authorizationParameters(options, attempt, levels)),
        ui_locales: language === 'en' ? 'en' : 'zh-CN',
      };
      const DPoP = client.getDPoPHandle(config, attempt.proofKeys);
      try {
        return { url: await client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP }), attempt };
      } catch (error) {
        throw problemOf(error, 'provider-unreachable');
      }
    },
    async finish(answer, { state, nonce, codeVerifier, proofKeys, wish }) {
      const config = await configuration();
      const DPoP = client.getDPoPHandle(config, proofKeys);
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier };
      try {
        const tokens = await client.authorizationCodeGrant(config, answer, checks, undefined, { DPoP });
        return await learn(config, tokens, { DPoP, wish });
      } catch (error) {
        throw error instanceof SiteProblem ? error : problemOf(error, 'answer-untrusted');
      }
    },
    endSessionUrl: async (idToken) =>
      client.buildEndSessionUrl(await configuration(), {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${options.origin}/signed-out`,
      }),
    async jwksUri() {
      const uri = (await configuration()).serverMetadata().jwks_uri;
      if (uri === undefined) throw new SiteProblem('provider-unreachable', 'no_jwks_uri');
      return new URL(uri);
    },
  };
}
