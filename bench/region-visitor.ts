import * as client from 'openid-client';
import { type Browser, type BrowserPage, createBrowser } from '../test/support/browser-fetch.ts';
import type { Site } from './site.ts';

/** A site of one region as people of two sign in at it, and the department behind it. */
export interface RegionVisitor {
  /** Signs in a citizen of the site's own region; returns the access token. */
  signInHere(number: string): Promise<string>;
  /** Signs in a citizen of the other region by their home. */
  signInAcross(number: string): Promise<string>;
  isActive(token: string): Promise<boolean>;
  /** Asks an operation for departments; returns the answer. Throws for any but 200. */
  call(path: string, body: object): Promise<Record<string, unknown>>;
}

export interface RegionVisitorOptions {
  issuer: string;
  site: Site;
  /** The code of the other region. */
  home: string;
  /** The scope of its calls as a department; it asks for a token once. */
  departmentScope?: string;
}

/** Makes a site, which checks signatures, nonce, state and subject as any does. */
export async function createRegionVisitor(options: RegionVisitorOptions): Promise<RegionVisitor> {
  const { issuer, site, home, departmentScope } = options;
  const configuration = await client.discovery(
    new URL(issuer),
    site.client.client_id,
    undefined,
    client.PrivateKeyJwt({ key: site.privateKey, kid: site.kid }),
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
  );
  const signIn = async (walk: (browser: Browser, url: URL) => Promise<BrowserPage>): Promise<string> => {
    const { url, checks } = await begin(configuration, site);
    const { url: landed } = await walk(createBrowser(), url);
    const tokens = await client.authorizationCodeGrant(configuration, landed, checks);
    const subject = tokens.claims()?.sub ?? '';
    const person = await client.fetchUserInfo(configuration, tokens.access_token, subject);
    if (!person.name) throw new Error('userinfo tells no name');
    return tokens.access_token;
  };
  const DPoP = client.getDPoPHandle(configuration, await client.randomDPoPKeyPair('ES256'));
  const scope = departmentScope ?? '';
  const token =
    scope === ''
      ? ''
      : (await client.clientCredentialsGrant(configuration, { scope }, { DPoP })).access_token;
  return {
    signInHere: (number) => signIn((browser, url) => walkHere(browser, url, number)),
    signInAcross: (number) => signIn((browser, url) => walkAcross(browser, url, { number, home })),
    isActive: async (of) => (await client.tokenIntrospection(configuration, of)).active,
    async call(path, body) {
      const url = new URL(`/api${path}`, issuer);
      const headers = new Headers({ 'content-type': 'application/json' });
      const text = JSON.stringify(body);
      const answer = await client.fetchProtectedResource(configuration, token, url, 'POST', text, headers, {
        DPoP,
      });
      const said = (await answer.json()) as Record<string, unknown>;
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${said['code']}`);
      return said;
    },
  };
}

const begin = async (configuration: client.Configuration, { client: registered }: Site) => {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: registered.redirect_uris[0] ?? '',
    scope: 'openid name',
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const checks = {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  };
  return { url, checks };
};

const withoutProof = (browser: Browser, { url }: BrowserPage, number: string): Promise<BrowserPage> =>
  browser.post(new URL(`${url.pathname}/without-proof${url.search}`, url), { number });

const walkHere = async (browser: Browser, url: URL, number: string): Promise<BrowserPage> => {
  const consent = await withoutProof(browser, await browser.get(url), number);
  return browser.submit(consent, { decision: 'agree' }, '/consent');
};

const walkAcross = async (
  browser: Browser,
  url: URL,
  { number, home }: { number: string; home: string },
): Promise<BrowserPage> => {
  const choice = await browser.click(await browser.get(url), '外地用户登录');
  // The last form is that of the regions; before it stands the search.
  const atHome = await browser.submit(choice, { region: home }, choice.forms.length - 1);
  const agreed = await withoutProof(browser, atHome, number);
  const back = await browser.submit(agreed, { decision: 'agree' }, '/consent');
  const consent = await browser.click(back, '继续');
  return browser.submit(consent, { decision: 'agree' }, '/consent');
};
