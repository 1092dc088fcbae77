import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import {
  calculateJwkThumbprint,
  createRemoteJWKSet,
  exportJWK,
  generateKeyPair,
  type JWK,
  jwtVerify,
} from 'jose';
import * as client from 'openid-client';
import type { Browser, Page } from 'playwright-core';
import { systemClock } from '../../src/base/clock.ts';
import { verifyAuditProof } from '../../src/commands/audit.ts';
import type { Role } from '../../src/staff/index.ts';
import { issueLicence, seedTypes } from '../support/certificates.ts';
import { addVirtualAuthenticator, launchBrowser } from '../support/chromium.ts';
import { startDepartment, useCause } from '../support/department.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';
import { foundOfficers, inviteOfficer } from '../support/officers.ts';
import { takePicture } from '../support/pictures.ts';
import { beginSignIn } from '../support/relying-party.ts';
import { sizes, typePassword } from './house.ts';

let instance: Instance;
let browser: Browser;
let founders: Awaited<ReturnType<typeof foundOfficers>>;
let folder: string;

beforeAll(async () => {
  [instance, browser, folder] = await Promise.all([
    startInstance(),
    launchBrowser(),
    mkdtemp(join(tmpdir(), 'yihao-console-')),
  ]);
  founders = await foundOfficers(instance);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await instance?.stop();
  await rm(folder, { recursive: true });
});

const openPage = async (size: keyof typeof sizes = 'desktop'): Promise<Page> => {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: sizes[size] });
  return context.newPage();
};

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();
const follow = (page: Page, name: string): Promise<void> =>
  page.getByRole('link', { name, exact: true }).click();
const open = (page: Page, path: string): Promise<unknown> => page.goto(`${instance.issuer}${path}`);
const mainOf = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? '';

/** Opens the console for an officer who has just been appointed, and joins on the spot. */
const openConsole = async (name: string, role: Role): Promise<Page> => {
  const token = await inviteOfficer(instance, founders, { name, role, now: systemClock.now() });
  const page = await openPage();
  await addVirtualAuthenticator(page);
  await open(page, `/console/join/${token}`);
  await takePicture(page, 'join');
  await press(page, '添加通行密钥并加入');
  await page.getByRole('heading', { name: '管理台' }).waitFor();
  await takePicture(page, `console-${role}`);
  return page;
};

/** Signs somebody in to what is theirs. */
const openAs = async (number: string, path: string, size: keyof typeof sizes): Promise<Page> => {
  const page = await openPage(size);
  await open(page, path);
  await follow(page, '用密码登录');
  await typePassword(page, number, testPassword);
  await press(page, '以后再说');
  return page;
};

/** What a developer runs: its keys, its key set and its endpoint for sign-out notices, which it verifies. */
interface OwnSite {
  origin: string;
  key: client.PrivateKey;
  server: Server;
}

const startOwnSite = async (clientId: string): Promise<OwnSite> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk: JWK = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const issuerKeys = createRemoteJWKSet(new URL('/jwks', instance.issuer));
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    if (request.url === '/jwks') return response.end(JSON.stringify({ keys: [{ ...jwk, kid }] }));
    if (request.method !== 'POST') return response.end('arrived at the site');
    const token = new URLSearchParams(body).get('logout_token') ?? '';
    const checks = { issuer: instance.issuer, audience: clientId, typ: 'logout+jwt' };
    const isGenuine = await jwtVerify(token, issuerKeys, checks).then(
      () => true,
      () => false,
    );
    return response.writeHead(isGenuine ? 200 : 400).end();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return { origin, key: { key: privateKey, kid }, server };
};

const fillIn = async (page: Page, values: Record<string, string>): Promise<void> => {
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label).fill(value);
};

/** The developer registers the site and gets a person to test with; returns who that is. */
const register = async (page: Page, { origin }: OwnSite): Promise<{ number: string; password: string }> => {
  await takePicture(page, 'developer');
  await follow(page, '登记网站');
  await fillIn(page, {
    网站标识: 'fund',
    '网站名称（中文）': '示例公积金',
    '网站名称（英文）': 'Example fund',
    主管部门: '示例省住房局',
    办什么事: '提取公积金',
    网站首页: `${origin}/`,
    登录后返回的地址: `${origin}/callback`,
    接收退出通知的地址: `${origin}/notice`,
    公钥集地址: `${origin}/jwks`,
  });
  await page.getByLabel('姓名（name）').check();
  await takePicture(page, 'register');
  await press(page, '登记并得到测试环境');
  await page.getByRole('heading', { name: '示例公积金' }).waitFor();
  await takePicture(page, 'sandbox');
  await open(page, '/developer');
  await press(page, '生成一名测试人员');
  await takePicture(page, 'test-person');
  const [number = '', , password = ''] = await page.locator('main dd').allTextContents();
  return { number, password };
};

