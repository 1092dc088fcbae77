import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { clerkKeysPath } from '../../config/demo/clerk-routes.tsx';
import { startDemoCounter } from '../../config/demo/counter-server.ts';
import { readOrCreateSiteKey } from '../../config/demo/keys.ts';
import { demoNewcomers } from '../../config/demo/newcomers.ts';
import {
  type AuthoritySimulator,
  startAuthoritySimulator,
} from '../../config/demo/simulators/authority-server.ts';
import type { RunningSite } from '../../config/demo/site-server.ts';
import { demoClerk, demoTerminal } from '../../config/demo/sites.ts';
import { terminalKeysPath } from '../../config/demo/terminal-routes.ts';
import { epochSeconds, systemClock } from '../../src/base/clock.ts';
import { addVirtualAuthenticator, axeViolations, launchBrowser } from '../support/chromium.ts';
import { testPassword } from '../support/instance.ts';
import { type FrozenInstance, startFrozenInstance } from '../support/oidc-frozen.ts';
import { takePicture } from '../support/pictures.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';
import { codeOfApp } from '../support/totp.ts';
import { readCode, sizes, typePassword } from './house.ts';

const key = 'a-key-for-the-tests';
const chosenPassword = '四个不相干的词 连在一起';

let folder: string;
let simulator: AuthoritySimulator;
let instance: FrozenInstance;
let site: RelyingParty;
let hall: RunningSite;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-authenticators-'));
  simulator = await startAuthoritySimulator({ key, port: 0, host: 'localhost' });
  const { url } = simulator;
  instance = await startFrozenInstance({
    YIHAO_SMS_GATEWAY_URL: url,
    YIHAO_SMS_GATEWAY_KEY: key,
    YIHAO_POPULATION_URL: url,
    YIHAO_POPULATION_KEY: key,
    YIHAO_FACE_CHECK_URL: url,
    YIHAO_FACE_CHECK_KEY: key,
    YIHAO_HARDWARE_KEYS: 'bound',
  });
  site = await startRelyingParty(instance);
  hall = await openHall();
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await hall?.close();
  await site?.stop();
  await instance?.stop();
  await simulator?.close();
  await rm(folder, { recursive: true });
});

/** Starts the demo's counter, with its kiosk and its clerk. */
const openHall = async (): Promise<RunningSite> => {
  const privateJwk = await readOrCreateSiteKey(join(folder, 'hall.jwk'));
  const opened = await startDemoCounter({
    issuer: instance.issuer,
    clientId: 'demo-counter',
    privateJwk,
    port: 0,
    host: 'localhost',
    terminal: { clientId: 'demo-terminal', privateJwk },
    clerk: { clientId: 'demo-clerk', privateJwk },
  });
  const { sites } = instance.app.house;
  await sites.save(demoTerminal(opened.url, terminalKeysPath), 'test');
  await sites.save(demoClerk(opened.url, clerkKeysPath), 'test');
  return opened;
};

const openPage = async (size: keyof typeof sizes): Promise<Page> => {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: sizes[size] });
  return context.newPage();
};

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string): Promise<void> =>
  page.getByRole('link', { name, exact: true }).click();
const my = (page: Page, path = ''): Promise<unknown> => page.goto(`${instance.issuer}/my${path}`);

/** What can be asked of a person, at a computer: its own fingerprint reader (synced passkeys) and a key in its port. */
type Device = 'internal' | 'usb';

interface Computer {
  page: Page;
  /** Makes one device answer, and no other. */
  use(device: Device | null): Promise<void>;
}

const openComputer = async (): Promise<Computer> => {
  const page = await openPage('desktop');
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const add = async (transport: Device): Promise<[Device, string]> => {
    const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport,
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        defaultBackupEligibility: transport === 'internal',
        defaultBackupState: transport === 'internal',
      },
    });
    return [transport, authenticatorId];
  };
  const devices = [await add('internal'), await add('usb')];
  return { page, use: (device) => answerWith(client, devices, device) };
};

const answerWith = async (
  client: CDPSession,
  devices: [Device, string][],
  wanted: Device | null,
): Promise<void> => {
  for (const [device, authenticatorId] of devices)
    await client.send('WebAuthn.setAutomaticPresenceSimulation', {
      authenticatorId,
      enabled: device === wanted,
    });
};

const person = demoNewcomers[0] ?? { name: '', number: '', phone: '' };

const codeSent = (): string =>
  /\d{6}/.exec(simulator.state.messages().find(({ phone }) => phone === person.phone)?.text ?? '')?.[0] ?? '';

const registerByPhone = async (page: Page): Promise<void> => {
  await follow(page, '用手机验证码登录或注册');
  await page.getByLabel('手机号码').fill(person.phone);
  await takePicture(page, 'phone');
  await press(page, '获取验证码');
  await page.getByLabel('6 位验证码').fill(codeSent());
  await takePicture(page, 'phone-code');
  await press(page, '登录或注册');
};

