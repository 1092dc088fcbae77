import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { importJWK, type JWK } from 'jose';
import * as client from 'openid-client';
import { startDemoCounter } from '../../config/demo/counter-server.ts';
import { readOrCreateSiteKey } from '../../config/demo/keys.ts';
import type { RunningSite } from '../../config/demo/site-server.ts';
import { type DemoSite, demoTerminal } from '../../config/demo/sites.ts';
import { terminalKeysPath } from '../../config/demo/terminal-routes.ts';
import { createDeviceLimits } from '../../src/oidc/index.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { testPassword } from '../support/instance.ts';
import { type FrozenInstance, startFrozenInstance } from '../support/oidc-frozen.ts';
import { readQr } from '../support/read-qr.ts';
import { startRelyingParty } from '../support/relying-party.ts';

type Code = client.DeviceAuthorizationResponse;

let instance: FrozenInstance;
let folder: string;
let hall: RunningSite;
let kiosk: DemoSite;
let configuration: client.Configuration;
let other: client.Configuration;
let person: Awaited<ReturnType<FrozenInstance['addPerson']>>;
let phone: Browser;

const at = (path: string): URL => new URL(path, instance.issuer);

const discover = async (clientId: string, privateJwk: JWK): Promise<client.Configuration> => {
  const key = await importJWK(privateJwk, 'ES256');
  if (key instanceof Uint8Array) throw new Error('not a key pair');
  const { kid = '' } = privateJwk;
  return client.discovery(at('/'), clientId, undefined, client.PrivateKeyJwt({ key, kid }), {
    execute: [client.allowInsecureRequests],
  });
};

beforeAll(async () => {
  instance = await startFrozenInstance();
  folder = await mkdtemp(join(tmpdir(), 'yihao-kiosk-'));
  const privateJwk = await readOrCreateSiteKey(join(folder, 'terminal.jwk'));
  hall = await startDemoCounter({
    issuer: instance.issuer,
    clientId: 'demo-counter',
    privateJwk,
    terminal: { clientId: 'demo-terminal', privateJwk },
    port: 0,
    host: 'localhost',
  });
  kiosk = demoTerminal(hall.url, terminalKeysPath);
  const { dpop_bound_access_tokens: _dpop, ...metadata } = kiosk.metadata;
  for (const site of [kiosk, { ...kiosk, clientId: 'kiosk-1', metadata }, { ...kiosk, clientId: 'kiosk-2' }])
    await instance.app.house.sites.save(site, 'test');
  [configuration, other] = await Promise.all([
    discover('kiosk-1', privateJwk),
    discover('kiosk-2', privateJwk),
  ]);
  person = await instance.addPerson();
}, 30_000);
afterAll(async () => {
  await hall?.close();
  await instance?.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  phone = createBrowser();
});

const askCode = (): Promise<Code> =>
  client.initiateDeviceAuthorization(configuration, { scope: 'openid name' });
const ask = (code: Code, by = configuration): Promise<unknown> =>
  client.genericGrantRequest(by, 'urn:ietf:params:oauth:grant-type:device_code', {
    device_code: code.device_code,
  });

const typeCode = async (code: string, browser = phone): Promise<BrowserPage> =>
  browser.submit(await browser.get(at('/device')), { user_code: code });
const confirm = (page: BrowserPage, browser = phone): Promise<BrowserPage> =>
  browser.submit(page, { confirm: 'yes' }, '/device');
/** Signs in by password and agrees, from the page that asks who it is. */
const signIn = async (first: BrowserPage, { number } = person, browser = phone): Promise<BrowserPage> => {
  const form = await browser.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
  const offer = await browser.submit(form, { number, password: testPassword }, '/password');
  const consent = await browser.submit(offer, { skip: '1' }, '/passkey-offer');
  return browser.submit(consent, { decision: 'agree' }, '/consent');
};

/** Reads the code on a page as a camera does: from its picture. */
const scan = async ({ html }: BrowserPage): Promise<URL> => new URL(await readQr(html));

