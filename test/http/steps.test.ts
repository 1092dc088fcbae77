import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';

let instance: Instance;
let site: RelyingParty;
let browser: Browser;

beforeAll(async () => {
  instance = await startInstance();
  site = await startRelyingParty(instance);
});

afterAll(async () => {
  await site?.stop();
  await instance?.stop();
});

beforeEach(() => {
  browser = createBrowser();
});

const steps = ['', '/passkey', '/password', '/passkey-offer', '/consent', '/abort'];

/** The address of another step of the same interaction. */
const stepOf = (page: BrowserPage, step: string): URL => {
  const [, , uid] = page.url.pathname.split('/');
  return new URL(`/interaction/${uid}${step}${page.url.search}`, page.url);
};

const headingOf = (page: BrowserPage): string | undefined => page.html.match(/<h1>(.*?)<\/h1>/)?.[1];

const headings = (page: BrowserPage): Promise<(string | undefined)[]> =>
  Promise.all(
    steps.map(async (step) => {
      const answer = await browser.get(stepOf(page, step));
      return answer.status === 200 ? headingOf(answer) : `refused with ${answer.status}`;
    }),
  );

const sendPassword = async (page: BrowserPage, number: string, password = testPassword) =>
  browser.submit(await browser.get(stepOf(page, '/password')), { number, password }, '/password');

describe('any address of a sign-in, opened again (reload, back button, second tab)', () => {
  test('shows the step that the sign-in is at', async () => {
    const { number } = await instance.addPerson();
    const first = await browser.get((await site.begin()).url);
    expect(await headings(first)).toEqual(['登录', '登录', '用密码登录', '登录', '登录', '登录']);
    const offer = await sendPassword(first, number);
    expect(new Set(await headings(offer))).toEqual(new Set(['下次用人脸、指纹登录？']));
    const consent = await browser.submit(offer, { skip: '1' }, '/passkey-offer');
    expect(new Set(await headings(consent))).toEqual(new Set(['在测试网站使用以下信息']));
  });

  test('after it has expired leads back to the site to start again', async () => {
    const first = await browser.get((await site.begin()).url);
    for (const step of steps) {
      const expired = await createBrowser().get(stepOf(first, step));
      expect([step, expired.status, headingOf(expired)]).toEqual([step, 410, '这个页面已失效']);
      expect(expired.html).toContain(`href="${new URL(site.redirectUri).origin}/">回到测试网站重新开始</a>`);
    }
  });

  test('keeps the pages from being kept by the browser or anything between', async () => {
    const first = await browser.get((await site.begin()).url);
    for (const step of steps)
      expect((await browser.get(stepOf(first, step))).headers.get('cache-control')).toBe('no-store');
  });
});

describe('a form posted to a step the sign-in is past', () => {
  test('does not agree, refuse or skip for a person who is not there yet', async () => {
    const first = await browser.get((await site.begin()).url);
    const csrf = first.forms[0]?.fields['csrf'] ?? '';
    for (const step of ['/consent', '/passkey-offer']) {
      const answer = await browser.post(stepOf(first, step), { csrf, decision: 'agree', skip: '1' });
      expect([step, answer.status]).toEqual([step, 403]);
    }
    expect(headingOf(await browser.get(first.url))).toBe('登录');
  });
});
