import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cookieNameOf } from '../../src/base/cookie-name.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';
import { signInByPassword, startRelyingParty } from '../support/relying-party.ts';
import { createAuthenticator } from '../support/virtual-authenticator.ts';

let instance: Instance;
let browser: Browser;
let people = 0;
let number: string;
let my: URL;

beforeAll(async () => {
  instance = await startInstance();
  my = new URL('/my', instance.issuer);
});
afterAll(() => instance?.stop());
beforeEach(async () => {
  browser = createBrowser();
  ({ number } = await instance.addPerson(people++));
});

const signIn = async (visitor = browser, at: URL = my): Promise<BrowserPage> => {
  const first = await visitor.get(at);
  const form = await visitor.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
  const offer = await visitor.submit(form, { number, password: testPassword }, '/password');
  return visitor.submit(offer, { skip: '1' }, '/passkey-offer');
};

const addPasskey = async (name: string): Promise<BrowserPage> => {
  const page = await browser.get(new URL('/my/passkeys/add', instance.issuer));
  const options = JSON.parse(
    (page.html.match(/data-options="([^"]*)"/)?.[1] ?? '').replaceAll('&quot;', '"'),
  ) as { challenge: string };
  const device = createAuthenticator({ origin: instance.issuer, rpId: 'localhost' });
  return browser.submit(page, { device: name, response: JSON.stringify(device.register(options)) });
};

describe('a citizen’s own pages', () => {
  test('ask for a sign-in, without asking for agreement, and come back to the page that was wanted', async () => {
    const page = await signIn(browser, new URL('/my/passkeys', instance.issuer));
    expect([page.status, page.url.pathname]).toEqual([200, '/my/passkeys']);
    expect(page.text).toContain('您还没有添加设备');
  });

  test('show who we take the person for, masked, and keep nothing in a cache', async () => {
    const page = await signIn();
    expect(page.text).toContain('您好');
    expect(page.html).not.toContain(number);
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  test('lead in large type to what is asked for most first, and from there to the rest', async () => {
    await signIn();
    const first = await browser.get(new URL('/my?ui_size=large', instance.issuer));
    expect(first.html).toContain('href="/my/certificates"');
    expect(first.html).not.toMatch(/href="\/my\/(?:closing|export|mandates)"/);
    const all = await browser.click(first, '其他事项');
    expect(all.html).toMatch(/href="\/my\/closing"/);
    expect((await browser.click(all, '回到我的一号')).url.pathname).toBe('/my');
  });

  test('know a person who is signed in already', async () => {
    const site = await startRelyingParty(instance);
    await signInByPassword(browser, (await site.begin()).url, number);
    const page = await browser.get(my);
    expect([page.status, page.url.pathname]).toEqual([200, '/my']);
    await site.stop();
  });

  test('end with the sign-in, wherever it was ended', async () => {
    await signIn();
    const ask = await browser.get(new URL('/my/sign-out', instance.issuer));
    const end = await browser.submit(ask, { logout: 'yes' });
    expect(end.url.pathname).toBe('/signed-out');
    expect((await browser.get(my)).url.pathname).toMatch(/^\/interaction\//);
  });

  test('do not take the cookie of a visit that has ended', async () => {
    await signIn();
    const kept = createBrowser();
    const name = cookieNameOf(instance.issuer, 'yihao_my');
    const cookie = `${name}=${browser.cookies.value(my, name)}; Path=/`;
    kept.cookies.take(my, new Headers({ 'set-cookie': cookie }));
    expect((await kept.get(my)).url.pathname).toBe('/my');
    const ask = await browser.get(new URL('/my/sign-out', instance.issuer));
    await browser.submit(ask, { logout: 'yes' });
    expect((await kept.get(my)).url.pathname).toMatch(/^\/interaction\//);
  });
});

describe('an answer of a sign-in', () => {
  test('that another browser began signs nobody in', async () => {
    const first = await browser.get(my);
    const form = await browser.get(new URL(`${first.url.pathname}/password${first.url.search}`, first.url));
    const offer = await browser.submit(form, { number, password: testPassword }, '/password');
    let answer = await browser.submit(offer, { skip: '1' }, '/passkey-offer', { follow: false });
    while (!answer.headers.get('location')?.includes('/my/callback'))
      answer = await browser.get(new URL(answer.headers.get('location') ?? '', instance.issuer), {
        follow: false,
      });
    const callback = new URL(answer.headers.get('location') ?? '');
    const victim = createBrowser();
    expect((await victim.get(callback)).status).toBe(410);
    expect((await victim.get(my)).url.pathname).toMatch(/^\/interaction\//);
  });

  test('works once, and not without the state it was asked for with', async () => {
    await signIn();
    for (const query of ['', '?state=x', `?state=${'A'.repeat(22)}&code=x`])
      expect((await browser.get(new URL(`/my/callback${query}`, instance.issuer))).status).toBe(410);
  });

  test('that refuses leads to the front page', async () => {
    const first = await browser.get(my);
    expect((await browser.submit(first, {}, '/abort')).url.pathname).toBe('/');
  });
});

describe('a passkey', () => {
  test('is added, listed, renamed and removed by its owner', async () => {
    await signIn();
    const list = await addPasskey('客厅电脑');
    expect([list.url.pathname, list.text]).toEqual(['/my/passkeys', expect.stringContaining('客厅电脑')]);
    const one = await browser.click(list, '管理“客厅电脑”');
    const renamed = await browser.submit(one, { device: '书房电脑' }, '/rename');
    expect(renamed.text).toContain('书房电脑');
    const gone = await browser.submit(await browser.click(renamed, '管理“书房电脑”'), {}, '/remove');
    expect(gone.text).toContain('您还没有添加设备');
  });

  test('that is not one is refused in words, and nothing is added', async () => {
    await signIn();
    const page = await browser.get(new URL('/my/passkeys/add', instance.issuer));
    const refused = await browser.submit(page, { response: '{"id":"x"}' });
    expect([refused.status, refused.text]).toEqual([
      401,
      expect.stringContaining('没有识别到可用的登录凭据'),
    ]);
    expect((await browser.get(new URL('/my/passkeys', instance.issuer))).text).toContain('您还没有添加设备');
  });

  test('of another person is not to be seen, renamed or removed', async () => {
    await signIn();
    const list = await addPasskey('我的');
    const one = await browser.click(list, '管理“我的”');
    ({ number } = await instance.addPerson(people++));
    const other = createBrowser();
    const token = (await signIn(other, new URL('/my/passkeys/add', instance.issuer))).forms[0]?.fields[
      'csrf'
    ];
    expect((await other.get(one.url)).status).toBe(404);
    for (const act of ['rename', 'remove']) {
      const answer = await other.post(`${one.url}/${act}`, { csrf: token ?? '', device: 'x' });
      expect([act, answer.status]).toEqual([act, 404]);
    }
  });

  test('is not removed by a form of another visit, or without a visit', async () => {
    await signIn();
    const one = await browser.click(await addPasskey('我的'), '管理“我的”');
    expect((await browser.post(`${one.url}/remove`, { csrf: 'x' })).status).toBe(403);
    expect((await createBrowser().post(`${one.url}/remove`, { csrf: 'x' })).status).toBe(403);
    expect((await browser.get(one.url)).status).toBe(200);
  });
});