const raise = async (page: Page): Promise<void> => {
  await my(page, '/level');
  await takePicture(page, 'level-1');
  await page.getByRole('textbox', { name: '姓名' }).fill(person.name);
  await page.getByRole('textbox', { name: '证件号码' }).fill(person.number);
  await press(page, '核对');
  await follow(page, '了解并开始');
  await takePicture(page, 'face');
  await press(page, '同意并开始');
  await follow(page, '到核验机构的页面');
  await press(page, '通过 · Pass');
  await page.getByText('现在：第三级').waitFor();
  await takePicture(page, 'level-3');
};

/** Sets a password and an app beside it; returns the secret the app holds, and the recovery codes. */
const addCodes = async (page: Page): Promise<{ secret: string; recoveryCodes: string[] }> => {
  await my(page, '/password');
  await page.getByLabel('新密码').fill(chosenPassword);
  await takePicture(page, 'password-set');
  await press(page, '保存密码');
  await my(page, '/totp');
  await takePicture(page, 'totp-none');
  await press(page, '设置验证器应用');
  const secret = (await page.locator('main span.code').textContent()) ?? '';
  await page.getByLabel('应用显示的 6 位动态码').fill(codeOfApp(secret, instance.clock.now()));
  await takePicture(page, 'totp-set-up');
  await press(page, '完成设置');
  await page.getByRole('heading', { name: '请记下恢复码' }).waitFor();
  await takePicture(page, 'recovery-codes');
  const recoveryCodes = await page.locator('main li.code').allTextContents();
  return { secret, recoveryCodes };
};

/** Signs in at the site as it asks, and returns what the ID token says. */
const signIn = async (page: Page, parameters: Record<string, string>, prove: () => Promise<void>) => {
  const attempt = await site.begin(parameters);
  await page.goto(attempt.url.href);
  await prove();
  const later = page.getByRole('button', { name: '以后再说' });
  const agree = page.getByRole('button', { name: '同意并继续' });
  const landed = page.getByText('arrived at the site');
  for (const button of [later, agree]) {
    await later.or(agree).or(landed).waitFor();
    if (await button.isVisible()) await button.click();
  }
  await landed.waitFor();
  const claims = (await attempt.redeem(new URL(page.url()))).claims();
  return { acr: claims?.['acr'], amr: claims?.['amr'], authTime: claims?.auth_time ?? 0 };
};

/** The ways in, at the page of a sign-in. */
const waysAt = ({ page, use }: Computer) => ({
  passkey: async (device: Device): Promise<void> => {
    await use(device);
    await press(page, '用人脸、指纹或锁屏密码登录');
  },
  password: async (code: string): Promise<void> => {
    // Else it answers the browser's autofill.
    await use(null);
    await follow(page, '用密码登录');
    await typePassword(page, person.number, chosenPassword);
    await page.getByLabel('动态码或恢复码').fill(code);
    await takePicture(page, 'second');
    await press(page, '登录');
  },
});

/** Registers a newcomer at a computer, known at the third level, with every way to sign in that there is. */
const register = async ({ page, use }: Computer) => {
  await use('internal');
  await my(page);
  await takePicture(page, 'sign-in');
  await registerByPhone(page);
  await takePicture(page, 'passkey-offer');
  await press(page, '添加');
  await page.getByText('第一级').waitFor();
  await takePicture(page, 'my-1');
  await raise(page);
  await use('usb');
  await my(page, '/passkeys/add?key=usb');
  await takePicture(page, 'add-usb');
  await press(page, '添加这把密钥');
  await page.getByRole('link', { name: '管理“安全密钥”' }).waitFor();
  await takePicture(page, 'ways');
  return addCodes(page);
};

// A phone by hybrid is not among them: no virtual authenticator goes by the QR code, Bluetooth and the tunnel.
test('a person who registers by text message signs in by each way they add, and by a surer one where a site asks', async () => {
  const computer = await openComputer();
  const { page } = computer;
  const { secret, recoveryCodes } = await register(computer);
  const { passkey, password } = waysAt(computer);
  const asStranger = async (prove: () => Promise<void>) => {
    await page.context().clearCookies();
    const { acr, amr } = await signIn(page, {}, prove);
    return { acr, amr };
  };
  const [third, fourth] = [3, 4].map((level) => `urn:yihao:loa:${level}`);
  const byKey = { acr: fourth, amr: ['hwk', 'user', 'mfa'] };
  const byCode = { acr: third, amr: ['pwd', 'otp', 'mfa'] };

  expect(await asStranger(() => passkey('usb'))).toEqual(byKey);
  // A code serves once.
  instance.clock.advance(30);
  const code = codeOfApp(secret, instance.clock.now());
  expect(await asStranger(() => password(code))).toEqual(byCode);
  expect(await asStranger(() => password(recoveryCodes[0] ?? ''))).toEqual(byCode);
  const byPasskey = await asStranger(() => passkey('internal'));
  expect(byPasskey).toEqual({ acr: third, amr: ['swk', 'user', 'mfa'] });

  const askedAt = epochSeconds(systemClock);
  const surer = await signIn(page, { acr_values: fourth ?? '', max_age: '0' }, async () => {
    await passkey('internal');
    await page.getByText('第四级看的是登录方式').waitFor();
    await takePicture(page, 'step');
    await press(page, '换一种更可靠的方式登录');
    await passkey('usb');
  });
  expect(surer).toMatchObject(byKey);
  expect(surer.authTime).toBeGreaterThanOrEqual(askedAt);
}, 120_000);

