import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as client from 'openid-client';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { pushRequest, requestOf } from '../support/oidc-flow.ts';
import { type RelyingParty, signInByPassword, startRelyingParty } from '../support/relying-party.ts';

let instance: Instance;
let site: RelyingParty;
let other: RelyingParty;
let person: { number: string };
let browser: Browser;

beforeAll(async () => {
  instance = await startInstance();
  site = await startRelyingParty(instance);
  other = await startRelyingParty(instance);
  person = await instance.addPerson();
});
afterAll(async () => {
  await Promise.all([site?.stop(), other?.stop()]);
  await instance?.stop();
});
beforeEach(() => {
  browser = createBrowser();
});

const authorize = (changes: Record<string, string | null>) =>
  browser.get(`${instance.issuer}/authorize?${new URLSearchParams(requestOf(site, changes))}`, {
    follow: false,
  });
const push = async (changes: Record<string, string | null>) =>
  pushRequest(instance.issuer, requestOf(site, changes), await site.assertion());

describe('a request for sign-in', () => {
  test('that is good is taken, pushed or not', async () => {
    expect((await push({})).status).toBe(201);
    expect((await authorize({})).headers.get('location')).toMatch(/^\/interaction\//);
  });

  const verifier = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
  test.each<[string, Record<string, string | null>, string]>([
    ['with PKCE plain', { code_challenge: verifier, code_challenge_method: 'plain' }, 'invalid_request'],
    ['with PKCE of no named method', { code_challenge_method: null }, 'invalid_request'],
    ['without PKCE', { code_challenge: null, code_challenge_method: null }, 'invalid_request'],
    ['for a token in the address', { response_type: 'token' }, 'unsupported_response_type'],
    ['for an ID token in the address', { response_type: 'id_token' }, 'unsupported_response_type'],
    ['for a code and a token', { response_type: 'code id_token' }, 'unsupported_response_type'],
    ['with a request object', { request: 'e30.e30.' }, 'invalid_request_object'],
    ['with claims picked by hand', { scope: 'openid id_number' }, 'invalid_scope'],
  ])('%s is refused, pushed or not', async (_what, changes, error) => {
    expect(await push(changes)).toMatchObject({ status: 400, error });
    const { headers } = await authorize(changes);
    const back = new URL(headers.get('location') ?? '');
    expect(back.origin + back.pathname).toBe(site.redirectUri);
    const answer = new URLSearchParams(back.search || back.hash.slice(1));
    expect(answer.get('error')).toBe(error);
    expect(answer.get('state')).toBe('the-state');
    expect(answer.has('code')).toBe(false);
  });
});

describe('an address that is not the one registered', () => {
  test.each<[string, (uri: string) => string | null]>([
    ['elsewhere', () => 'https://evil.example/callback'],
    ['with more path', (uri) => `${uri}/more`],
    ['with a query', (uri) => `${uri}?next=1`],
    ['that climbs', (uri) => `${uri}/../other`],
    ['at another port', (uri) => uri.replace(/:\d+/, ':1')],
    ['behind a user name', (uri) => uri.replace('localhost', 'localhost@evil.example')],
    ['that runs a script', () => 'javascript:alert(1)'],
    ['left out', () => null],
  ])('%s gets a page and no redirect', async (_what, change) => {
    const changes = { redirect_uri: change(site.redirectUri) };
    const page = await authorize(changes);
    expect(page.status).toBe(400);
    expect(page.headers.get('location')).toBeNull();
    expect(page.html).toMatch(/^<!DOCTYPE html>/i);
    expect(page.html).not.toContain('evil.example');
    expect((await push(changes)).status).toBe(400);
  });

  test('is told apart in words a site can act on', async () => {
    const page = await authorize({ redirect_uri: `${site.redirectUri}/more` });
    expect(page.text).toContain('site-address-mismatch');
  });

  test('of a site nobody knows gets a page too', async () => {
    const page = await authorize({ client_id: 'nobody' });
    expect(page.status).toBe(400);
    expect(page.headers.get('location')).toBeNull();
    expect(page.text).toContain('site-unknown');
  });
});

describe('a code', () => {
  const land = async () => {
    const attempt = await site.begin();
    const { url } = await signInByPassword(browser, attempt.url, person.number);
    return { attempt, url };
  };

  test('is of no use without the verifier it was asked for with', async () => {
    const { attempt, url } = await land();
    const checks = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: url.searchParams.get('state') ?? '',
    };
    const options = { DPoP: attempt.dpop };
    const wrong = client.authorizationCodeGrant(site.configuration, url, checks, undefined, options);
    await expect(wrong).rejects.toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test('is of no use to another site', async () => {
    const { url } = await land();
    const checks = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: url.searchParams.get('state') ?? '',
    };
    const theft = client.authorizationCodeGrant(other.configuration, url, checks);
    await expect(theft).rejects.toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test('is not given for a request another site has pushed', async () => {
    const { request_uri = '' } = await push({});
    const query = new URLSearchParams({ client_id: other.clientId, request_uri });
    const page = await browser.get(`${instance.issuer}/authorize?${query}`, { follow: false });
    expect(page.headers.get('location') ?? '').not.toMatch(/interaction|code=/);
  });
});

describe('a client that has no secret and says so by Basic', () => {
  const open = 'open-client';
  const ask = async (
    path: '/par' | '/token' | '/token/revocation',
    by: string,
    changes: Record<string, string | null>,
  ): Promise<[number, unknown]> => {
    const request = { ...requestOf(site, { client_id: null, ...changes }) };
    const response = await fetch(`${instance.issuer}${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(by).toString('base64')}` },
      body: new URLSearchParams(request),
    });
    const { error } = ((await response.json().catch(() => ({}))) ?? {}) as { error?: string };
    return [response.status, error];
  };

  beforeAll(async () => {
    const { sites } = instance.app.house;
    const confidential = await sites.find(site.clientId);
    if (confidential === null) throw new Error('no site');
    const { unsafeLesserProfileReason: _reason, ...rest } = confidential;
    const { jwks: _jwks, ...metadata } = confidential.metadata;
    const keyless = { ...metadata, token_endpoint_auth_method: 'none' };
    await sites.save({ ...rest, clientId: open, metadata: keyless }, 'test');
  });

  test('is taken as one that names itself in the body, whether or not it does that too', async () => {
    expect(await ask('/par', `${open}:`, {})).toEqual([201, undefined]);
    expect(await ask('/par', `${open}:`, { client_id: open })).toEqual([201, undefined]);
    const code = { grant_type: 'authorization_code', code: 'none', code_verifier: 'v'.repeat(43) };
    expect(await ask('/token', `${open}:`, code)).toEqual([400, 'invalid_grant']);
    expect(await ask('/token/revocation', `${open}:`, { token: 'none' })).toEqual([200, undefined]);
  });

  test.each<[string, string, Record<string, string>, [number, string]]>([
    ['and names another in the body', `${open}:`, { client_id: 'other' }, [400, 'invalid_request']],
    ['and has a secret in the body', `${open}:`, { client_secret: 'x' }, [400, 'invalid_request']],
    ['and has an assertion', `${open}:`, { client_assertion: 'e30.e30.e30' }, [400, 'invalid_request']],
    ['and has one after all', `${open}:secret`, {}, [401, 'invalid_client']],
    ['and is nobody', 'nobody:', {}, [400, 'invalid_request']],
  ])('%s is refused', async (_what, by, changes, answer) => {
    expect(await ask('/par', by, changes)).toEqual(answer);
  });

  test('is refused where a key is registered for it', async () => {
    expect(await ask('/par', `${site.clientId}:`, {})).toEqual([400, 'invalid_request']);
    expect(await ask('/par', `${site.clientId}:`, { client_id: site.clientId })).toEqual([
      400,
      'invalid_request',
    ]);
  });
});
