import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import * as client from 'openid-client';
import { clerkKeysPath } from '../../config/demo/clerk-routes.tsx';
import { startDemoCounter } from '../../config/demo/counter-server.ts';
import { demoClerk } from '../../config/demo/sites.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type FrozenInstance, startFrozenInstance } from '../support/oidc-frozen.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';
import { createAuthenticator, type SoftwareAuthenticator } from '../support/virtual-authenticator.ts';

type Asked = client.BackchannelAuthenticationResponse;
type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

const grant = 'urn:openid:params:grant-type:ciba';
const nobodysNumber = '11010519491231002X';

let instance: FrozenInstance;
let keys: Server;
let privateKey: PrivateKey;
let counter: client.Configuration;
let other: client.Configuration;
let person: Awaited<ReturnType<FrozenInstance['addPerson']>>;
let device: SoftwareAuthenticator;
let phone: Browser;
let people = 0;

const at = (path: string): URL => new URL(path, instance.issuer);

const register = async (clientId: string, origin: string): Promise<client.Configuration> => {
  await instance.app.house.sites.save(
    {
      clientId,
      name: { zh: '政务服务窗口', en: 'Service counter' },
      department: '示例省政务服务局',
      purpose: '窗口确认办事人身份',
      homeUrl: `${origin}/`,
      enabled: true,
      legalBasis: {},
      metadata: {
        grant_types: [grant],
        jwks_uri: `${origin}/jwks`,
        place: { zh: '大厅 3 号窗口', en: 'Hall, counter 3' },
        scope: 'openid name',
      },
    },
    'test',
  );
  return client.discovery(at('/'), clientId, undefined, client.PrivateKeyJwt({ key: privateKey, kid: 'k' }), {
    execute: [client.allowInsecureRequests],
  });
};