describe('a person whose phone is signed in, with a passkey of its own', () => {
  let phone: Page;
  let name: string;

  beforeAll(async () => {
    const added = await instance.addPerson();
    ({ name } = added);
    phone = await openPage('phone');
    await addVirtualAuthenticator(phone);
    await my(phone);
    await follow(phone, '用密码登录');
    await typePassword(phone, added.number, testPassword);
    await press(phone, '添加');
    await phone.getByRole('heading', { name: '您好' }).waitFor();
    await takePicture(phone, 'my');
  }, 60_000);

  test('scans a computer’s code and confirms, and the computer goes on to the site by itself', async () => {
    const computer = await openPage('desktop');
    const attempt = await site.begin();
    await computer.goto(attempt.url.href);
    await follow(computer, '扫码登录');
    const code = await readCode(computer, '扫码登录的二维码');
    const digits = (await computer.locator('.qr strong').textContent()) ?? '';
    expect(await axeViolations(computer)).toEqual([]);

    await phone.goto(code);
    expect(await phone.textContent('main')).toContain('测试网站');
    expect(await axeViolations(phone)).toEqual([]);
    await phone.getByLabel('屏幕上的两位数字').fill(digits);
    await phone.keyboard.press('Enter');
    await phone.getByRole('heading', { name: '已确认' }).waitFor();

    await press(computer, '同意并继续');
    await computer.waitForURL(`${site.redirectUri}**`);
    const tokens = await attempt.redeem(new URL(computer.url()));
    expect(tokens.claims()?.['amr']).toContain('mfa');
  }, 60_000);

  test('signs in at a kiosk by the code on its screen', async () => {
    const kiosk = await openPage('desktop');
    await kiosk.goto(`${hall.url}/terminal`);
    await press(kiosk, '开始');
    await press(kiosk, '不登录了');
    await press(kiosk, '开始');
    await takePicture(kiosk, 'kiosk');
    await phone.goto(await readCode(kiosk, '登录二维码'));
    await takePicture(phone, 'device-confirm');
    await press(phone, '代码一致，继续登录');
    await press(phone, '同意并继续');
    await phone.getByRole('heading', { name: '已确认' }).waitFor();
    await takePicture(phone, 'device-done');
    await follow(kiosk, '我已在手机上确认');
    await kiosk.getByRole('heading', { name }).waitFor();
    await takePicture(kiosk, 'kiosk-done');
    await press(kiosk, '退出');
    await kiosk.getByRole('heading', { name: '请用手机登录' }).waitFor();
  }, 60_000);

  test('answers a clerk who found them by their match code', async () => {
    await my(phone, '/match-code');
    await press(phone, '生成匹配码');
    const code = (await phone.locator('main strong.code').textContent()) ?? '';
    await takePicture(phone, 'match-code');
    const clerk = await openPage('desktop');
    await clerk.goto(`${hall.url}/ask`);
    await clerk.getByLabel('匹配码').fill(code);
    await press(clerk, '请本人在手机上确认');
    const binding = (await clerk.locator('main strong').textContent()) ?? '';
    await takePicture(clerk, 'asked');
    await follow(phone, '看窗口发来的请求');
    await takePicture(phone, 'requests');
    await follow(phone, '不动产转移登记');
    await takePicture(phone, 'request');
    expect(await phone.textContent('main')).toContain(binding);
    await press(phone, '用人脸、指纹或锁屏密码确认');
    await phone.getByRole('heading', { name: '已确认' }).waitFor();
    await takePicture(phone, 'request-done');
    await follow(clerk, '看本人是否已确认');
    await clerk.getByRole('heading', { name: `本人已确认：${name}` }).waitFor();
    await takePicture(clerk, 'ask-done');
    await clerk.getByLabel('匹配码').fill(code);
    await press(clerk, '请本人在手机上确认');
    await clerk.getByRole('alert').getByText('匹配码不对、已用过').waitFor();
  }, 60_000);
});
