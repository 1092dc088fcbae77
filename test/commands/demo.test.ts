import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { demoConfig } from '../../config/demo/index.ts';
import { demoPassword, demoPeople } from '../../config/demo/people.ts';
import { demoPorts } from '../../config/demo/regions.ts';
import { type HomeUrls, startDemoHome } from '../../src/commands/demo-home.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { firstOfFreePorts } from '../support/ports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yihao-demo-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Starts the demo on its folder, uses it, and stops it. */
const startOnce = async (use: (urls: HomeUrls) => Promise<void>): Promise<string[]> => {
  const lines: string[] = [];
  const port = await firstOfFreePorts(demoPorts);
  const config = demoConfig({
    YIHAO_LISTEN_PORT: String(port),
    YIHAO_DATA_FOLDER: folder,
    YIHAO_LOG_LEVEL: 'silent',
  });
  const demo = await startDemoHome(config, (line) => lines.push(line));
  expect((await fetch(demo.urls.property)).status).toBe(200);
  expect((await fetch(`${demo.urls.yihao}/readyz`)).status).toBe(200);
  await use(demo.urls).finally(() => demo.stop());
  return lines;
};

/** Presses a link of the site and signs in at Yihao by password, up to the page that asks. */
const askAt = async (browser: Browser, site: string, link: string): Promise<BrowserPage> => {
  const first = await browser.click(await browser.get(site), link);
  const form = await browser.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
  const values = { number: demoPeople[0]?.number ?? '', password: demoPassword };
  return browser.submit(await browser.submit(form, values, '/password'), { skip: '1' }, '/passkey-offer');
};

/** Brings a certificate along at site 1, reads it there, and takes it back at Yihao. */
const bringCertificate = async ({ property, yihao }: HomeUrls): Promise<void> => {
  const browser = createBrowser();
  const asked = await askAt(browser, property, '带上结婚证登录');
  for (const words of ['姓名', '不动产转移登记', '结婚证', '登记日期']) expect(asked.text).toContain(words);
  const shown = await browser.submit(asked, { decision: 'agree' }, '/consent');
  expect(shown.url.href).toBe(`${property}/certificate`);
  expect(shown.text).toContain('登记日期 2024-05-20');
  expect(shown.text).toContain('示例市乙民政局');
  expect((await browser.get(property)).text).toContain('查看您提供的结婚证');

  const mine = await browser.click(await browser.get(`${yihao}/my/authorisations`), '不动产登记');
  await browser.submit(await browser.click(mine, '撤回授权'));
  const refused = await browser.get(`${property}/certificate`);
  expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('您在一号撤回了授权')]);
  expect(refused.text).not.toContain('2024-05-20');

  const again = await browser.click(await browser.get(property), '带上机动车驾驶证登录');
  const box = Object.keys(again.forms[0]?.fields ?? {}).find((name) => name.startsWith('use.')) ?? '';
  const none = await browser.submit(again, { decision: 'agree', [box]: null }, '/consent');
  expect([none.status, none.text]).toEqual([403, expect.stringContaining('您没有同意使用证照')]);
};

test('the demo starts on an empty folder, shows a certificate at a site, and starts again on what it left', async () => {
  await startOnce(bringCertificate);
  const second = await startOnce(async () => undefined);
  expect(second.join('\n')).toContain('28 of 28 people and sites');
}, 60_000);
