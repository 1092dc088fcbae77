import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { systemClock } from '../../src/base/clock.ts';
import { addressLines } from '../../src/commands/demo.ts';
import { stateOf } from '../../src/recognition/index.ts';
import { waitUntil } from '../support/wait.ts';
import { agree, greeting, leaveSite, personAt, readCode, typePassword } from './house.ts';
import { appoint, openRegionsHouse, type RegionsHouse } from './regions-house.ts';

let house: RegionsHouse;
/** The agreement's page, at whichever console. */
let agreementPath: string;

beforeAll(async () => {
  house = await openRegionsHouse();
  const { id, version } = house.running.agreement.document;
  agreementPath = `/console/agreements/${id}/${version}`;
}, 60_000);
afterAll(() => house?.stop());

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

/** Joins by a link, with a passkey made on the spot. */
const joinBy = async (link: string): Promise<Page> => {
  const page = await house.newPage();
  await page.goto(link);
  await press(page, '添加通行密钥并加入');
  await page.getByRole('heading', { name: '管理台' }).waitFor();
  return page;
};

const mainOf = async (page: Page): Promise<string> => (await page.locator('main').textContent()) ?? '';

const openAgreement = async (page: Page, below = ''): Promise<string> => {
  await page.goto(new URL(`${agreementPath}${below}`, page.url()).href);
  return mainOf(page);
};

/** The digest of the agreement as two people compare it, in eight groups of four. */
const digestOn = (text: string): string | undefined =>
  text.match(/文本摘要.*?((?:[0-9A-Z]{4}\s){7}[0-9A-Z]{4})/s)?.[1];

/** Opens the page until it says so; returns for how many milliseconds it had not. */
const untilSaid = async (open: () => Promise<string>, words: string): Promise<number> => {
  const began = systemClock.now().getTime();
  let last = began;
  await waitUntil(async () => {
    const asked = systemClock.now().getTime();
    if ((await open()).includes(words)) return true;
    last = asked;
    return false;
  }, 10);
  return last - began;
};

/** Goes from A's site home to B, and back to the site. */
const crossOver = async (page: Page): Promise<void> => {
  const { a, b } = house.running;
  await leaveSite(page, house.plan.site);
  await page.getByRole('link', { name: '外地用户登录' }).click();
  await press(page, b.name);
  await page.getByRole('link', { name: '用密码登录' }).click();
  expect(new URL(page.url()).origin).toBe(b.issuer);
  await typePassword(page, personAt(0).number);
  await press(page, '以后再说');
  await agree(page);
  await page.waitForURL(({ origin, pathname }) => origin === a.issuer && !pathname.includes('other-region'));
  await agree(page);
  await greeting(page).waitFor();
};

/** Opens the code of the marriage certificate for a counter that asks nobody; the person is signed in at B. */
const showMarriage = async (page: Page): Promise<string> => {
  await page.goto(`${house.running.b.issuer}/my/certificates`);
  await page.getByRole('link', { name: '结婚证' }).click();
  await page.getByRole('link', { name: '出示' }).click();
  await page.getByRole('button', { name: '显示离线二维码' }).click();
  return readCode(page, '离线出示证照的二维码');
};

const scanAt = async (counter: Page, code: string): Promise<string> => {
  await counter.goto(house.plan.counter);
  await counter.getByLabel('二维码内容').fill(code);
  await counter.keyboard.press('Enter');
  await counter.waitForURL(/scan$/);
  return mainOf(counter);
};

/** What A's page of regions says, and whether B can be chosen there. */
const choiceAtA = async (page: Page): Promise<string> => {
  await leaveSite(page, house.plan.site);
  await page.getByRole('link', { name: '外地用户登录' }).click();
  await page.getByRole('heading', { name: '选择您的归属地' }).waitFor();
  const isOpen = (await page.getByRole('button', { name: house.running.b.name, exact: true }).count()) > 0;
  return `${await mainOf(page)} ${isOpen ? 'open' : 'closed'}`;
};

test('officers of two cities agree, a citizen crosses over, and a suspension stops both within two seconds', async () => {
  const { a, b } = house.running;
  const links = await appoint(b, ['recognition-signer', 'recognition-signer']);
  const [signer, second] = [await joinBy(links[0] ?? ''), await joinBy(links[1] ?? '')];
  const [link = ''] = await appoint(a, ['recognition-drafter']);
  const drafter = await joinBy(link);

  await untilSaid(() => openAgreement(signer), '已提出');
  const digest = digestOn(await openAgreement(signer, '/sign'));
  expect(digest).toBeDefined();
  expect(digestOn(await openAgreement(drafter))).toBe(digest);
  await press(signer, '签署，协议由此成立');
  for (const officer of [signer, drafter]) {
    await untilSaid(() => openAgreement(officer), '生效中');
    expect(digestOn(await openAgreement(officer))).toBe(digest);
  }

  const citizen = await house.newPage();
  await crossOver(citizen);
  const counter = await house.newPage();
  const genuine = await scanAt(counter, await showMarriage(citizen));
  expect(await counter.textContent('header')).toContain(`${a.name}政务服务大厅`);
  for (const words of ['真实有效', '结婚证', b.name, '2024-05-20']) expect(genuine).toContain(words);
  expect(genuine).not.toContain(personAt(0).name);

  const code = await showMarriage(citizen);
  await openAgreement(signer, '/suspend');
  await signer.getByLabel('理由').fill('演练');
  await signer.getByLabel('紧急').check();
  await signer.getByLabel('我已核对').check();
  await press(signer, '中止');
  await signer.getByRole('heading', { name: '互认协议' }).waitFor();
  const stranger = await house.newPage();
  expect(await untilSaid(() => choiceAtA(stranger), 'closed')).toBeLessThan(2000);
  expect(await choiceAtA(stranger)).toContain(`与${b.name}的登录互认已暂停`);
  const refused = await scanAt(counter, code);
  expect(refused).toContain('与该地区的互认已暂停。请改用线下材料办理。');
  expect(refused).not.toContain('没有这张证照');
  expect(await openAgreement(drafter)).toContain('已中止');

  await second.goto(`${b.issuer}/console`);
  expect(await second.textContent('main')).toContain('紧急中止待确认');
  await openAgreement(second, '/resume');
  await second.getByLabel('理由').fill('演练结束');
  await second.getByLabel('我已核对').check();
  await press(second, '提交审核');
  await signer.goto(`${b.issuer}/console/proposals`);
  await signer.getByRole('link', { name: '恢复互认协议' }).click();
  await press(signer, '通过');
  await untilSaid(() => openAgreement(drafter), '生效中');
  expect(await untilSaid(() => choiceAtA(stranger), 'open')).toBeLessThan(2000);
  expect(await scanAt(counter, await showMarriage(citizen))).toContain('真实有效');
}, 60_000);

test('a further start goes on from what the last one left, and says where everything is', async () => {
  const { digest } = house.running.agreement;
  await house.restart();
  const { a, b, province, agreement } = house.running;
  expect([stateOf(agreement, systemClock.now()), agreement.digest]).toEqual(['active', digest]);
  const children = await province.house.parentSide.listChildren();
  expect(children.map(({ region }) => region)).toEqual([a.code, b.code]);
  const said = (await addressLines(house.plan, house.running)).join('\n');
  for (const address of [agreementPath, house.plan.site, house.plan.counter, province.issuer])
    expect(said).toContain(address);
  expect(said).not.toContain('/console/join/');
}, 30_000);