describe('a person at a kiosk', () => {
  test('scans, compares code and place, signs in by the phone, and is greeted at the kiosk', async () => {
    const screen = createBrowser();
    const shown = await screen.submit(await screen.get(`${hall.url}/terminal`));
    const [code = ''] = /[A-Z]{4}-[A-Z]{4}/.exec(shown.text) ?? [];
    expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    const page = await phone.get(await scan(shown));
    for (const words of [code, '一楼 2 号自助终端', '自助办事', '示例市乙政务服务局'])
      expect(page.text).toContain(words);
    const done = await signIn(await confirm(page));
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('请看终端的屏幕')]);
    const greeted = await screen.get(`${hall.url}/terminal`);
    expect(greeted.text).toContain(`${person.name}，您好`);
    expect((await phone.get(at('/my/uses'))).text).toContain('自助办事');
    expect((await phone.get(at('/my/history'))).text).toContain('自助办事');
    expect((await screen.submit(greeted, {}, '/leave')).text).toContain('请用手机登录');
  });

  test('types the code in small letters and without the dash', async () => {
    const code = await askCode();
    expect(code).toMatchObject({ interval: 5, expires_in: 600, verification_uri: at('/device').href });
    const page = await typeCode(code.user_code.toLowerCase().replace('-', ' '));
    expect(page.text).toContain(code.user_code);
    await signIn(await confirm(page));
    const tokens = await client.pollDeviceAuthorizationGrant(configuration, { ...code, interval: 0 });
    expect(tokens.claims()).toMatchObject({ acr: 'urn:yihao:loa:2', amr: ['pwd'] });
    expect(tokens.claims()?.sub).not.toBe(person.accountId);
    await expect(ask(code)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('is asked first, also when signed in already', async () => {
    await signIn(await confirm(await typeCode((await askCode()).user_code)));
    const code = await askCode();
    const page = await phone.get(code.verification_uri_complete ?? '');
    await expect(ask(code)).rejects.toMatchObject({ error: 'authorization_pending' });
    expect((await confirm(page)).text).toContain('已确认');
    await expect(ask(code)).resolves.toHaveProperty('access_token');
  });

  test('says “not me”: the kiosk is refused, and the code is void', async () => {
    const code = await askCode();
    const page = await typeCode(code.user_code);
    expect((await phone.submit(page, { abort: 'yes' }, '/device')).text).toContain(
      '终端没有得到您的任何信息',
    );
    expect((await confirm(page)).text).not.toContain('已确认');
    await expect(ask(code)).rejects.toMatchObject({ error: 'access_denied' });
  });

  test('does not agree after signing in: the kiosk is refused', async () => {
    const code = await askCode();
    const first = await confirm(await typeCode(code.user_code));
    const refused = await phone.submit(first, {}, '/abort');
    expect(refused.text).toContain('终端没有得到您的任何信息');
    await expect(ask(code)).rejects.toMatchObject({ error: 'access_denied' });
  });

  test('comes too late: page and kiosk say that the code is over', async () => {
    const code = await askCode();
    const page = await typeCode(code.user_code);
    instance.clock.advance(601);
    const later = Date.now() + 601_000;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => later);
    try {
      expect((await confirm(page)).text).toContain('超过了 10 分钟');
      await expect(ask(code)).rejects.toMatchObject({ error: 'expired_token' });
    } finally {
      clock.mockRestore();
    }
  });
});

