import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsQR from 'jsqr';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { demoConfig } from '../../config/demo/index.ts';
import { type DemoPerson, demoPassword, demoPeople } from '../../config/demo/people.ts';
import { demoPorts } from '../../config/demo/regions.ts';
import { type HomeUrls, startDemoHome } from '../../src/commands/demo-home.ts';
import { launchBrowser } from '../support/chromium.ts';
import { firstOfFreePorts } from '../support/ports.ts';

/** The people's city as `npm run demo` starts it, in a folder of its own, and a browser. */
export interface JourneyHouse {
  urls: HomeUrls;
  browser: Browser;
  stop(): Promise<void>;
}

/** Starts the people's city on free ports and a headless Chromium. */
export async function openHouse(): Promise<JourneyHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'yihao-journey-'));
  const port = await firstOfFreePorts(demoPorts);
  const demo = await startDemoHome(
    demoConfig({ YIHAO_LISTEN_PORT: String(port), YIHAO_DATA_FOLDER: folder, YIHAO_LOG_LEVEL: 'silent' }),
    () => undefined,
  );
  const browser = await launchBrowser();
  return {
    urls: demo.urls,
    browser,
    stop: async () => {
      await browser.close();
      await demo.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Returns one of the twenty people; each test takes another, so that none depends on what was done to one before. */
export const personAt = (index: number): DemoPerson => {
  const person = demoPeople[index];
  if (person === undefined) throw new RangeError('there are twenty people');
  return person;
};

/** Widths that people have: the narrowest that WCAG asks for, a phone, a desktop. */
export const sizes = {
  narrow: { width: 320, height: 640 },
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
} as const;

/** Opens a site and presses its button to sign in. */
export const leaveSite = async (page: Page, site: string): Promise<void> => {
  await page.goto(site);
  await page.getByRole('link', { name: '使用一号登录' }).click();
};

/** Types number and password on the page for them and sends it. */
export const typePassword = async (page: Page, number: string, password = demoPassword): Promise<void> => {
  await page.getByLabel('证件号码').fill(number);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
};

/** Reads the code on the page as a scanner does: from its picture. */
export const readCode = async (page: Page, name = '出示证照的二维码'): Promise<string> => {
  const picture = page.getByRole('img', { name });
  await picture.waitFor();
  const { data, info } = await sharp(await picture.screenshot())
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const found = jsQR.default(new Uint8ClampedArray(data), info.width, info.height);
  if (found === null) throw new Error('the picture is not a code that can be read');
  return found.data;
};

/** Goes from a site through the page for the password to the page after it. */
export const signInByPassword = async (page: Page, site: string, person: DemoPerson): Promise<void> => {
  await leaveSite(page, site);
  await page.getByRole('link', { name: '用密码登录' }).click();
  await typePassword(page, person.number);
};

export const agree = (page: Page): Promise<void> => page.getByRole('button', { name: '同意并继续' }).click();

/** The words with which a demo site greets someone it knows. */
export const greeting = (page: Page) => page.getByRole('heading', { name: '您好' });
