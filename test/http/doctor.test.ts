import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { errors } from 'oidc-provider';
import { causeOf } from '../../src/oidc/doctor/causes.ts';
import { doctorZh } from '../../views/text/doctor-zh.ts';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';

type Cause = keyof typeof doctorZh.causes;

let instance: Instance;
let clock: FrozenClock;
let developer: Browser;
let keys: CryptoKeyPair;
let others: CryptoKeyPair;
let serial = 0;

const clientId = 'doctored';
const redirectUri = 'https://site.example/callback';

beforeAll(async () => {
  clock = frozenClock(new Date().toISOString());
  instance = await startInstance({ YIHAO_REQUESTS_PER_MINUTE: '100000' }, undefined, clock);
  [keys, others] = (await Promise.all([1, 2].map(() => generateKeyPair('ES256', { extractable: true })))) as [
    CryptoKeyPair,
    CryptoKeyPair,
  ];
  developer = createBrowser();
  const { accountId, number } = await instance.addPerson(0);
  await register({ clientId, developers: [accountId] });
  await register({
    clientId: 'pushing',
    developers: [accountId],
    require_pushed_authorization_requests: true,
  });
  await register({ clientId: 'off', developers: [accountId], enabled: false });
  await register({ clientId: 'of-another', developers: ['somebody-else'] });
  await signInAtPortal(developer, instance.issuer, number);
});
afterAll(() => instance?.stop());

const register = async (site: {
  clientId: string;
  developers: string[];
  enabled?: boolean;
  redirectUris?: string[];
  require_pushed_authorization_requests?: boolean;
}): Promise<void> => {
  const { clientId: id, developers, enabled = true, redirectUris = [redirectUri], ...metadata } = site;
  const jwks = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k-1', alg: 'ES256', use: 'sig' }] };
  await instance.app.house.sites.save(
    {
      clientId: id,
      name: { zh: '诊断示例', en: 'Doctored' },
      department: '测试部门',
      purpose: '测试',
      homeUrl: 'https://site.example/',
      enabled,
      legalBasis: {},
      developers,
      profile: 'basic',
      unsafeLesserProfileReason: 'what is refused on the lowest rung is diagnosed here',
      metadata: { redirect_uris: redirectUris, scope: 'openid name', jwks, ...metadata },
    },
    'test',
  );
};

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

const signed = (claims: JWTPayload, key = keys.privateKey, header: object = { alg: 'ES256', kid: 'k-1' }) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'ES256', ...header }).sign(key);

const assertion = (changes: Record<string, unknown> = {}, key?: CryptoKey): Promise<string> => {
  serial += 1;
  const times = { iat: nowSeconds(), exp: nowSeconds() + 60 };
  const who = { iss: clientId, sub: clientId, aud: instance.issuer };
  return signed({ ...who, ...times, jti: `assertion-${serial}`, ...changes }, key);
};

const proof = async (changes: JWTPayload = {}): Promise<Record<string, string>> => {
  serial += 1;
  const about = { htm: 'POST', htu: `${instance.issuer}/token`, iat: nowSeconds(), jti: `proof-${serial}` };
  const jwk = await exportJWK(keys.publicKey);
  return { DPoP: await signed({ ...about, ...changes }, keys.privateKey, { typ: 'dpop+jwt', jwk }) };
};

const hs256 = Buffer.from('{"alg":"HS256"}').toString('base64url');

const request = {
  client_id: clientId,
  redirect_uri: redirectUri,
  response_type: 'code',
  scope: 'openid',
  state: 'the-state-of-440101199001011234',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
};

type Sent = Record<string, string>;

const post = async (path: string, body: Sent, headers: Sent = {}): Promise<string> => {
  const answer = await fetch(`${instance.issuer}${path}`, {
    method: 'POST',
    body: new URLSearchParams(body),
    headers,
  });
  return codeIn(((await answer.json()) as { error_uri?: string }).error_uri);
};

const proven = async (client_assertion?: string): Promise<Sent> => ({
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: client_assertion ?? (await assertion()),
});

const push = async (changes: Sent = {}, client_assertion?: string): Promise<string> =>
  post('/par', { ...request, ...(await proven(client_assertion)), ...changes });