describe('a code', () => {
  test('is answered by one of two people who confirm it at the same time', async () => {
    const code = await askCode();
    const browsers = [createBrowser(), createBrowser()];
    const pages = await Promise.all(browsers.map((browser) => typeCode(code.user_code, browser)));
    const answers = await Promise.all(
      browsers.map((browser, place) => confirm(pages[place] as BrowserPage, browser)),
    );
    expect(answers.filter(({ url }) => url.pathname.startsWith('/interaction/'))).toHaveLength(1);
    expect((await typeCode(code.user_code, createBrowser())).text).toContain('现在不能用');
  });

  test('is claimed once, also by two who read it before either wrote', async () => {
    const { DeviceCode } = instance.app.provider.current;
    const userCode = (await askCode()).user_code.replace('-', '');
    const read = await Promise.all([
      DeviceCode.findByUserCode(userCode),
      DeviceCode.findByUserCode(userCode),
    ]);
    const writes = read.map((one) => one && Object.assign(one, { inFlight: true }).save());
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('that is wrong and one that was used are refused in the same words', async () => {
    const code = await askCode();
    await signIn(await confirm(await typeCode(code.user_code)));
    const wrong = await typeCode('BBBB-BBBB');
    const used = await typeCode(code.user_code);
    expect(used.text).toBe(wrong.text);
    expect((await phone.get(at('/device?user_code=BBBB-BBBB'))).text).toBe(wrong.text);
  });

  test('of one kiosk gets another nothing', async () => {
    const code = await askCode();
    await signIn(await confirm(await typeCode(code.user_code)));
    await expect(ask(code, other)).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(ask(code)).resolves.toHaveProperty('access_token');
  });

  test('cannot be guessed for long: the session is told to wait, and so is the address', async () => {
    let page = await phone.get(at('/device'));
    for (let guess = 0; guess < 20; guess += 1) page = await phone.submit(page, { user_code: 'BBBB-BBBB' });
    const refused = await phone.submit(page, { user_code: (await askCode()).user_code });
    expect([refused.status, refused.text]).toEqual([429, expect.stringContaining('试的次数太多了')]);
    expect(refused.headers.get('retry-after')).toBe('600');
    const limits = createDeviceLimits({
      ephemeral: instance.app.house.storage.ephemeral,
      clock: instance.clock,
      hideAddress: (address) => address,
    });
    const guesses = Array.from({ length: 201 }, (_, each) =>
      limits.countGuess('an address', `session ${each}`),
    );
    const outcomes = await Promise.allSettled(guesses);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    instance.clock.advance(601);
    expect((await typeCode('BBBB-BBBB')).status).toBe(200);
  });
});

describe('a kiosk', () => {
  test('that asks too often is told to slow down, and waits longer from then on', async () => {
    const code = await askCode();
    const answers: string[] = [];
    for (const seconds of [0, 1, 9, 5, 14]) {
      instance.clock.advance(seconds);
      answers.push(await ask(code).then(String, ({ error }: { error: string }) => error));
    }
    const [pending, slow] = ['authorization_pending', 'slow_down'];
    expect(answers).toEqual([pending, slow, pending, slow, pending]);
  });

  test('is known by its registration: no other site gets a code', async () => {
    const site = await startRelyingParty(instance);
    await expect(
      client.initiateDeviceAuthorization(site.configuration, { scope: 'openid' }),
    ).rejects.toMatchObject({ status: 400 });
    await site.stop();
  });

  test('is registered alone, with its keys’ address and its place', async () => {
    const { metadata } = kiosk;
    const wrong: [Record<string, unknown>, string][] = [
      [{ place: { zh: '大厅' } }, 'place'],
      [{ jwks_uri: undefined }, 'jwks_uri'],
      [{ grant_types: [...(metadata['grant_types'] as string[]), 'authorization_code'] }, 'grant_types'],
      [{ token_endpoint_auth_method: 'none' }, 'token_endpoint_auth_method'],
    ];
    for (const [change, names] of wrong) {
      const site = { ...kiosk, clientId: 'kiosk-wrong', metadata: { ...metadata, ...change } };
      await expect(instance.app.house.sites.save(site, 'test')).rejects.toThrow(names);
    }
  });
});

describe('the endpoints of kiosks', () => {
  test('answer what is no request of theirs with a page or a 404, never with a 500', async () => {
    const asked: [string, string][] = [
      ['GET', '/device/anything'],
      ['HEAD', '/device/anything'],
      ['POST', '/device/anything'],
      ['GET', '/device_authorization'],
      ['HEAD', '/device_authorization'],
      ['HEAD', '/device'],
      ['POST', '/device'],
    ];
    for (const [method, path] of asked) {
      const { status } = await fetch(at(path), { method });
      expect([path, method, status >= 200 && status < 500]).toEqual([path, method, true]);
    }
  });

  test('print no address that a Host header names', async () => {
    const { hostname, port } = at('/');
    const status = await new Promise((resolve) => {
      const headers = { host: 'evil.example', 'content-type': 'application/x-www-form-urlencoded' };
      request({ hostname, port, path: '/device_authorization', method: 'POST', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      }).end('client_id=kiosk-1');
    });
    expect(status).toBe(421);
  });
});
