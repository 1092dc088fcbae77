import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { demoConfig } from '../../config/demo/index.ts';
import { demoPassword, demoPeople } from '../../config/demo/people.ts';
import { type RunningDemo, startDemo } from '../../src/commands/demo.ts';
import { addVirtualAuthenticator, axeViolations, launchBrowser } from '../support/chromium.ts';
import { freePorts } from '../support/redis.ts';

let folder: string;
let demo: RunningDemo;
let browser: Browser;
let context: BrowserContext;
let page: Page;

const person = demoPeople[0] ?? { number: '', name: '' };
const consoleErrors: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-journey-'));
  const [port] = await freePorts(3);
  demo = await startDemo(
    demoConfig({ YIHAO_LISTEN_PORT: String(port), YIHAO_DATA_FOLDER: folder, YIHAO_LOG_LEVEL: 'silent' }),
    () => undefined,
  );
  browser = await launchBrowser();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  context = await browser.newContext({ locale: 'zh-CN' });
  page = await context.newPage();
  consoleErrors.length = 0;
  page.on('console', (message) => {
    if (message.type() === 'error') consoleErrors.push(message.text());
  });
});

const accessible = async (): Promise<void> => {
  expect(await axeViolations(page)).toEqual([]);
};

const signInByPassword = async (site: string): Promise<void> => {
  await page.goto(site);
  await page
    .getByRole('link', { name: '使用一号登录' })
    .or(page.getByRole('button', { name: '使用一号登录' }))
    .click();
  await page.getByRole('link', { name: '用密码登录' }).first().click();
  await page.getByLabel('证件号码').fill(person.number);
  await page.getByLabel('密码', { exact: true }).fill(demoPassword);
  await page.getByRole('button', { name: '登录', exact: true }).click();
};

const agree = () => page.getByRole('button', { name: '同意并继续' }).click();
const signOut = async (): Promise<void> => {
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('button', { name: /退出/ }).first().click();
};

describe('a citizen', () => {
  test('adds a passkey after the password, is known at the second site, and is signed out of both', async () => {
    const { client, authenticatorId } = await addVirtualAuthenticator(page);
    const { property, social } = demo.urls;
    await signInByPassword(property);
    await page.getByRole('button', { name: '添加' }).click();
    await agree();
    await page.waitForURL(`${property}/**`);
    expect(await page.textContent('body')).toContain('您好');
    const { credentials } = await client.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toHaveLength(1);

    await page.goto(social);
    await page
      .getByRole('link', { name: '使用一号登录' })
      .or(page.getByRole('button', { name: '使用一号登录' }))
      .click();
    await agree();
    await page.waitForURL(`${social}/**`);
    expect(await page.textContent('body')).toContain('您好');

    await signOut();
    await page.waitForURL(`${social}/signed-out`);
    await page.goto(property);
    expect(await page.textContent('body')).not.toContain('您好');

    await page
      .getByRole('link', { name: '使用一号登录' })
      .or(page.getByRole('button', { name: '使用一号登录' }))
      .click();
    await page.getByRole('button', { name: '用人脸、指纹或锁屏密码登录' }).click();
    await agree();
    await page.waitForURL(`${property}/**`);
    expect(await page.textContent('body')).toContain('您好');
    expect(consoleErrors).toEqual([]);
  }, 60_000);

  test('meets no barrier of accessibility on any page, in Chinese, English or large type, on a phone', async () => {
    await page.setViewportSize({ width: 320, height: 700 });
    await addVirtualAuthenticator(page);
    const { property } = demo.urls;
    await page.goto(property);
    await page
      .getByRole('link', { name: '使用一号登录' })
      .or(page.getByRole('button', { name: '使用一号登录' }))
      .click();
    await accessible();
    await page.getByRole('link', { name: '大字版' }).click();
    await accessible();
    await page.getByRole('link', { name: 'English' }).click();
    await accessible();
    await page.getByRole('link', { name: '中文' }).click();
    await page.getByRole('link', { name: '用密码登录' }).first().click();
    await accessible();
    await page.getByLabel('证件号码').fill('1');
    await page.getByLabel('密码', { exact: true }).fill('1');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await accessible();
    await page.getByLabel('证件号码').fill(person.number);
    await page.getByLabel('密码', { exact: true }).fill(demoPassword);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await accessible();
    await page.getByRole('button', { name: '以后再说' }).click();
    await accessible();
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    await agree();
    await page.getByRole('button', { name: '退出登录' }).click();
    await accessible();
    await page.getByRole('button', { name: /退出/ }).first().click();
    await page.goto(`${demo.urls.yihao}/session/end/success`);
    await accessible();
    await page.goto(`${demo.urls.yihao}/no-such-page`);
    await accessible();
    await page.goto(demo.urls.yihao);
    await accessible();
  }, 60_000);

  test('can sign in without JavaScript, by password', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' });
    page = await plain.newPage();
    await signInByPassword(demo.urls.property);
    await page.getByRole('button', { name: '以后再说' }).click();
    await agree();
    await page.waitForURL(`${demo.urls.property}/**`);
    expect(await page.textContent('body')).toContain('您好');
    await plain.close();
  }, 60_000);
});
