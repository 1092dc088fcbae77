import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import * as client from 'openid-client';
import { demoPeople } from '../../config/demo/people.ts';
import { refuseInProduction } from '../../config/simulator.ts';
import { readSimulatorOptions } from '../../src/commands/simulate.ts';
import { type RunningSimulator, startSimulator } from '../../src/commands/simulator.ts';
import { readPeople } from '../../src/commands/simulator-people.ts';
import { createBrowser } from '../support/browser-fetch.ts';

const redirectUri = 'http://localhost:9/callback';
let simulator: RunningSimulator;
let keys: CryptoKeyPair;

beforeAll(async () => {
  keys = (await generateKeyPair('ES256', { extractable: true })) as CryptoKeyPair;
  const registered = {
    clientId: 'by-file',
    name: { zh: '登记的网站', en: 'Registered' },
    department: '测试部门',
    purpose: '测试',
    homeUrl: 'http://localhost:9/',
    enabled: true,
    legalBasis: {},
    metadata: {
      redirect_uris: [redirectUri],
      scope: 'openid name',
      jwks: { keys: [await exportJWK(keys.publicKey)] },
    },
  };
  simulator = await startSimulator({
    host: 'localhost',
    port: 0,
    sites: [registered],
    anyClient: true,
    redirects: [],
    asksConsent: false,
  });
});
afterAll(() => simulator?.stop());
beforeEach(() => order('reset'));

const order = async (path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${simulator.issuer}/simulate/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const state = async () => (await fetch(`${simulator.issuer}/simulate`)).json() as Promise<State>;
interface State {
  ordered: unknown[];
  figures: { errors: number; ordered: number };
}

const discover = (clientId: string, auth: client.ClientAuth = client.None()) => {
  return client.discovery(new URL(simulator.issuer), clientId, undefined, auth, {
    execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks],
  });
};

/** Goes through a whole sign-in as a site and a browser do. */
const signIn = async (
  parameters: Record<string, string>,
  { configuration, pushed = false }: { configuration?: client.Configuration; pushed?: boolean } = {},
) => {
  const site = configuration ?? (await discover('any-site'));
  const verifier = client.randomPKCECodeVerifier();
  const asked = {
    redirect_uri: redirectUri,
    scope: 'openid name',
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...parameters,
  };
  const DPoP = pushed ? client.getDPoPHandle(site, await client.randomDPoPKeyPair('ES256')) : undefined;
  const options = DPoP === undefined ? {} : { DPoP };
  const address = pushed
    ? await client.buildAuthorizationUrlWithPAR(site, asked, options)
    : client.buildAuthorizationUrl(site, asked);
  const landed = await walk(address);
  const checks = { pkceCodeVerifier: verifier, expectedState: 'the-state', expectedNonce: 'the-nonce' };
  const tokens = await client.authorizationCodeGrant(site, landed, checks, undefined, options);
  const told = await client.fetchUserInfo(site, tokens.access_token, client.skipSubjectCheck, options);
  return { claims: tokens.claims(), told };
};

const browser = createBrowser();

/** Follows the redirects of a browser up to the site, where nobody listens. */
const walk = async (address: URL, by = browser): Promise<URL> => {
  for (let next = address; ; ) {
    if (next.href.startsWith(redirectUri)) return next;
    const page = await by.get(next, { follow: false });
    const location = page.headers.get('location');
    if (location === null) throw new Error(`ended at ${next.pathname}: ${page.status} ${page.text}`);
    next = new URL(location, next);
  }
};

const requestTo = (clientId: string, parameters: Record<string, string> = {}): URL => {
  const query = { client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope: 'openid' };
  const challenge = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' };
  return new URL(
    `${simulator.issuer}/authorize?${new URLSearchParams({ ...query, ...challenge, ...parameters })}`,
  );
};

