import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContext, Page } from 'playwright-core';
import { type JourneyHouse, openHouse, personAt, readCode, sizes, typePassword } from './house.ts';

let house: JourneyHouse;
let contexts: BrowserContext[] = [];

beforeAll(async () => {
  house = await openHouse();
}, 60_000);
afterAll(() => house?.stop());
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

const newPage = async (viewport: { width: number; height: number }): Promise<Page> => {
  const context = await house.browser.newContext({ locale: 'zh-CN', viewport });
  contexts.push(context);
  return context.newPage();
};

/** Signs a person in to their own pages on a phone. */
const openMyPages = async (who: number): Promise<Page> => {
  const page = await newPage(sizes.phone);
  await page.goto(`${house.urls.yihao}/my`);
  await page.getByRole('link', { name: '用密码登录' }).click();
  await typePassword(page, personAt(who).number);
  await page.getByRole('button', { name: '以后再说' }).click();
  await page.getByRole('link', { name: '我的证照' }).click();
  return page;
};

const scanAt = async (counter: Page, code: string): Promise<void> => {
  await counter.goto(house.urls.counter);
  await counter.getByLabel('二维码内容').fill(code);
  await counter.keyboard.press('Enter');
  await counter.getByRole('link', { name: '下一位' }).waitFor();
};

/** Returns how wide the photo on the page is in its own pixels; a photo that did not load has none. */
const widthOfPhoto = async (page: Page): Promise<number> => {
  await page.waitForLoadState('load');
  return page.evaluate<number>('document.querySelector("main img").naturalWidth');
};

describe('a citizen at a counter', () => {
  test('shows the driving licence from the phone, and the counter sees the photo and what was chosen', async () => {
    const phone = await openMyPages(0);
    await phone.getByRole('link', { name: '机动车驾驶证' }).click();
    expect(await widthOfPhoto(phone)).toBe(358);
    await phone.getByRole('link', { name: '出示' }).click();
    await phone.getByLabel('准驾车型').setChecked(true);
    await phone.getByLabel('住址').setChecked(false);
    await phone.getByRole('button', { name: '显示二维码' }).click();
    const counter = await newPage(sizes.desktop);
    await scanAt(counter, await readCode(phone));
    const seen = (await counter.textContent('main')) ?? '';
    for (const words of ['真实有效', '机动车驾驶证', '**远', '准驾车型']) expect(seen).toContain(words);
    for (const words of ['陈知远', '和平路', personAt(0).number]) expect(seen).not.toContain(words);
    expect(await widthOfPhoto(counter)).toBe(358);
    await phone.goto(`${house.urls.yihao}/my/uses`);
    expect(await phone.textContent('main')).toContain('示例市乙政务服务局');
  }, 60_000);

  test('is told at once that a certificate has ended, and so is the counter that scans it', async () => {
    const phone = await openMyPages(1);
    await phone.getByRole('link', { name: '不动产权证书' }).click();
    await phone.getByRole('link', { name: '出示' }).click();
    await phone.getByRole('button', { name: '显示二维码' }).click();
    const [first, counter] = [await readCode(phone), await newPage(sizes.desktop)];
    await phone.getByRole('link', { name: '现在换一个二维码' }).click();
    await phone.waitForLoadState();
    const second = await readCode(phone);
    expect(second).not.toBe(first);
    await scanAt(counter, first);
    expect(await counter.textContent('h1')).toBe('真实有效');
    await counter.getByRole('button', { name: '注销这张证照' }).click();
    await counter.getByRole('heading', { name: '注销这张证照？' }).waitFor();
    expect(await counter.textContent('main')).toContain('不动产权证书（**晴');
    await counter.getByRole('button', { name: '确认注销' }).click();
    await counter.getByRole('heading', { name: '这张证照已注销' }).waitFor();
    await scanAt(counter, second);
    expect(await counter.textContent('h1')).toBe('已经失效');
    await phone.goto(`${house.urls.yihao}/my/certificates`);
    expect(await phone.textContent('main')).toContain('已注销');
  }, 60_000);

  test('cannot be impersonated by a code that was scanned before', async () => {
    const phone = await openMyPages(3);
    await phone.getByRole('link', { name: '居民身份证' }).click();
    await phone.getByRole('link', { name: '出示' }).click();
    await phone.getByRole('button', { name: '显示二维码' }).click();
    const code = await readCode(phone);
    const counter = await newPage(sizes.desktop);
    await scanAt(counter, code);
    await counter.goto(house.urls.counter);
    await counter.getByLabel('二维码内容').fill(code);
    await counter.keyboard.press('Enter');
    await counter.getByRole('alert').waitFor();
    expect(await counter.getByRole('alert').textContent()).toContain('已扫过');
  }, 60_000);
});