beforeAll(async () => {
  instance = await startFrozenInstance();
  const pair = await generateKeyPair('ES256', { extractable: true });
  privateKey = pair.privateKey;
  const jwk: JWK = { ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'ES256', use: 'sig' };
  keys = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => keys.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(keys.address() as AddressInfo).port}`;
  [counter, other] = [await register('counter-3', origin), await register('counter-4', origin)];
}, 30_000);
afterAll(async () => {
  await instance?.stop();
  await new Promise((resolve) => keys.close(resolve));
});
beforeEach(async () => {
  person = await instance.addPerson(people++);
  const { accountId } = person;
  const { identity } = instance.app.house;
  device = createAuthenticator({ origin: instance.issuer, rpId: 'localhost' });
  const options = await identity.beginPasskeyRegistration({ accountId, binding: 'b' });
  const response = device.register(options);
  await identity.finishPasskeyRegistration({ accountId, binding: 'b', response, name: '手机' });
  phone = createBrowser();
  await signInAtPortal(phone, instance.issuer, person.number);
});

const question = {
  scope: 'openid name',
  binding_message: '蓝鲸 42',
  request_context: '不动产转移登记',
  clerk_id: 'SYN-007',
};

/** Puts a question in a signed request object, as one that names a person by number must be. */
const askByNumber = async (number: string, changes: Record<string, string> = {}): Promise<Asked> => {
  const request = await new SignJWT({ ...question, login_hint: `id_number:${number}`, ...changes })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setIssuer('counter-3')
    .setAudience(instance.issuer)
    .setIssuedAt()
    .setExpirationTime('60 seconds')
    .setJti(client.randomNonce())
    .sign(privateKey);
  return client.initiateBackchannelAuthentication(counter, { request });
};
const askByHint = (login_hint: string, changes: Record<string, string> = {}): Promise<Asked> =>
  client.initiateBackchannelAuthentication(counter, { ...question, login_hint, ...changes });
const matchCode = async (): Promise<string> => {
  const page = await phone.submit(await phone.get(at('/my/match-code')));
  return /(\d{4} \d{4})/.exec(page.text)?.[1] ?? '';
};
const poll = (asked: Asked, by = counter): Promise<client.TokenEndpointResponse> =>
  client.genericGrantRequest(by, grant, { auth_req_id: asked.auth_req_id });

const openRequest = async (): Promise<BrowserPage> =>
  phone.click(await phone.get(at('/my/requests')), '不动产转移登记');
const approve = (page: BrowserPage): Promise<BrowserPage> => {
  const options = /data-options="([^"]*)"/.exec(page.html)?.[1] ?? '';
  const challenge = JSON.parse(options.replaceAll('&quot;', '"')) as { challenge: string };
  return phone.submit(
    page,
    { response: JSON.stringify(device.assert(challenge)) },
    /requests\/[\w-]+$/.exec(page.url.href)?.[0],
  );
};

describe('a clerk who asks a person', () => {
  test('is answered once the person has compared and used a passkey; the counter knows who', async () => {
    const asked = await askByHint(await matchCode());
    expect(asked).toMatchObject({ interval: 5, expires_in: 300 });
    await expect(poll(asked)).rejects.toMatchObject({ error: 'authorization_pending' });
    const page = await openRequest();
    for (const words of ['蓝鲸 42', '大厅 3 号窗口', 'SYN-007', '政务服务窗口', '姓名'])
      expect(page.text).toContain(words);
    expect((await approve(page)).text).toContain('已确认');
    const tokens = await client.pollBackchannelAuthenticationGrant(counter, { ...asked, interval: 0 });
    expect(tokens.claims()).toMatchObject({ acr: 'urn:yihao:loa:2', amr: ['hwk', 'user', 'mfa'] });
    const info = await client.fetchUserInfo(counter, tokens.access_token, tokens.claims()?.sub ?? '');
    expect(info.name).toBe(person.name);
    expect((await phone.get(at('/my/uses'))).text).toContain('政务服务窗口');
    await expect(poll(asked)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('names the person by the number on the card, in a signed request only; the number is kept nowhere', async () => {
    const { ephemeral } = instance.app.house.storage;
    const put = jest.spyOn(ephemeral, 'put');
    const asked = await askByNumber(person.number);
    expect(JSON.stringify(put.mock.calls)).not.toContain(person.number);
    put.mockRestore();
    await approve(await openRequest());
    await expect(poll(asked)).resolves.toHaveProperty('access_token');
    await expect(askByHint(`id_number:${person.number}`)).rejects.toMatchObject({ error: 'invalid_request' });
  });

  test('learns nothing from the answer about whether somebody has an account', async () => {
    const [known, unknown] = [await askByNumber(person.number), await askByNumber(nobodysNumber)];
    expect(Object.keys(unknown)).toEqual(Object.keys(known));
    expect(unknown.auth_req_id).toHaveLength(known.auth_req_id.length);
    for (const asked of [known, unknown])
      await expect(poll(asked)).rejects.toMatchObject({ error: 'authorization_pending' });
    instance.clock.advance(301);
    const later = Date.now() + 301_000;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
    try {
      for (const asked of [known, unknown])
        await expect(poll(asked)).rejects.toMatchObject({ error: 'expired_token' });
    } finally {
      clock.mockRestore();
    }
  });

  test('is refused, and told the same, by “do not agree” and by “not me”', async () => {
    for (const why of ['refused', 'not-me']) {
      const asked = await askByHint(await matchCode());
      const page = await openRequest();
      expect((await phone.submit(page, { why }, '/refuse')).text).toContain('窗口没有得到任何信息');
      await expect(poll(asked)).rejects.toMatchObject({ error: 'access_denied' });
    }
  });

  test('finds nobody by a code that was used, is over two minutes old, or was made up', async () => {
    const used = await matchCode();
    await askByHint(used);
    const old = await matchCode();
    instance.clock.advance(121);
    for (const code of [used, old, '0000 0000', 'somebody'])
      await expect(askByHint(code)).rejects.toMatchObject({ error: 'unknown_user_id' });
  });

  test('has to say who they are, what for, and what to compare', async () => {
    for (const name of ['clerk_id', 'request_context', 'binding_message'])
      await expect(askByHint('0000 0000', { [name]: '' })).rejects.toMatchObject({
        error: 'invalid_request',
      });
  });

  test('cannot flood a person, nor tell by it whether there is one', async () => {
    for (const number of [person.number, nobodysNumber]) {
      for (let times = 0; times < 5; times += 1) await askByNumber(number);
      await expect(askByNumber(number)).rejects.toMatchObject({ error: 'access_denied' });
    }
  });
});

describe('the counter of the demo', () => {
  test('asks by what the person reads out, and says who confirmed', async () => {
    const privateJwk: JWK = { ...(await exportJWK(privateKey)), kid: 'k', alg: 'ES256', use: 'sig' };
    const clerk = { clientId: 'demo-clerk', privateJwk };
    const options = { issuer: instance.issuer, port: 0, host: 'localhost', clerk } as const;
    const hall = await startDemoCounter({ ...options, clientId: 'demo-counter', privateJwk });
    await instance.app.house.sites.save(demoClerk(hall.url, clerkKeysPath), 'test');
    const screen = createBrowser();
    const ask = async (who: string) => screen.submit(await screen.get(`${hall.url}/ask`), { who });
    expect((await ask('0000 0000')).text).toContain('匹配码不对');
    const waiting = await ask(await matchCode());
    const [, binding = ''] = /核对码是 (\S+ \d\d)/.exec(waiting.text) ?? [];
    const page = await openRequest();
    expect(page.text).toContain(binding);
    await approve(page);
    expect((await screen.get(`${hall.url}/ask`)).text).toContain(`本人已确认：${person.name}`);
    await hall.close();
  });
});

describe('an answer', () => {
  test('is taken once, from the person asked, and names clerk and person in the audit', async () => {
    const asked = await askByHint(await matchCode());
    const page = await openRequest();
    const stranger = createBrowser();
    const neighbour = await instance.addPerson(people++);
    await signInAtPortal(stranger, instance.issuer, neighbour.number);
    expect((await stranger.get(page.url)).status).toBe(410);
    await approve(page);
    expect((await phone.submit(page, { why: 'refused' }, '/refuse')).status).toBe(410);
    await expect(poll(asked, other)).rejects.toMatchObject({ error: 'invalid_grant' });
    await instance.app.house.audit.relay.runOnce();
    const { entries } = await instance.app.house.audit.searchEntries({
      type: 'counter.approved',
      actor: person.accountId,
    });
    expect(entries).toEqual([
      expect.objectContaining({
        event: expect.objectContaining({
          detail: expect.objectContaining({ clientId: 'counter-3', clerkId: 'SYN-007' }),
        }),
      }),
    ]);
  });

  test('without a passkey is none, and can be given again', async () => {
    const asked = await askByHint(await matchCode());
    const again = await phone.submit(await openRequest(), { response: '' });
    expect([again.status, again.text]).toEqual([400, expect.stringContaining('没有收到人脸')]);
    await expect(poll(asked)).rejects.toMatchObject({ error: 'authorization_pending' });
    expect((await approve(again)).text).toContain('已确认');
  });

  test('is waited for no more often than told', async () => {
    const asked = await askByHint(await matchCode());
    await expect(poll(asked)).rejects.toMatchObject({ error: 'authorization_pending' });
    await expect(poll(asked)).rejects.toMatchObject({ error: 'slow_down' });
  });
});
