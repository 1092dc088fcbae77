import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import {
  type MiniProgramSimulator,
  startMiniProgramSimulator,
} from '../../config/demo/simulators/mini-program-server.ts';
import { demoMiniProgram, demoMiniProgramApp } from '../../config/demo/sites.ts';
import { endWaysIn } from '../../src/app.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { testPassword } from '../support/instance.ts';
import { type FrozenInstance, startFrozenInstance } from '../support/oidc-frozen.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';

let instance: FrozenInstance;
let phone: MiniProgramSimulator;
let person: Awaited<ReturnType<FrozenInstance['addPerson']>>;
let other: typeof person;
let site: RelyingParty;
let webView: Browser;
let mine: Browser;

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const privateJwk = { ...(await exportJWK(privateKey)), kid: 'mini' };
  // Each has to be told where the other is.
  const port = await freePort();
  instance = await startFrozenInstance({
    YIHAO_MINI_PROGRAM_APP_ID: demoMiniProgramApp.appId,
    YIHAO_MINI_PROGRAM_SECRET: demoMiniProgramApp.secret,
    YIHAO_MINI_PROGRAM_PLATFORM_URL: `http://localhost:${port}`,
  });
  phone = await startMiniProgramSimulator({
    ...demoMiniProgramApp,
    issuer: instance.issuer,
    clientId: 'demo-mini-program',
    privateJwk,
    port,
    host: 'localhost',
  });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'mini', alg: 'ES256', use: 'sig' };
  await instance.app.house.sites.save(demoMiniProgram(phone.url, jwk), 'test');
  [person, other, site] = [
    await instance.addPerson(0),
    await instance.addPerson(1),
    await startRelyingParty(instance),
  ];
}, 30_000);
afterAll(async () => {
  await site?.stop();
  await phone?.close();
  await instance?.stop();
});
beforeEach(() => {
  webView = createBrowser();
  mine = createBrowser();
});

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const at = (path: string): URL => new URL(path, instance.issuer);
const press = (user: string): Promise<BrowserPage> => webView.post(`${phone.url}/sign-in`, { user });
const type = (user: string, linkCode: string): Promise<BrowserPage> =>
  webView.post(`${phone.url}/bind`, { user, link_code: linkCode });

const signInFully = async (first: BrowserPage, number: string, browser = webView): Promise<BrowserPage> => {
  const form = await browser.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
  const offer = await browser.submit(form, { number, password: testPassword }, '/password');
  return browser.submit(offer, { skip: '1' }, '/passkey-offer');
};

const agree = (page: BrowserPage): Promise<BrowserPage> =>
  webView.submit(page, { decision: 'agree' }, '/consent');

const makeCode = async ({ accountId } = person): Promise<string> =>
  (await instance.app.house.miniPrograms.makeLinkCode({ accountId, assurance: 2 })).linkCode;

/** Makes a link code at the person's own pages. */
const readCode = async (): Promise<string> => {
  await signInAtPortal(mine, instance.issuer, person.number);
  const page = await mine.submit(await mine.get(at('/my/mini-programs')), {}, '/my/mini-programs');
  const code = /(\d{4}) (\d{4})/.exec(page.text);
  if (code === null) throw new Error(`no code: ${page.text}`);
  return `${code[1]} ${code[2]}`;
};

const removeAll = async ({ accountId }: typeof person): Promise<void> => {
  const { miniPrograms } = instance.app.house;
  for (const { bindingId } of await miniPrograms.listBindings(accountId))
    await miniPrograms.removeBinding({ accountId, bindingId });
};

