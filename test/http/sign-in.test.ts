import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as client from 'openid-client';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';
import { type RelyingParty, signInByPassword, startRelyingParty } from '../support/relying-party.ts';

let instance: Instance;
let site: RelyingParty;
let other: RelyingParty;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let browser: Browser;

beforeAll(async () => {
  instance = await startInstance();
  site = await startRelyingParty(instance, { scope: 'openid name offline_access' });
  other = await startRelyingParty(instance, { metadata: { dpop_bound_access_tokens: true } });
  person = await instance.addPerson();
});

afterAll(async () => {
  await Promise.all([site?.stop(), other?.stop()]);
  await instance?.stop();
});

beforeEach(() => {
  browser = createBrowser();
});

const signIn = async (at: RelyingParty, parameters: Record<string, string> = {}) => {
  const attempt = await at.begin(parameters);
  const landed = await signInByPassword(browser, attempt.url, person.number);
  return { attempt, landed, tokens: await attempt.redeem(landed.url) };
};

describe('signing in at a site, as openid-client drives it', () => {
  test('ends at the site with a pairwise subject, the level and the method', async () => {
    const { tokens } = await signIn(site);
    const claims = tokens.claims();
    expect(claims).toMatchObject({
      iss: instance.issuer,
      aud: site.clientId,
      acr: 'urn:yihao:loa:2',
      amr: ['pwd'],
    });
    expect(claims?.sub).not.toContain(person.accountId);
    expect(claims).not.toHaveProperty('name');
  });

  test('gives the site what was agreed at userinfo, over DPoP, and no more', async () => {
    const { attempt, tokens } = await signIn(site);
    const subject = tokens.claims()?.sub ?? '';
    const options = { DPoP: attempt.dpop };
    const info = await client.fetchUserInfo(site.configuration, tokens.access_token, subject, options);
    expect(info).toEqual({ sub: subject, name: person.name });
    expect(tokens.token_type).toBe('dpop');
  });

  test('asks no second sign-in at another site, which knows the person by another subject', async () => {
    const { tokens } = await signIn(site);
    const attempt = await other.begin();
    const consent = await browser.get(attempt.url);
    expect(consent.url.pathname).toMatch(/^\/interaction\//);
    const landed = await browser.submit(consent, { decision: 'agree' }, '/consent');
    const second = await attempt.redeem(landed.url);
    expect(second.claims()?.sub).not.toBe(tokens.claims()?.sub);
  });

  test('knows the person by the same subject at the next sign-in', async () => {
    const first = await signIn(site);
    browser = createBrowser();
    const second = await signIn(site);
    expect(second.tokens.claims()?.sub).toBe(first.tokens.claims()?.sub);
  });

  test('tells the site access_denied when the person does not agree', async () => {
    const attempt = await site.begin();
    const first = await browser.get(attempt.url);
    const form = await browser.get(`${first.url.origin}${first.url.pathname}/password${first.url.search}`);
    const offer = await browser.submit(form, { number: person.number, password: testPassword }, '/password');
    const consent = await browser.submit(offer, { skip: '1' }, '/passkey-offer');
    const landed = await browser.submit(consent, { decision: 'refuse' }, '/consent');
    expect(landed.url.searchParams.get('error')).toBe('access_denied');
  });

  test('goes back to the site when the person turns away at the first page', async () => {
    const attempt = await site.begin();
    const landed = await browser.submit(await browser.get(attempt.url), {}, '/abort');
    expect(landed.url.origin + landed.url.pathname).toBe(site.redirectUri);
    expect(landed.url.searchParams.get('error')).toBe('access_denied');
  });

  test('lets another person sign in when the one at consent says the account is not theirs', async () => {
    const neighbour = await instance.addPerson(1);
    const first = await signIn(other);
    const attempt = await site.begin();
    const consent = await browser.get(attempt.url);
    const again = await browser.submit(consent, { decision: 'switch' }, '/consent');
    expect(again.text).toContain('用人脸、指纹或锁屏密码登录');
    const form = await browser.get(`${again.url.origin}${again.url.pathname}/password${again.url.search}`);
    const leaving = await browser.submit(
      form,
      { number: neighbour.number, password: testPassword },
      '/password',
    );
    const offer = await browser.submit(leaving, {}, '/session/end/confirm');
    const agree = await browser.submit(offer, { skip: '1' }, '/passkey-offer');
    const landed = await browser.submit(agree, { decision: 'agree' }, '/consent');
    const tokens = await attempt.redeem(landed.url);
    expect(tokens.claims()?.sub).toBeDefined();
    expect(first.tokens.claims()?.sub).not.toBe(tokens.claims()?.sub);
  });

  test('shows the pages in English when the site or the person asks for it, and keeps the choice', async () => {
    const attempt = await site.begin({ ui_locales: 'en' });
    const page = await browser.get(attempt.url);
    expect(page.html).toContain('<html lang="en"');
    const chinese = await browser.get(`${page.url.href}&ui_lang=zh&ui_size=large`);
    expect(chinese.html).toMatch(/<html lang="zh-CN" class="large"/);
    expect((await browser.get(page.url)).html).toMatch(/<html lang="zh-CN" class="large"/);
  });
});

describe('large type', () => {
  const begin = async (): Promise<BrowserPage> => {
    const first = await browser.get((await site.begin()).url);
    return browser.get(`${first.url.href}&ui_lang=zh&ui_size=large`);
  };

  test('asks first for the way to sign in, and then for one thing a page', async () => {
    const ways = await begin();
    expect(ways.text).toContain('您想怎样登录？');
    expect(ways.html).not.toMatch(/data-options|<input (?!type="hidden")/);
    const passkey = await browser.click(ways, '用人脸、指纹或锁屏密码');
    expect(passkey.html).toContain('data-options');
    const links = passkey.html.slice(passkey.html.indexOf('<main')).match(/<a class="button/g);
    expect(links).toHaveLength(1);
    expect((await browser.click(passkey, '换一种方式登录')).text).toContain('您想怎样登录？');
    const form = await browser.click(ways, '用密码');
    const offer = await browser.submit(form, { number: person.number, password: testPassword }, '/password');
    expect(offer.url.pathname).not.toBe(form.url.pathname);
  });

  test('says at the passkey what failed', async () => {
    const passkey = await browser.click(await begin(), '用人脸、指纹或锁屏密码');
    const refused = await browser.submit(passkey, { response: '{}' }, '/passkey');
    expect(refused.html).toContain('role="alert"');
    expect(refused.html).toContain('data-options');
  });
});

describe('a page with all it loads', () => {
  const load = async (path: string, encoding: string) => {
    const headers = { 'accept-encoding': encoding };
    const answer = await fetch(new URL(path, instance.issuer), { headers });
    await answer.arrayBuffer();
    return answer.headers;
  };

  const sizeOf = (headers: Headers): number => Number(headers.get('content-length'));

  test('is 60 KB on the wire at most, the code to scan included', async () => {
    const first = await browser.get((await site.begin()).url);
    for (const page of [
      first,
      await browser.click(first, '扫码登录'),
      await browser.click(first, '用密码登录'),
    ]) {
      const paths = [...page.html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);
      const sizes = await Promise.all(paths.map(async (path) => sizeOf(await load(path, 'gzip'))));
      expect(sizes.length).toBeGreaterThanOrEqual(2);
      expect(Math.min(...sizes)).toBeGreaterThan(0);
      const all = sizes.reduce((sum, size) => sum + size, Buffer.byteLength(page.html));
      expect(all).toBeLessThanOrEqual(60 * 1024);
    }
  });

  test('is compressed where it holds no secret, as the browser asks, each form under its own tag', async () => {
    const [gzipped, plain] = await Promise.all([
      load('/assets/yihao.css', 'gzip'),
      load('/assets/yihao.css', 'identity'),
    ]);
    expect([gzipped.get('content-encoding'), plain.get('content-encoding')]).toEqual(['gzip', null]);
    expect(sizeOf(gzipped) * 2).toBeLessThan(sizeOf(plain));
    expect(gzipped.get('etag')).not.toBe(plain.get('etag'));
    expect(plain.get('vary')).toContain('Accept-Encoding');
    const first = await browser.get((await site.begin()).url);
    expect(first.headers.get('content-encoding')).toBeNull();
  });
});

describe('signing out', () => {
  test('asks, ends the session for every site, and goes back to the site', async () => {
    const { tokens } = await signIn(site);
    const url = client.buildEndSessionUrl(site.configuration, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: site.redirectUri.replace('/callback', '/signed-out'),
    });
    const asked = await browser.get(url);
    const done = await browser.submit(asked, { logout: 'yes' }, '/session/end/confirm');
    expect(done.url.pathname).toBe('/signed-out');
    const again = await browser.get((await other.begin()).url);
    expect(again.text).toContain('用人脸、指纹或锁屏密码登录');
  });

  test('ends the tokens the session gave', async () => {
    const { attempt, tokens } = await signIn(site);
    const asked = await browser.get(`${instance.issuer}/session/end`);
    await browser.submit(asked, { logout: 'yes' }, '/session/end/confirm');
    const options = { DPoP: attempt.dpop };
    await expect(
      client.fetchUserInfo(site.configuration, tokens.access_token, client.skipSubjectCheck, options),
    ).rejects.toMatchObject({ status: 401 });
  });
});
