import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { demoPlacesFile } from '../../config/demo/index.ts';
import { demoPeople } from '../../config/demo/people.ts';
import {
  type AuthoritySimulator,
  startAuthoritySimulator,
} from '../../config/demo/simulators/authority-server.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type FrozenClock, frozenClock } from '../support/frozen-clock.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';
import { signInAtPortal } from '../support/portal-sign-in.ts';
import { readQr } from '../support/read-qr.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';
import { createAuthenticator, type SoftwareAuthenticator } from '../support/virtual-authenticator.ts';
import { waitUntil } from '../support/wait.ts';

const key = 'a-key-for-the-tests';
const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36';

let simulator: AuthoritySimulator;
let instance: Instance;
let site: RelyingParty;
let clock: FrozenClock;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let device: SoftwareAuthenticator;
let phone: Browser;
let computer: Browser;
let people = 0;

const at = (path: string): URL => new URL(path, instance.issuer);

beforeAll(async () => {
  clock = frozenClock(new Date().toISOString());
  simulator = await startAuthoritySimulator({ key, port: 0, host: 'localhost' });
  const environment = {
    YIHAO_SMS_GATEWAY_URL: simulator.url,
    YIHAO_SMS_GATEWAY_KEY: key,
    YIHAO_NETWORK_PLACES_FILE: demoPlacesFile,
  };
  instance = await startInstance(environment, undefined, clock);
  site = await startRelyingParty(instance);
}, 30_000);
afterAll(async () => {
  await site?.stop();
  await instance?.stop();
  await simulator?.close();
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
  computer = createBrowser({ headers: { 'user-agent': windows } });
});

/** What a person sees at the computer: the page, the address in its code, the number beside it. */
interface Shown {
  page: BrowserPage;
  address: URL;
  number: string;
}

/** Reads the code as a camera does: from its picture. */
const shownOn = async (page: BrowserPage): Promise<Shown> => {
  const number = /数字：\s*(\d\d)/.exec(page.text)?.[1] ?? '';
  return { page, address: new URL(await readQr(page.html)), number };
};

const showCode = async (browser = computer): Promise<Shown> =>
  shownOn(await browser.click(await browser.get((await site.begin()).url), '扫码登录'));
const scan = async ({ address }: Shown): Promise<BrowserPage> => {
  await signInAtPortal(phone, instance.issuer, person.number);
  return phone.get(address);
};
const proofFor = (page: BrowserPage): string => {
  const options = /data-options="([^"]*)"/.exec(page.html)?.[1] ?? '';
  return JSON.stringify(
    device.assert(JSON.parse(options.replaceAll('&quot;', '"')) as { challenge: string }),
  );
};
const confirm = (page: BrowserPage, number: string): Promise<BrowserPage> =>
  phone.submit(page, { number, response: proofFor(page) }, /\/my\/qr\/[\w-]+$/.exec(page.url.href)?.[0]);
const look = ({ page }: Shown): Promise<BrowserPage> => computer.submit(page, {}, '/qr');
const wrong = (number: string): string => (number === '10' ? '11' : '10');