describe('a mini-program', () => {
  test('whose user nobody knows comes to the sign-in page, and the person signs in as ever', async () => {
    const first = await press('甲');
    expect(first.text).toContain('用人脸、指纹或锁屏密码登录');
    const consent = await signInFully(first, person.number);
    const end = await agree(consent);
    expect(end.text).toContain(`${person.name}，您好`);
    expect(end.text).toContain('urn:yihao:loa:2');
    expect(await instance.app.house.miniPrograms.listBindings(person.accountId)).toEqual([]);
  });

  test('that the person let in by a code signs them in by one button, at the first level, once', async () => {
    expect((await type('甲', await readCode())).text).toContain('已关联');
    const first = await press('甲');
    expect(first.text).toContain('用微信小程序登录');
    expect(first.text).not.toContain(person.name);
    const end = await agree(await webView.submit(first, {}, '/mini-program'));
    expect(end.text).toContain(`${person.name}，您好`);
    expect(end.text).toContain('urn:yihao:loa:1');

    const late = await webView.submit(first, {}, '/mini-program');
    expect([late.status, late.text]).toEqual([410, expect.stringContaining('已失效')]);
  });

  test('does not open the person’s own pages, nor another site', async () => {
    const signedIn = await agree(await webView.submit(await press('甲'), {}, '/mini-program'));
    expect(signedIn.text).toContain('您好');
    expect((await webView.get(at('/my'))).text).toContain('用人脸、指纹或锁屏密码登录');
    expect((await webView.get((await site.begin()).url)).text).toContain('用人脸、指纹或锁屏密码登录');
  });

  test('of a site that is not the mini-program’s brings nothing by its ticket', async () => {
    const { miniPrograms } = instance.app.house;
    const { ticket } = await miniPrograms.beginSignIn({ code: phone.platform.login('甲'), address: 'a' });
    const { url } = await site.begin({ mini_program_ticket: ticket });
    expect((await webView.get(url)).text).not.toContain('用微信小程序登录');
  });

  test('asks for a surer way when the site asks for more', async () => {
    const { miniPrograms, identity } = instance.app.house;
    const { ticket } = await miniPrograms.beginSignIn({ code: phone.platform.login('甲'), address: 'a' });
    expect(await miniPrograms.signIn(ticket)).toEqual({
      accountId: person.accountId,
      amr: ['mini_program'],
      assurance: 1,
    });
    expect(await identity.assuranceReached(person.accountId, ['mini_program'])).toBe(1);
    await expect(miniPrograms.signIn(ticket)).rejects.toMatchObject({ code: 'mini-program-expired' });
  });

  test('that waits longer than five minutes is told so, and can be signed in another way', async () => {
    const first = await press('甲');
    instance.clock.advance(301);
    const late = await webView.submit(first, {}, '/mini-program');
    expect([late.status, late.text]).toEqual([410, expect.stringContaining('超过 5 分钟')]);
    expect(late.text).toContain('用人脸、指纹或锁屏密码登录');
  });

  test('that the person removed signs nobody in any more', async () => {
    await signInAtPortal(mine, instance.issuer, person.number);
    const ask = await mine.click(await mine.get(at('/my/mini-programs')), '解除关联');
    expect(ask.text).toContain('解除这个微信的关联');
    expect((await mine.submit(ask, {}, '/remove')).text).toContain('还没有关联微信');
    expect((await press('甲')).text).toContain('用人脸、指纹或锁屏密码登录');
  });
});

describe('an account that was recovered', () => {
  test('lets no mini-program in any more, nor by a code made before', async () => {
    const [bound, before] = [await makeCode(), await makeCode()];
    expect((await type('甲', bound)).text).toContain('已关联');
    await endWaysIn(instance.app.house, instance.app.sessions)(person.accountId);
    expect(await instance.app.house.miniPrograms.listBindings(person.accountId)).toEqual([]);
    expect((await press('甲')).text).not.toContain('用微信小程序登录');
    expect((await type('甲', before)).text).toContain('关联码不对');
    instance.clock.advance(901);
    expect((await type('甲', await makeCode())).text).toContain('已关联');
    await removeAll(person);
  });
});

describe('a link code', () => {
  test('is not given to who is signed in at the first level', async () => {
    const { accountId } = person;
    const asked = instance.app.house.miniPrograms.makeLinkCode({ accountId, assurance: 1 });
    await expect(asked).rejects.toMatchObject({ code: 'mini-program-level' });
  });

  test('works once, in five minutes, and not for a user who belongs to another', async () => {
    const code = await makeCode();
    expect((await type('乙', code)).text).toContain('已关联');
    expect((await type('甲', code)).text).toContain('关联码不对');

    expect((await type('乙', await makeCode(other))).text).toContain('已关联另一个账号');
    const late = await makeCode(other);
    instance.clock.advance(301);
    expect((await type('甲', late)).text).toContain('超过 5 分钟');
    await removeAll(person);
    expect((await type('乙', await makeCode(other))).text).toContain('已关联');
    await removeAll(other);
  });

  test('cannot be guessed: five tries, then a wait', async () => {
    instance.clock.advance(901);
    for (let i = 0; i < 5; i += 1) expect((await type('甲', '00000000')).text).toContain('关联码不对');
    expect((await type('甲', await makeCode())).text).toContain('次数太多');
  });
});

describe('the platform', () => {
  const post = (code: string): Promise<Response> =>
    fetch(at('/mini-program/sign-ins'), { method: 'POST', body: new URLSearchParams({ code }) });

  test.each([
    [40029, 1, 400, 'mini-program-code-invalid'],
    [45011, 1, 429, 'mini-program-busy'],
    [-1, 2, 503, 'mini-program-unavailable'],
  ] as const)('that answers %i is told in words', async (errcode, times, status, error) => {
    phone.platform.order(errcode, times);
    const answer = await post(phone.platform.login('甲'));
    expect([answer.status, await answer.json()]).toEqual([status, expect.objectContaining({ error })]);
  });

  test('that is busy once is asked again; a code works once; no answer tells of anybody', async () => {
    phone.platform.order(-1);
    const code = phone.platform.login('甲');
    const answer = await post(code);
    const body = await answer.json();
    expect([answer.status, Object.keys(body as object).sort()]).toEqual([200, ['expires_in', 'ticket']]);
    expect((await post(code)).status).toBe(400);
    expect((await post('no-such-code')).status).toBe(400);
    const asked = phone.platform.asked;
    expect((await post('../secret?')).status).toBe(400);
    expect(phone.platform.asked).toBe(asked);
  });

  test('leaves neither openid nor session key in what is stored', async () => {
    const { records } = instance.app.house.storage;
    const stored = JSON.stringify(await records.model('MiniProgramBinding').find({}).lean().exec());
    expect(stored).toContain(person.accountId);
    expect(stored).not.toMatch(/openid-of|session_key|a2V5LW9m|u-1/);
  });
});