const redeem = async (changes: Sent = {}, headers: Sent = {}): Promise<string> => {
  const asked = { grant_type: 'authorization_code', code: 'x'.repeat(43), redirect_uri: redirectUri };
  const verifier = { code_verifier: 'v'.repeat(43) };
  return post('/token', { ...asked, ...verifier, ...(await proven()), ...changes }, headers);
};

const visit = async (path: string, query: Sent): Promise<Response> =>
  fetch(`${instance.issuer}${path}?${new URLSearchParams(query)}`, {
    redirect: 'manual',
    headers: { accept: 'text/html' },
  });

const codeOnPage = async (answer: Response): Promise<string> =>
  /\b[2-9A-HJ-NP-Z]{8}\b/.exec((await answer.text()).replace(/<head[\s\S]*<\/head>/, ''))?.[0] ?? '';

const codeIn = (address: string | null | undefined): string =>
  address?.startsWith(`${instance.issuer}/doctor/`) ? address.slice(-8) : '';

const redirected = (answer: Response): URLSearchParams =>
  new URL(answer.headers.get('location') ?? '').searchParams;

const without = (name: string): Sent =>
  Object.fromEntries(Object.entries(request).filter(([key]) => key !== name));

const cases: [Cause, () => Promise<string>][] = [
  ['redirectUri', () => push({ redirect_uri: `${redirectUri}/` })],
  ['pkceMissing', async () => post('/par', { ...without('code_challenge'), ...(await proven()) })],
  ['scope', () => push({ scope: 'openid id_number' })],
  ['responseType', () => push({ response_type: 'token' })],
  ['assertionMissing', () => post('/par', request)],
  ['assertionAudience', async () => push({}, await assertion({ aud: 'https://elsewhere.example' }))],
  ['assertionTooLong', async () => push({}, await assertion({ exp: nowSeconds() + 3600 }))],
  ['assertionExpired', async () => push({}, await assertion({ exp: nowSeconds() - 60 }))],
  ['assertionKey', async () => push({}, await assertion({}, others.privateKey))],
  ['assertionClaims', async () => push({}, await assertion({ jti: undefined }))],
  ['assertionAlgorithm', async () => push({}, (await assertion()).replace(/^[^.]+/, hs256))],
  ['grantType', () => redeem({ grant_type: 'refresh_token', refresh_token: 'r'.repeat(43) })],
  ['codeUnusable', () => redeem()],
  ['dpopMethod', async () => redeem({}, await proof({ htm: 'GET' }))],
  ['dpopAddress', async () => redeem({}, await proof({ htu: `${instance.issuer}/par` }))],
  ['dpopTime', async () => redeem({}, await proof({ iat: nowSeconds() - 3600 }))],
  ['dpopProof', () => redeem({}, { DPoP: 'no.proof.atall' })],
  ['clientUnknown', () => post('/par', { ...request, client_id: 'off' })],
  ['parameter', async () => post('/token', await proven())],
  [
    'assertionReplayed',
    async () => {
      const once = await assertion();
      await push({}, once);
      return push({}, once);
    },
  ],
  [
    'pushedUnusable',
    async () =>
      codeOnPage(
        await visit('/authorize', {
          client_id: clientId,
          request_uri: `urn:ietf:params:oauth:request_uri:${'x'.repeat(43)}`,
        }),
      ),
  ],
  [
    'redirectUri',
    async () => codeOnPage(await visit('/authorize', { ...request, redirect_uri: 'https://evil.example/' })),
  ],
  [
    'logoutAddress',
    async () =>
      codeOnPage(
        await visit('/session/end', {
          client_id: clientId,
          post_logout_redirect_uri: 'https://site.example/bye',
        }),
      ),
  ],
  [
    'pushedNeeded',
    async () =>
      codeIn(redirected(await visit('/authorize', { ...request, client_id: 'pushing' })).get('error_uri')),
  ],
  [
    'stepNeeded',
    async () =>
      codeIn(redirected(await visit('/authorize', { ...request, prompt: 'none' })).get('error_uri')),
  ],
];