/** The test person signs in at the sandbox, as the developer's own code sends them. */
const signInAtSandbox = async (site: OwnSite, person: { number: string; password: string }) => {
  const configuration = await client.discovery(
    new URL(instance.issuer),
    'fund.sandbox',
    undefined,
    client.PrivateKeyJwt(site.key),
    { execute: [client.allowInsecureRequests] },
  );
  const asked = { redirect_uri: `${site.origin}/callback`, scope: 'openid name' };
  const attempt = await beginSignIn(configuration, asked);
  const page = await openPage('phone');
  await page.goto(attempt.url.href);
  await takePicture(page, 'sandbox-sign-in');
  await follow(page, '用密码登录');
  await typePassword(page, person.number, person.password);
  await press(page, '以后再说');
  await takePicture(page, 'sandbox-consent');
  await press(page, '同意并继续');
  await page.waitForURL(`${site.origin}/callback**`);
  return attempt.redeem(new URL(page.url()));
};

test('two officers take a site from sandbox to production in under five minutes', async () => {
  const began = systemClock.now().getTime();
  const site = await startOwnSite('fund.sandbox');
  const { number } = await instance.addPerson(1);
  const developer = await openAs(number, '/developer', 'desktop');
  const tester = await register(developer, site);
  await signInAtSandbox(site, tester);

  await open(developer, '/developer/sites/fund.sandbox');
  await press(developer, '现在检查');
  await developer.getByText('上次调用网站').waitFor();
  await takePicture(developer, 'checked');
  const checks = await developer.locator('section[aria-labelledby=checks] .state').allTextContents();
  expect([checks.length > 8, [...new Set(checks)]]).toEqual([true, ['通过']]);
  await follow(developer, '申请正式上线');
  await fillIn(developer, {
    网站首页: 'https://fund.example/',
    登录后返回的地址: 'https://fund.example/callback',
    接收退出通知的地址: 'https://fund.example/notice',
    公钥集地址: 'https://fund.example/jwks',
  });
  await takePicture(developer, 'production');
  await press(developer, '提交申请');
  await takePicture(developer, 'asked-production');

  const manager = await openConsole('赵明', 'site-manager');
  await open(manager, '/console/sites');
  await takePicture(manager, 'sites');
  await manager.getByRole('link', { name: '示例公积金 · 审阅第 1 版' }).click();
  await takePicture(manager, 'propose');
  await manager.getByLabel('理由').fill('检查全部通过');
  await press(manager, '提交审核');
  await takePicture(manager, 'proposed');
  expect(await mainOf(manager)).toContain('须由另一名工作人员审核');

  const second = await openConsole('周宁', 'region-administrator');
  await follow(second, '待您审核的事项：1 项');
  await takePicture(second, 'proposals');
  await follow(second, '查看“网站上线或变更”');
  await takePicture(second, 'proposal');
  await press(second, '通过');
  await takePicture(second, 'approved');
  expect(await mainOf(second)).toContain('已通过');
  await open(developer, '/developer/sites/fund.sandbox');
  await takePicture(developer, 'released');
  expect(await mainOf(developer)).toContain('线上版本');
  expect(await instance.app.house.sites.find('fund')).toMatchObject({ homeUrl: 'https://fund.example/' });
  const seconds = (systemClock.now().getTime() - began) / 1000;
  console.info(`from registering to production: ${seconds.toFixed(1)} s`);
  expect(seconds).toBeLessThan(300);
  site.server.close();
  site.server.closeAllConnections();
}, 120_000);

test('a citizen proves a row by a file that anybody can verify, and an auditor finds who looked', async () => {
  const citizen = await instance.addPerson(0);
  await seedTypes(instance);
  const identifier = await issueLicence(instance, citizen);
  const department = await startDepartment(instance);
  const basis = { law: '测试条例', article: '第一条' };
  await department.call('/verifications', { identifier, useCause, basis });
  await instance.app.house.audit.relay.runOnce();
  await instance.app.house.audit.makeCheckpoint();

  const phone = await openAs(citizen.number, '/my/uses', 'phone');
  await takePicture(phone, 'uses');
  await phone.getByRole('link', { name: '查看、异议或评价' }).first().click();
  await takePicture(phone, 'use');
  const download = async (name: string): Promise<string> => {
    const [file] = await Promise.all([phone.waitForEvent('download'), follow(phone, name)]);
    const path = join(folder, file.suggestedFilename());
    await file.saveAs(path);
    return path;
  };
  const [proof, keys] = [await download('下载证明'), await download('下载核实用的公钥')];
  const { lines } = await instance.app.house.audit.exportSegment(0);
  const rows: string[] = [];
  for await (const line of lines) rows.push(line);
  const row = rows.findIndex((line) => line.includes('"access.recorded"'));
  const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const holds = async (text: string): Promise<boolean> => {
    const file = join(folder, 'to-verify.json');
    await writeFile(file, text);
    return verifyAuditProof([file, '--keys', keys]);
  };
  const text = await readFile(proof, 'utf8');
  expect(await holds(text)).toBe(true);
  expect(await holds(text.replace('"granted"', '"grantee"'))).toBe(false);
  expect(await holds(rows.join('\n'))).toBe(true);
  expect(await holds(rows.toSpliced(row, 1).join('\n'))).toBe(false);
  said.mockRestore();

  const auditor = await openConsole('孙悦', 'auditor');
  await open(auditor, '/console/audit');
  await auditor.getByLabel('涉及的编号').fill(identifier);
  await press(auditor, '查询');
  await takePicture(auditor, 'audit');
  expect(await mainOf(auditor)).toMatch(new RegExp(`access.recorded.*操作者 ${department.clientId}`));
}, 60_000);