describe('a sign-in', () => {
  test('goes through by itself for a client that nobody registered, as the person that login_hint names', async () => {
    const first = await signIn({ login_hint: '1' });
    expect(first.told.name).toBe(demoPeople[0]?.name);
    expect(first.claims?.acr).toBe('urn:yihao:loa:2');
    const second = await signIn({ login_hint: demoPeople[1]?.number ?? '' });
    expect(second.told.name).toBe(demoPeople[1]?.name);
    // Without a hint the one who is signed in stays so, as at an instance.
    expect((await signIn({})).told.name).toBe(demoPeople[1]?.name);
  });

  test('takes the assertion of an unregistered client, pushes requests and binds tokens', async () => {
    const configuration = await discover('keyed-site', client.PrivateKeyJwt(keys.privateKey));
    const { told } = await signIn({ login_hint: '3' }, { configuration, pushed: true });
    expect(told.name).toBe(demoPeople[2]?.name);
  });

  test('holds a client that is registered by file to its key', async () => {
    const own = await discover('by-file', client.PrivateKeyJwt(keys.privateKey));
    const { told } = await signIn({ login_hint: '1' }, { configuration: own, pushed: true });
    expect(told.name).toBe(demoPeople[0]?.name);
    const others = await generateKeyPair('ES256');
    const forged = await discover('by-file', client.PrivateKeyJwt(others.privateKey));
    await expect(signIn({ login_hint: '1' }, { configuration: forged, pushed: true })).rejects.toMatchObject({
      error: 'invalid_client',
    });
  });

  test('reaches the level asked for, unless another is ordered', async () => {
    const wanted = {
      claims: JSON.stringify({ id_token: { acr: { essential: true, values: ['urn:yihao:loa:3'] } } }),
    };
    const { claims } = await signIn({ ...wanted, login_hint: '1' });
    expect([claims?.acr, claims?.amr]).toEqual(['urn:yihao:loa:3', ['hwk', 'user', 'mfa']]);
    await expect(signIn({ ...wanted, login_hint: '1 level=2' })).rejects.toMatchObject({
      error: 'access_denied',
    });
    const lower = await signIn({ acr_values: 'urn:yihao:loa:3', login_hint: '1 level=2' });
    expect(lower.claims?.acr).toBe('urn:yihao:loa:2');
  });

  test('demands PKCE and an address of this computer', async () => {
    const plain = await browser.get(
      requestTo('strange', { redirect_uri: 'https://site.example/', login_hint: '1' }),
    );
    expect(plain.status).toBe(400);
    const bare = requestTo('any-site', { login_hint: '1' });
    bare.searchParams.delete('code_challenge');
    expect((await walk(bare)).searchParams.get('error')).toBe('invalid_request');
  });

  test('asks at consent when that is ordered', async () => {
    const page = await browser.get(requestTo('asking', { login_hint: '1 ask', scope: 'openid name' }));
    expect(page.forms.some(({ action }) => action.includes('/consent'))).toBe(true);
  });
});

describe('the page of people', () => {
  const visitor = createBrowser();

  test('lists them and says what it is, in both languages', async () => {
    const page = await visitor.get(requestTo('choosing'));
    for (const words of ['模拟器', demoPeople[19]?.name ?? '']) expect(page.text).toContain(words);
    expect(page.html).not.toContain(demoPeople[0]?.number);
    expect(page.headers.get('yihao-simulator')).toBe('yes');
    expect((await visitor.click(page, 'English')).text).toContain('Simulator: sign in as whom?');
  });

  test('signs in whoever is chosen, at the level chosen', async () => {
    const configuration = await discover('choosing');
    const verifier = client.randomPKCECodeVerifier();
    const challenge = await client.calculatePKCECodeChallenge(verifier);
    const page = await visitor.get(
      requestTo('choosing', { code_challenge: challenge, scope: 'openid name' }),
    );
    const chosen = await visitor.submit(page, { person: '2', level: '4' }, '/person', { follow: false });
    const landed = await walk(new URL(chosen.headers.get('location') ?? '', simulator.issuer), visitor);
    const tokens = await client.authorizationCodeGrant(configuration, landed, { pkceCodeVerifier: verifier });
    expect(tokens.claims()?.acr).toBe('urn:yihao:loa:4');
    const told = await client.fetchUserInfo(configuration, tokens.access_token, client.skipSubjectCheck);
    expect(told.name).toBe(demoPeople[1]?.name);
  });

  test('is shown when the hint is not understood', async () => {
    const page = await visitor.get(requestTo('choosing-again', { login_hint: '1 fault=token:unheard-of' }));
    expect(page.text).toContain('login_hint');
  });
});

/** What openid-client says of each failure. */
const failures: [endpoint: string, fault: string, value: string | number | undefined, says: RegExp][] = [
  ['authorize', 'error', undefined, /access_denied/],
  ['authorize', 'error', 'temporarily_unavailable', /temporarily_unavailable/],
  ['authorize', 'wrong-iss', undefined, /unexpected .*iss/],
  ['authorize', 'wrong-state', undefined, /unexpected .*state/],
  ['token', 'error', undefined, /invalid_grant/],
  ['token', 'status', 502, /502/],
  ['token', 'drop', undefined, /fetch failed/],
  ['token', 'bad-signature', undefined, /signature/],
  ['token', 'unknown-kid', undefined, /no-such-key|key/],
  ['token', 'expired', undefined, /timestamp.*"exp"/],
  ['token', 'wrong-nonce', undefined, /"nonce"/],
  ['token', 'wrong-aud', undefined, /"aud"/],
  ['token', 'wrong-iss', undefined, /"iss"/],
  ['userinfo', 'error', undefined, /401/],
  ['jwks', 'status', undefined, /503/],
];

