import * as client from 'openid-client';
import { type Browser, type BrowserPage, createBrowser } from '../test/support/browser-fetch.ts';
import type { Site } from './site.ts';

/** One client of one server under test: a browser of its own for each login, and the site behind it. */
export interface Visitor {
  /** Signs a person in from the site's button to userinfo; returns the tokens. */
  login(number: string): Promise<Tokens>;
  refresh(tokens: Tokens): Promise<Tokens>;
  introspect(tokens: Tokens): Promise<void>;
  /** Requests that have reached the server under test so far. */
  requests(): number;
}

export interface Tokens {
  access: string;
  refresh: string;
  dpop: client.DPoPHandle | undefined;
}

/** Shows at the sign-in page who somebody is; returns the page that comes next. */
export type Proof = (browser: Browser, signIn: BrowserPage, number: string) => Promise<BrowserPage>;

export interface VisitorOptions {
  issuer: string;
  site: Site;
  /** Push the request (PAR) and bind the tokens to a key (DPoP), as the demo's sites do. */
  bound: boolean;
  /** Without proof when left out: only the person's number. */
  prove?: Proof;
}

/** Names the person and proves nothing, which only a bench or a demo allows. */
export const withoutProof: Proof = (browser, { url }, number) =>
  browser.post(at(url, 'without-proof'), { number });

/** Makes a client that finds the server by discovery and checks signatures, nonce, state and subject. */
export async function createVisitor({
  issuer,
  site,
  bound,
  prove = withoutProof,
}: VisitorOptions): Promise<Visitor> {
  let requests = 0;
  const configuration = await client.discovery(
    new URL(issuer),
    site.client.client_id,
    undefined,
    client.PrivateKeyJwt({ key: site.privateKey, kid: site.kid }),
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
  );
  configuration[client.customFetch] = (url, options) => {
    requests += 1;
    return fetch(url, options as RequestInit);
  };
  const walk = async (url: URL, number: string): Promise<URL> => {
    const browser = createBrowser();
    const signIn = await browser.get(url);
    const consent = await prove(browser, signIn, number);
    const landed = await browser.submit(consent, { decision: 'agree' }, '/consent');
    for (const { visited } of [signIn, consent, landed])
      requests += visited.filter((address) => address.startsWith(`${issuer}/`)).length;
    return landed.url;
  };
  return {
    requests: () => requests,
    async login(number) {
      const dpop = bound
        ? client.getDPoPHandle(configuration, await client.randomDPoPKeyPair('ES256'))
        : undefined;
      const attempt = await begin(configuration, site, dpop);
      const landed = await walk(attempt.url, number);
      const options = dpop === undefined ? {} : { DPoP: dpop };
      const tokens = await client.authorizationCodeGrant(
        configuration,
        landed,
        attempt.checks,
        undefined,
        options,
      );
      const subject = tokens.claims()?.sub ?? '';
      const person = await client.fetchUserInfo(configuration, tokens.access_token, subject, options);
      if (!person.name) throw new Error('userinfo tells no name');
      return tokensOf(tokens, dpop);
    },
    async refresh({ refresh, dpop }) {
      const options = dpop === undefined ? {} : { DPoP: dpop };
      const tokens = await client.refreshTokenGrant(configuration, refresh, undefined, options);
      if (tokens.refresh_token === refresh) throw new Error('the refresh token was not rotated');
      return tokensOf(tokens, dpop);
    },
    async introspect({ access }) {
      const { active } = await client.tokenIntrospection(configuration, access);
      if (!active) throw new Error('introspection says a fresh token is not active');
    },
  };
}

const at = (page: URL, step: string): URL => new URL(`${page.pathname}/${step}${page.search}`, page);

const tokensOf = (
  tokens: { access_token: string; refresh_token?: string },
  dpop: client.DPoPHandle | undefined,
): Tokens => {
  if (tokens.refresh_token === undefined) throw new Error('no refresh token was issued');
  return { access: tokens.access_token, refresh: tokens.refresh_token, dpop };
};

const begin = async (configuration: client.Configuration, site: Site, dpop?: client.DPoPHandle) => {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const parameters = {
    redirect_uri: site.client.redirect_uris[0] ?? '',
    scope: site.client.scope,
    // Without it the library gives no refresh token.
    prompt: 'consent',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  const url =
    dpop === undefined
      ? client.buildAuthorizationUrl(configuration, parameters)
      : await client.buildAuthorizationUrlWithPAR(configuration, parameters, { DPoP: dpop });
  const checks = {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  };
  return { url, checks };
};
