import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { addVirtualAuthenticator, axeViolations, launchBrowser } from '../support/chromium.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';
import { readCode, sizes, typePassword } from './house.ts';

let instance: Instance;
let site: RelyingParty;
let browser: Browser;

beforeAll(async () => {
  [instance, browser] = await Promise.all([startInstance(), launchBrowser()]);
  site = await startRelyingParty(instance);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await instance?.stop();
});

const openPage = async (size: keyof typeof sizes): Promise<Page> => {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: sizes[size] });
  return context.newPage();
};

/** Signs a person in at their own pages on a phone and adds its passkey. */
const openPhone = async (number: string): Promise<Page> => {
  const phone = await openPage('phone');
  await addVirtualAuthenticator(phone);
  await phone.goto(`${instance.issuer}/my`);
  await phone.getByRole('link', { name: '用密码登录' }).click();
  await typePassword(phone, number, testPassword);
  await phone.getByRole('button', { name: '添加' }).click();
  await phone.getByRole('heading', { name: '您好' }).waitFor();
  return phone;
};

test('a computer goes on to the site by itself when the phone has scanned its code and confirmed', async () => {
  const { number } = await instance.addPerson();
  const [phone, computer, attempt] = await Promise.all([
    openPhone(number),
    openPage('desktop'),
    site.begin(),
  ]);
  await computer.goto(attempt.url.href);
  await computer.getByRole('link', { name: '扫码登录' }).click();
  const code = await readCode(computer, '扫码登录的二维码');
  const digits = (await computer.locator('.qr strong').textContent()) ?? '';
  expect(await axeViolations(computer)).toEqual([]);

  await phone.goto(code);
  expect(await phone.textContent('main')).toContain('测试网站');
  expect(await axeViolations(phone)).toEqual([]);
  await phone.getByLabel('屏幕上的两位数字').fill(digits);
  await phone.keyboard.press('Enter');
  await phone.getByRole('heading', { name: '已确认' }).waitFor();

  await computer.getByRole('button', { name: '同意并继续' }).click();
  await computer.waitForURL(`${site.redirectUri}**`);
  const tokens = await attempt.redeem(new URL(computer.url()));
  expect(tokens.claims()?.['amr']).toContain('mfa');
}, 60_000);