/** Puts into a line what went wrong, the causes too. */
const toldOf = (error: unknown): string => {
  if (error instanceof Response) return `status ${error.status}`;
  if (!(error instanceof Error)) return JSON.stringify(error) ?? '';
  return [error.message, JSON.stringify(error), toldOf(error.cause)].join(' ');
};

const failureOf = (attempt: Promise<unknown>): Promise<string> => attempt.then(() => 'no failure', toldOf);

describe('a failure', () => {
  test.each(failures)('happens once where it is ordered: %s %s %s', async (endpoint, fault, value, says) => {
    expect((await order('next', { endpoint, fault, value })).status).toBe(201);
    const configuration = await discover('any-site');
    expect(await failureOf(signIn({ login_hint: '1' }, { configuration }))).toMatch(says);
    const { ordered, figures } = await state();
    expect([ordered, figures.errors, figures.ordered]).toEqual([[], 0, 1]);
  });

  test('makes an answer slow, as often as is ordered', async () => {
    await order('next', { endpoint: 'jwks', fault: 'delay', value: 60_000, times: 2 });
    const keySet = (signal?: AbortSignal) => fetch(`${simulator.issuer}/jwks`, signal ? { signal } : {});
    for (let time = 0; time < 2; time += 1)
      await expect(keySet(AbortSignal.timeout(20))).rejects.toMatchObject({ name: 'TimeoutError' });
    expect((await keySet()).status).toBe(200);
  });

  test('is ordered by login_hint for that sign-in alone', async () => {
    const configuration = await discover('any-site');
    const hinted = (fault: string) =>
      failureOf(signIn({ login_hint: `1 fault=${fault}` }, { configuration, pushed: true }));
    expect(await hinted('authorize:error:login_required')).toMatch(/login_required/);
    expect(await hinted('authorize:wrong-iss')).toMatch(/unexpected .*iss/);
    expect(await hinted('token:status:500')).toMatch(/500/);
    expect(await hinted('token:expired')).toMatch(/"exp"/);
    expect((await state()).ordered).toEqual([]);
  });

  test('may be meant for one client', async () => {
    await order('next', { endpoint: 'token', fault: 'error', clientId: 'another' });
    await signIn({ login_hint: '1' });
    expect((await state()).ordered).toHaveLength(1);
  });

  test('is refused where it cannot happen, and to pages and other hosts', async () => {
    for (const body of [
      { endpoint: 'jwks', fault: 'expired' },
      { endpoint: 'token', fault: 'status', value: 200 },
      { endpoint: 'token', fault: 'drop', value: 1 },
      { endpoint: 'token', fault: 'error', more: 1 },
    ]) {
      const answer = await order('next', body);
      expect([answer.status, await answer.json()]).toMatchObject([
        400,
        { error: 'simulator-order-malformed' },
      ]);
    }
    const byPage = await order(
      'next',
      { endpoint: 'token', fault: 'drop' },
      { origin: 'https://page.example' },
    );
    expect([byPage.status, (await state()).ordered]).toEqual([403, []]);
  });
});

describe('the command', () => {
  test('refuses to be reached by others, and to run beside an instance in production', async () => {
    await expect(readSimulatorOptions(['--any-client', '--host', '0.0.0.0'])).rejects.toThrow(/--host/);
    const flag = '--unsafe-anyone-who-reaches-it-signs-in-as-anyone';
    expect(await readSimulatorOptions(['--any-client', '--host', '0.0.0.0', flag])).toMatchObject({
      host: '0.0.0.0',
      port: 3020,
    });
    await expect(readSimulatorOptions([])).rejects.toThrow(/--sites/);
    expect(() => refuseInProduction({ YIHAO_MODE: 'production' })).toThrow(/YIHAO_MODE/);
  });

  test('takes people to order, who are nobody', () => {
    const people = readPeople('p.json', '[{"name":"测试甲","level":3},{"name":"测试乙"}]');
    expect(people).toMatchObject([{ name: '测试甲', number: '999999199001010016', level: 3 }, {}]);
    const real = '[{"name":"某某","number":"110101199001010010"}]';
    expect(() => readPeople('p.json', real)).toThrow(/999999/);
  });
});
