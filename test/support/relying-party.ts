import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import * as client from 'openid-client';
import type { SiteProfile } from '../../src/oidc/index.ts';
import type { Browser, BrowserPage } from './browser-fetch.ts';
import { type Instance, testPassword } from './instance.ts';

/** A site registered at an instance, as openid-client runs it: code, PKCE, PAR, private_key_jwt, DPoP. */
export interface RelyingParty {
  clientId: string;
  redirectUri: string;
  /** What it signs with, and what its key set calls that key. */
  key: { key: CryptoKey; kid: string };
  configuration: client.Configuration;
  /** Pushes a new request and returns the address to send a browser to. */
  begin(parameters?: Record<string, string>): Promise<Attempt>;
  /** Makes a client assertion, as openid-client makes one for each of its calls. */
  assertion(lifetimeSeconds?: number): Promise<string>;
  /** What Yihao itself has sent to the site (sign-out notices), the body as text. */
  received: { path: string; body: string }[];
  stop(): Promise<void>;
}

/** One sign-in under way. */
export interface Attempt {
  url: URL;
  /** Takes the page the browser ended at and redeems the code in its address. */
  redeem(landed: URL): ReturnType<typeof client.authorizationCodeGrant>;
  dpop: client.DPoPHandle;
}

let serial = 0;

/** Registers a site and gives it a redirect address that answers. */
export async function startRelyingParty(
  instance: Instance,
  options: {
    scope?: string;
    metadata?: Record<string, unknown>;
    legalBasis?: Record<string, string>;
    authorityCode?: string;
    /** The rung it stands on; the lowest, so that a test can send whatever it tries, unless another is given. */
    profile?: SiteProfile;
  } = {},
): Promise<RelyingParty> {
  const { scope = 'openid name', metadata = {}, legalBasis = {}, authorityCode, profile = 'basic' } = options;
  const received: RelyingParty['received'] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    if (request.method === 'POST') received.push({ path: request.url ?? '', body });
    response.end('arrived at the site');
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const redirectUri = `${origin}/callback`;
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  serial += 1;
  const clientId = `site-${serial}`;
  const common = {
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [`${origin}/signed-out`],
    backchannel_logout_uri: `${origin}/sign-out-notice`,
    scope,
  };
  const keys = { jwks: { keys: [{ ...jwk, kid, alg: 'ES256', use: 'sig' }] } };
  await instance.app.house.sites.save(
    {
      clientId,
      name: { zh: '测试网站', en: 'Test site' },
      department: '测试部门',
      ...(authorityCode === undefined ? {} : { authorityCode }),
      purpose: '测试',
      homeUrl: `${origin}/`,
      enabled: true,
      legalBasis,
      profile,
      unsafeLesserProfileReason: 'a test of what the lowest rung lets through',
      metadata: { ...common, ...keys, grant_types: ['authorization_code', 'refresh_token'], ...metadata },
    },
    'test',
  );
  const configuration = await client.discovery(
    new URL(instance.issuer),
    clientId,
    undefined,
    client.PrivateKeyJwt({ key: privateKey, kid }),
    { execute: [client.allowInsecureRequests] },
  );
  return {
    clientId,
    redirectUri,
    key: { key: privateKey, kid },
    configuration,
    received,
    assertion: (lifetimeSeconds = 60) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'ES256', kid })
        .setIssuer(clientId)
        .setSubject(clientId)
        .setAudience(instance.issuer)
        .setJti(client.randomNonce())
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds} seconds`)
        .sign(privateKey),
    begin: (parameters = {}) =>
      beginSignIn(configuration, { redirect_uri: redirectUri, scope, ...parameters }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Begins a sign-in as any client of openid-client does: PAR, PKCE, state, nonce, DPoP. */
export const beginSignIn = async (
  configuration: client.Configuration,
  parameters: Record<string, string>,
): Promise<Attempt> => {
  const verifier = client.randomPKCECodeVerifier();
  const [state, nonce] = [client.randomState(), client.randomNonce()];
  const dpop = client.getDPoPHandle(configuration, await client.randomDPoPKeyPair('ES256'));
  const url = await client.buildAuthorizationUrlWithPAR(
    configuration,
    {
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...parameters,
    },
    { DPoP: dpop },
  );
  const checks = {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  };
  return {
    url,
    dpop,
    redeem: (landed) =>
      client.authorizationCodeGrant(configuration, landed, checks, undefined, { DPoP: dpop }),
  };
};

/** Signs in by password, passes the passkey offer and agrees; ends where the site's redirect address answers. */
export async function signInByPassword(
  browser: Browser,
  url: URL,
  number: string,
  password = testPassword,
): Promise<BrowserPage> {
  const first = await browser.get(url);
  const form = await browser.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
  const offer = await browser.submit(form, { number, password }, '/password');
  const consent = await browser.submit(offer, { skip: '1' }, '/passkey-offer');
  return consent.forms.some(({ action }) => action.includes('/consent'))
    ? browser.submit(consent, { decision: 'agree' }, '/consent')
    : consent;
}