describe('the developer of a site', () => {
  test.each(cases)('reads of a refusal: %s', async (cause, refuse) => {
    const { text } = await developer.get(new URL(`/doctor/${await refuse()}`, instance.issuer));
    expect(text).toContain(doctorZh.causes[cause].what);
    expect(text).toContain(doctorZh.causes[cause].fix);
  });

  test.each<[Cause, Error]>([
    ['pkceVerifier', new errors.InvalidGrant('code_verifier does not match code_challenge')],
    ['dpopReplayed', new errors.InvalidGrant('DPoP proof JWT Replay detected')],
    ['dpopMissing', new errors.InvalidGrant('DPoP proof JWT not provided')],
    ['tokenUnusable', new errors.InvalidToken('access token not found')],
    ['personDeclined', new errors.AccessDenied('the person did not agree')],
    ['visitOver', new errors.SessionNotFound('interaction session not found')],
    ['ours', new TypeError('redirect_uri')],
  ])('would read of what needs a sign-in before: %s', (cause, refusal) => {
    expect(causeOf(refusal)).toBe(cause);
  });

  test.each(['form_post', 'fragment'])('has the code in an answer by %s too', async (mode) => {
    const answer = await visit('/authorize', { ...request, prompt: 'none', response_mode: mode });
    const text = decodeURIComponent(`${answer.headers.get('location')} ${await answer.text()}`);
    const code = /\/doctor\/([2-9A-Z]{8})/.exec(text)?.[1] ?? '';
    expect((await developer.get(new URL(`/doctor/${code}`, instance.issuer))).status).toBe(200);
  });

  test('sees every parameter by name, and no secret nor number of a person', async () => {
    const secret = await assertion();
    const address = `${redirectUri}?idcard=440101199001011234`;
    const code = await push({ redirect_uri: address, login_hint: '13800138000' }, secret);
    const { text } = await developer.get(new URL(`/doctor/${code}`, instance.issuer));
    for (const shown of ['login_hint', 'state', `${redirectUri}?idcard=…`, '"kid":"k-1"', 'client_assertion'])
      expect(text).toContain(shown);
    for (const hidden of [
      '440101199001011234',
      '13800138000',
      secret.split('.')[2] ?? '',
      request.code_challenge,
    ])
      expect(text).not.toContain(hidden);
  });

  test('looks again after changing the registration, and sees what is different', async () => {
    const code = await push({ redirect_uri: `${redirectUri}/` });
    const page = await developer.get(new URL(`/doctor/${code}`, instance.issuer));
    expect(page.text).toContain('返回地址 当时： 不通过');
    const same = await developer.submit(page, {});
    expect(same.text).toContain('返回地址 当时： 不通过 现在： 不通过');
    const { developers = [] } = (await instance.app.house.sites.find(clientId)) ?? {};
    await register({ clientId, developers, redirectUris: [redirectUri, `${redirectUri}/`] });
    const changed = await developer.submit(page, {});
    expect(changed.text).toContain('返回地址 当时： 不通过 现在： 通过');
    expect(changed.text).toContain('client_assertion：kid 是网站的公钥 当时： 未核对 现在： 通过');
  });

  test('is told of another’s code what is said of none; a code is kept for seven days', async () => {
    const asked = { ...request, client_id: 'of-another' };
    const [foreign, own] = [await post('/par', asked), await push({ scope: 'openid id_number' })];
    const find = (code: string) => developer.get(new URL(`/doctor?code=${code}`, instance.issuer));
    expect((await find(own.toLowerCase())).url.pathname).toBe(`/doctor/${own}`);
    const [another, none] = [await find(foreign), await find('ZZZZZZZZ')];
    expect([another.status, none.status]).toEqual([404, 404]);
    expect(another.text).toBe(none.text);
    const stranger = createBrowser();
    expect((await stranger.get(new URL(`/doctor/${own}`, instance.issuer))).url.pathname).toMatch(
      /^\/interaction\//,
    );
    const kept = () => instance.app.house.storage.ephemeral.get(`doctor:${own}`);
    clock.advance(7 * 86_400 - 1);
    expect(await kept()).not.toBeNull();
    clock.advance(1);
    expect(await kept()).toBeNull();
  });
});
