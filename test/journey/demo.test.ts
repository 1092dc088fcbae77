import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { addVirtualAuthenticator } from '../support/chromium.ts';
import {
  agree,
  greeting,
  type JourneyHouse,
  leaveSite,
  openHouse,
  personAt,
  signInByPassword,
  sizes,
  typePassword,
} from './house.ts';

let house: JourneyHouse;
let context: BrowserContext;

beforeAll(async () => {
  house = await openHouse();
}, 60_000);

afterAll(() => house?.stop());

afterEach(() => context?.close());

const newPage = async (options: BrowserContextOptions = {}): Promise<Page> => {
  context = await house.browser.newContext({ locale: 'zh-CN', viewport: sizes.desktop, ...options });
  return context.newPage();
};

const passkeyButton = (page: Page) => page.getByRole('button', { name: '用人脸、指纹或锁屏密码登录' });

/** Signs out at the site and again at Yihao, which the site leads to. */
const signOut = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByRole('heading', { name: '退出登录？' }).waitFor();
  await page.getByRole('button', { name: '退出登录' }).click();
};

describe.each([
  ['a phone', sizes.phone, 0],
  ['a desktop', sizes.desktop, 1],
] as const)('a citizen on %s', (_what, viewport, who) => {
  test('adds a passkey, is known at the second site, signs out of both, and comes back by the passkey', async () => {
    const { property, social } = house.urls;
    const page = await newPage({ viewport });
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    const { client, authenticatorId } = await addVirtualAuthenticator(page);
    await signInByPassword(page, property, personAt(who));
    await page.getByRole('button', { name: '添加' }).click();
    await agree(page);
    await greeting(page).waitFor();
    expect(new URL(page.url()).origin).toBe(property);
    const { credentials } = await client.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toHaveLength(1);

    await leaveSite(page, social);
    await agree(page);
    await greeting(page).waitFor();
    expect(new URL(page.url()).origin).toBe(social);

    await signOut(page);
    await page.waitForURL(`${social}/signed-out`);
    for (const site of [property, social]) {
      await page.goto(site);
      expect(await greeting(page).count()).toBe(0);
    }

    await leaveSite(page, property);
    await passkeyButton(page).click();
    await agree(page);
    await greeting(page).waitFor();
    expect(errors).toEqual([]);
  }, 60_000);
});

describe('a passkey that is refused by the device', () => {
  test('leaves the page in place, says what happened and leads on by the password', async () => {
    const page = await newPage();
    const { client, authenticatorId } = await addVirtualAuthenticator(page);
    await client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await leaveSite(page, house.urls.property);
    await passkeyButton(page).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('这次没有登录成功');
    await alert.getByRole('link', { name: '改用密码登录' }).click();
    await typePassword(page, personAt(2).number);
    await page.getByRole('button', { name: '以后再说' }).click();
    await agree(page);
    await greeting(page).waitFor();
    expect(new URL(page.url()).origin).toBe(house.urls.property);
  }, 60_000);
});

describe('a citizen whose browser runs no JavaScript', () => {
  test('presses the button of the passkey, is led to the password, and reaches the site', async () => {
    const page = await newPage({ javaScriptEnabled: false });
    await leaveSite(page, house.urls.property);
    await passkeyButton(page).click();
    await typePassword(page, personAt(3).number);
    await page.getByRole('button', { name: '添加' }).click();
    await agree(page);
    await greeting(page).waitFor();
    await signOut(page);
    await page.waitForURL(`${house.urls.property}/signed-out`);
  }, 60_000);
});

describe('a citizen with a keyboard only', () => {
  /** Presses Tab until the control with these words has the focus; each stop on the way must show where it is. */
  const tabTo = async (page: Page, words: string): Promise<void> => {
    for (let stops = 0; stops < 30; stops += 1) {
      await page.keyboard.press('Tab');
      const { name, outline } = await page.evaluate<{ name: string; outline: string }>(`(() => {
        const active = document.activeElement;
        const name = active.labels?.[0]?.textContent ?? active.textContent ?? '';
        return { name: name.trim(), outline: getComputedStyle(active).outlineStyle };
      })()`);
      expect([name, outline]).not.toEqual([name, 'none']);
      if (name === words) return;
    }
    throw new Error(`no way to “${words}” by Tab at ${page.url()}`);
  };
  const press = async (page: Page, words: string): Promise<void> => {
    await tabTo(page, words);
    await page.keyboard.press('Enter');
  };

  test('signs in and out, and always sees where the focus is', async () => {
    const page = await newPage();
    await page.goto(house.urls.social);
    await press(page, '使用一号登录');
    await page.getByRole('heading', { name: '登录', exact: true }).waitFor();
    await press(page, '用密码登录');
    await page.getByRole('heading', { name: '用密码登录' }).waitFor();
    await tabTo(page, '证件号码');
    await page.keyboard.type('999999199001010017');
    await page.keyboard.press('Enter');
    await page.getByText('请更正以下问题').waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
    await press(page, '证件号码有一位输错了。请对照证件逐位核对后重新输入。');
    expect(await page.evaluate('document.activeElement.id')).toBe('number');
    await page.getByLabel('证件号码').fill('');
    await page.keyboard.type(personAt(4).number);
    await tabTo(page, '密码');
    await page.keyboard.type('Yihao-demo-2026');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '下次用人脸、指纹登录？' }).waitFor();
    await press(page, '以后再说');
    await page.getByRole('heading', { name: '在社会保险使用以下信息' }).waitFor();
    await press(page, '同意并继续');
    await greeting(page).waitFor();
    await press(page, '退出登录');
    await page.getByRole('heading', { name: '退出登录？' }).waitFor();
    await press(page, '退出登录');
    await page.waitForURL(`${house.urls.social}/signed-out`);
  }, 60_000);
});

describe('too many wrong passwords', () => {
  test('show how long the wait is and what else there is, in any browser, while others sign in', async () => {
    const page = await newPage();
    const person = personAt(5);
    await leaveSite(page, house.urls.property);
    await page.getByRole('link', { name: '用密码登录' }).click();
    const paused = page.getByRole('heading', { name: '现在不能用密码登录' });
    const summary = page.getByText('请更正以下问题');
    for (let tries = 0; tries < 20 && (await paused.count()) === 0; tries += 1) {
      // A puzzle may hold the form back for a moment, with the page before still there.
      await Promise.all([page.waitForEvent('load'), typePassword(page, person.number, 'not-the-password')]);
      await paused.or(summary).waitFor();
    }
    expect(await page.textContent('main')).toMatch(/还需等待 \d+ 秒/);
    expect(await page.getByRole('link', { name: '用人脸、指纹或锁屏密码登录' }).count()).toBe(1);
    await page.getByRole('link', { name: '换一个证件号码' }).click();
    await typePassword(page, person.number);
    await paused.waitFor();
    await page.getByRole('link', { name: '换一个证件号码' }).click();
    await typePassword(page, personAt(6).number);
    await page.getByRole('heading', { name: '下次用人脸、指纹登录？' }).waitFor();
  }, 60_000);
});
