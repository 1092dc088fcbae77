import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { demoPassword } from '../../config/demo/people.ts';
import { axeViolations } from '../support/chromium.ts';
import { drawPages, modes, openLook } from '../support/look.ts';
import { type JourneyHouse, openHouse, personAt, sizes } from './house.ts';

let house: JourneyHouse;

beforeAll(async () => {
  house = await openHouse();
}, 60_000);

afterAll(() => house?.stop());

interface Look {
  language: 'zh' | 'en';
  type: 'normal' | 'large';
  options: BrowserContextOptions;
}

const looks: [name: string, look: Look][] = [
  ['Chinese, 320 pixels wide', { language: 'zh', type: 'normal', options: { viewport: sizes.narrow } }],
  [
    'English, large type, on a dark phone',
    { language: 'en', type: 'large', options: { viewport: sizes.phone, colorScheme: 'dark' } },
  ],
];

const htmlLanguage = { zh: 'zh-CN', en: 'en' };

/** Names the buttons, fields and links that are lower or narrower than a finger, or than the page's type asks for. */
const smallTargets = (page: Page, least: number): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('a[href], button, input:not([type=hidden])')]
    .filter((control) => control.checkVisibility() && !control.matches('.skip'))
    .map((control) => [control.closest('.choice') ?? control, control.textContent || control.id])
    .map(([target, name]) => [target.getBoundingClientRect(), name])
    .filter(([box]) => box.height < ${least} || box.width < ${least})
    .map(([box, name]) => name.trim() + ' ' + Math.round(box.width) + '×' + Math.round(box.height))`);

const staysInside = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth <= window.innerWidth');

/** Walks every page of a sign-in and its refusals; `look` is called on each. */
const walk = async (
  page: Page,
  number: string,
  look: (name: string, type?: 'site') => Promise<void>,
): Promise<void> => {
  const { property, yihao } = house.urls;
  const main = page.locator('main');
  await page.goto(property);
  await look('site', 'site');
  await page.locator('main a.button').click();
  await look('sign-in');
  const signInUrl = page.url();
  await main.locator('a[href*="/password"]:visible').click();
  await look('password');
  await page.locator('#number').fill('999999199001010017');
  await page.locator('#password').fill(demoPassword);
  await main.locator('button.primary').first().click();
  await look('password-wrong');
  await page.locator('#number').fill(number);
  await page.locator('#password').fill(demoPassword);
  await main.locator('button.primary').first().click();
  await look('passkey-offer');
  await page.locator('[name=skip]').click();
  await look('consent');
  await page.locator('[value=agree]').click();
  await look('site-signed-in', 'site');
  await walkOwn(page, look);
  await page.goto(signInUrl);
  await look('expired');
  await page.goto(property);
  await page.locator('main button').click();
  await look('sign-out');
  await page.locator('[name=logout]').click();
  await look('site-signed-out', 'site');
  await page.goto(`${property}/callback?state=unknown`);
  await look('site-problem', 'site');
  await page.goto(`${yihao}/session/end/success?client_id=demo-property`);
  await look('signed-out');
  await page.goto(`${yihao}/authorize?client_id=nobody`);
  await look('unknown-site');
  await page.goto(`${yihao}/no-such-page`);
  await look('missing');
  await page.goto(yihao);
  await look('home');
};

/** Walks the citizen's own pages; the person is signed in already. */
const walkOwn = async (page: Page, look: (name: string) => Promise<void>): Promise<void> => {
  const { yihao } = house.urls;
  await page.goto(`${yihao}/my`);
  await look('my');
  await page.goto(`${yihao}/my/certificates`);
  await look('certificates');
  await page.locator('main a.card').first().click();
  await look('certificate');
  await page.locator('main a.button.primary').click();
  await look('choose');
  await page.locator('main button.primary').click();
  await look('code');
  await page.goto(`${yihao}/my/uses`);
  await look('uses');
  await page.locator('main .items a').first().click();
  await look('use');
  await page.goto(`${yihao}/my/authorisations`);
  await look('authorisations');
  await page.goto(`${yihao}/my/passkeys`);
  await look('passkeys');
  await page.goto(`${yihao}/my/passkeys/add`);
  await look('add-passkey');
  await page.goto(`${yihao}/verify`);
  await look('verify');
  await page.locator('#identifier').fill('1.2.3');
  await page.locator('main button').first().click();
  await look('verify-wrong');
};

describe.each(looks)('%s', (_name, { language, type, options }) => {
  test('every page passes axe, fits the width and has targets to hit', async () => {
    const context = await house.browser.newContext({ locale: language, ...options });
    const page = await context.newPage();
    await page.goto(`${house.urls.yihao}/?ui_lang=${language}&ui_size=${type}`);
    const seen: string[] = [];
    const { number } = personAt(looks.findIndex(([name]) => name === _name));
    const look = async (name: string, of?: 'site'): Promise<void> => {
      await page.waitForLoadState();
      seen.push(name);
      const least = of === 'site' || type === 'normal' ? 48 : 60;
      expect([name, await axeViolations(page)]).toEqual([name, []]);
      expect([name, await smallTargets(page, least)]).toEqual([name, []]);
      expect([name, await staysInside(page)]).toEqual([name, true]);
      expect([name, await page.getAttribute('html', 'lang')]).toEqual([name, htmlLanguage[language]]);
    };
    await walk(page, number, look);
    expect(new Set(seen).size).toBe(27);
    await context.close();
  }, 240_000);
});

test('every page there is, drawn in one mode or another, passes axe, has targets to hit and fits 320 pixels in large English type', async () => {
  const look = await openLook(house.browser);
  const tightest = modes.find(
    ({ language, size, width }) => width === 320 && size === 'large' && language === 'en',
  );
  const faults: string[] = [];
  for (const [at, mode] of modes.entries()) {
    await look.turn(mode);
    if (mode === tightest) faults.push(...(await look.judge(drawPages(mode), mode, 'none')));
    // Each page in one of the modes, and contrast in every fourth of them: the whole is for `npm run look`.
    const share = drawPages(mode, (_, index) => index % modes.length === at);
    faults.push(...(await look.judge(share, mode, at % 4 === 1 ? 'all' : 'all but contrast')));
  }
  expect(faults).toEqual([]);
  await look.close();
}, 120_000);