describe('signing in by a code that the phone scans', () => {
  test('leads the computer to the site once the number and a passkey are given on the phone', async () => {
    const attempt = await site.begin();
    const shown = await shownOn(await computer.click(await computer.get(attempt.url), '扫码登录'));
    const page = await scan(shown);
    for (const words of ['测试网站', 'Chrome · Windows', '127.0.*.*', '大致地点 本机'])
      expect(page.text).toContain(words);
    expect((await confirm(page, shown.number)).text).toContain('已确认');
    const consent = await look(shown);
    const landed = await computer.submit(consent, { decision: 'agree' }, '/consent');
    expect((await attempt.redeem(landed.url)).claims()).toMatchObject({
      acr: 'urn:yihao:loa:2',
      amr: ['hwk', 'user', 'mfa'],
    });
  });

  test('lets the person sign in on the phone first, and comes back to what was scanned', async () => {
    const shown = await showCode();
    const first = await phone.get(shown.address);
    const form = await phone.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
    const offer = await phone.submit(form, { number: person.number, password: testPassword }, '/password');
    const page = await phone.submit(offer, { skip: '1' }, '/passkey-offer');
    expect(page.url.href).toBe(shown.address.href);
    expect((await confirm(page, shown.number)).status).toBe(200);
  });

  test('waits, with the same code, for who looks too early', async () => {
    const shown = await showCode();
    const page = await look(shown);
    expect(page.text).toContain('手机上还没有确认');
    expect(await shownOn(page)).toMatchObject({ address: shown.address, number: shown.number });
  });

  test('tells the computer, as it happens, that the phone answered', async () => {
    const shown = await showCode();
    const url = at(/data-events="([^"]+)"/.exec(shown.page.html)?.[1] ?? '');
    const stream = await fetch(url, { headers: { cookie: computer.cookies.headerFor(url) } });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const told = stream.text();
    await confirm(await scan(shown), shown.number);
    expect(await told).toContain('data: approved\n\n');
    const stranger = await fetch(url);
    expect(stranger.status).toBe(410);
  });

  test('is refused for a wrong number, and the code is dead', async () => {
    const shown = await showCode();
    const page = await scan(shown);
    const refused = await confirm(page, wrong(shown.number));
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('两位数字不对')]);
    expect((await phone.get(shown.address)).status).toBe(410);
    const ended = await look(shown);
    expect(ended.text).toContain('手机上输入的数字不对');
    const another = await shownOn(await computer.click(ended, '换一个二维码'));
    expect(another.address.href).not.toBe(shown.address.href);
  });

  test('ends with “not me”, and the person is told of it', async () => {
    const shown = await showCode();
    const refused = await phone.submit(await scan(shown), {}, '/deny');
    expect(refused.text).toContain('已拒绝');
    expect((await look(shown)).text).toContain('手机上选择了“不是我”');
    const { rows } = await instance.app.house.consent.listNotices(person.accountId);
    expect(rows.map(({ kind }) => kind)).toContain('qr-denied');
  });

  test('is over after 60 seconds at both screens; one press shows another code', async () => {
    const shown = await showCode();
    const page = await scan(shown);
    clock.advance(60);
    const late = await confirm(page, shown.number);
    expect([late.status, late.text]).toEqual([410, expect.stringContaining('这个登录二维码已失效')]);
    const ended = await look(shown);
    expect(ended.text).toContain('二维码已过期');
    const another = await shownOn(await computer.click(ended, '换一个二维码'));
    expect(another.address.href).not.toBe(shown.address.href);
  });

  test('works once: neither the phone nor the computer can use the code again', async () => {
    const shown = await showCode();
    const page = await scan(shown);
    await confirm(page, shown.number);
    expect((await phone.get(shown.address)).status).toBe(410);
    expect((await look(shown)).url.pathname).toMatch(/^\/interaction\//);
    expect((await look(shown)).status).toBe(410);
  });

  test('signs in no browser but the one that shows the code, whoever has its picture', async () => {
    const shown = await showCode();
    const thief = createBrowser();
    const own = await showCode(thief);
    await confirm(await scan(shown), shown.number);
    expect((await thief.submit(own.page, {}, '/qr')).text).toContain('手机上还没有确认');
    expect((await thief.submit(shown.page, {}, '/qr')).status).toBe(410);
    expect((await thief.get(shown.address)).url.pathname).toMatch(/^\/interaction\//);
  });

  test('asks for the passkey of a phone that sends none, and leads who has none to add one', async () => {
    const shown = await showCode();
    const page = await scan(shown);
    const asked = await phone.submit(page, { number: shown.number, response: '' });
    expect([asked.status, asked.text]).toEqual([400, expect.stringContaining('没有收到人脸')]);
    expect((await confirm(asked, shown.number)).text).toContain('已确认');
    person = await instance.addPerson(people++);
    phone = createBrowser();
    expect((await scan(await showCode())).text).toContain('您还没有添加可以用人脸、指纹登录的设备');
  });
});

describe('a sign-in from a new device', () => {
  test('is told on the person’s own pages and by message, without who, where or what; the next one is not', async () => {
    await signInAtPortal(phone, instance.issuer, person.number);
    await signInAtPortal(computer, instance.issuer, person.number);
    const { phone: telephone } = demoPeople[people - 1] ?? {};
    const texts = () => simulator.state.messages().filter((sent) => sent.phone === telephone);
    await waitUntil(async () => texts().length > 0, 5);
    expect(texts()).toHaveLength(1);
    expect(texts()[0]?.text).not.toMatch(new RegExp(`${person.name}|${person.number}|127\\.0|本机`));
    const { rows } = await instance.app.house.consent.listNotices(person.accountId);
    const values = { device: 'Chrome · Windows', place: '本机 this computer' };
    const news = { kind: 'new-device-at', values };
    expect(rows).toEqual([expect.objectContaining(news)]);
    const ask = await computer.get(at('/my/sign-out'));
    await computer.submit(ask, { logout: 'yes' });
    await signInAtPortal(computer, instance.issuer, person.number);
    expect((await instance.app.house.consent.listNotices(person.accountId)).rows).toHaveLength(1);
    expect(texts()).toHaveLength(1);
  });
});
