import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';
import { type Instance, startInstance, testPassword } from '../support/instance.ts';
import { type RelyingParty, signInByPassword, startRelyingParty } from '../support/relying-party.ts';

let instance: Instance;
let site: RelyingParty;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let browser: Browser;

beforeAll(async () => {
  instance = await startInstance();
  site = await startRelyingParty(instance);
  person = await instance.addPerson();
});

afterAll(async () => {
  await site?.stop();
  await instance?.stop();
});

beforeEach(() => {
  browser = createBrowser();
});

const passwordPage = async (): Promise<BrowserPage> => {
  const first = await browser.get((await site.begin()).url);
  return browser.get(`${first.url.origin}${first.url.pathname}/password${first.url.search}`);
};

const expectPlainRefusal = (page: BrowserPage, status: number): void => {
  expect(page.status).toBe(status);
  expect(page.html).not.toMatch(/\bat .*\.(ts|js):\d+/);
  expect(page.html).not.toContain('undefined');
};

describe('a mistyped ID number', () => {
  test.each([
    ['a wrong check character', '999999199001010017'],
    ['month 13', '99999920231301001X'],
    ['too few digits', '99999919900101'],
    ['a letter in the middle', '9999991990A1010016'],
  ])('%s is named at the field, and the number stays typed', async (_what, number) => {
    const page = await browser.submit(await passwordPage(), { number, password: testPassword }, '/password');
    expectPlainRefusal(page, 400);
    expect(page.html).toContain('<title>错误：');
    expect(page.forms[0]?.fields['number']).toBe(number);
    expect(page.forms[0]?.fields['password']).toBe('');
  });

  test('in full-width digits is understood', async () => {
    const wide = [...person.number]
      .map((c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0))
      .join('');
    const page = await browser.submit(
      await passwordPage(),
      { number: wide, password: testPassword },
      '/password',
    );
    expect(page.status).toBe(200);
    expect(page.text).toContain('下次用人脸、指纹登录');
  });
});

describe('a refused sign-in', () => {
  test('says the same for an unknown number and for a wrong password', async () => {
    const wrong = await browser.submit(
      await passwordPage(),
      { number: person.number, password: 'not-the-password' },
      '/password',
    );
    const unknown = await browser.submit(
      await passwordPage(),
      { number: '999999198506150028', password: 'not-the-password' },
      '/password',
    );
    expectPlainRefusal(wrong, 401);
    const bare = (page: BrowserPage): string => page.text.replaceAll(/\s+/g, ' ');
    expect(bare(unknown)).toBe(bare(wrong));
  });
});

describe('a browser without JavaScript', () => {
  test('that presses the button for the passkey gets the page for the password, and no passkey is added', async () => {
    const first = await browser.get((await site.begin()).url);
    const form = await browser.submit(first, {}, '/passkey');
    expect(form.status).toBe(200);
    const sent = { number: person.number, password: testPassword };
    const offer = await browser.submit(form, sent, '/password');
    const consent = await browser.submit(offer, { response: '' }, '/passkey-offer');
    expect(consent.text).toContain('同意');
  });
});

describe('a form out of place', () => {
  test('with a wrong form token is refused and says to open the page again', async () => {
    const page = await browser.submit(
      await passwordPage(),
      { csrf: 'forged', number: person.number, password: testPassword },
      '/password',
    );
    expectPlainRefusal(page, 403);
    expect(page.text).toContain('form-expired');
  });

  test('from another browser finds no interaction, and leads back to the site', async () => {
    const page = await passwordPage();
    const stranger = await createBrowser().get(page.url);
    expectPlainRefusal(stranger, 410);
    expect(stranger.html).toContain(`href="${new URL(site.redirectUri).origin}/"`);
  });

  test('after the sign-in is finished (back button) leads back to the site', async () => {
    const attempt = await site.begin();
    const first = await browser.get(attempt.url);
    await signInByPassword(browser, first.url, person.number);
    const back = await browser.get(first.url);
    expectPlainRefusal(back, 410);
    expect(back.text).toContain('测试网站');
  });

  test('from a second tab of the same browser works beside the first', async () => {
    const one = await browser.get((await site.begin()).url);
    const two = await browser.get((await site.begin()).url);
    expect((await browser.get(one.url)).status).toBe(200);
    expect((await browser.get(two.url)).status).toBe(200);
  });

  test('with truncated cookies leads back to the site', async () => {
    const page = await passwordPage();
    const cookie = `yihao_interaction=${page.url.pathname.split('/')[2]}; yihao_interaction.sig=abc`;
    const answer = await fetch(page.url, { headers: { cookie, accept: 'text/html' } });
    expect(answer.status).toBe(410);
  });

  test('whose body is over the limit is refused whole', async () => {
    const page = await passwordPage();
    const number = 'x'.repeat(70_000);
    expectPlainRefusal(await browser.submit(page, { number, password: 'x' }, '/password'), 413);
  });

  test.each([
    ['bytes that are not UTF-8', Buffer.from([0x6e, 0x3d, 0xff, 0xfe]), 'application/x-www-form-urlencoded'],
    ['escapes that are not UTF-8', Buffer.from('number=%ff%fe'), 'application/x-www-form-urlencoded'],
    ['JSON', Buffer.from('{}'), 'application/json'],
  ])('whose body is %s is refused', async (_what, body, type) => {
    const page = await passwordPage();
    const headers = {
      'content-type': type,
      cookie: browser.cookies.headerFor(page.url),
      accept: 'text/html',
    };
    const answer = await fetch(page.url, { method: 'POST', body, headers });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('body-malformed');
  });
});

describe('a request of a site that is wrong', () => {
  const authorize = (parameters: Record<string, string>): Promise<BrowserPage> =>
    browser.get(`${instance.issuer}/authorize?${new URLSearchParams(parameters)}`);
  const good = () => ({
    client_id: site.clientId,
    redirect_uri: site.redirectUri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });

  test('an unknown client gets a page, and nobody is sent anywhere', async () => {
    const page = await authorize({ ...good(), client_id: 'nobody' });
    expectPlainRefusal(page, 400);
    expect(page.text).toContain('site-unknown');
  });

  test('a redirect address that is not registered gets a page', async () => {
    const page = await authorize({ ...good(), redirect_uri: `${site.redirectUri}/other` });
    expectPlainRefusal(page, 400);
    expect(page.text).toContain('site-address-mismatch');
  });

  test('an absent redirect address gets a page', async () => {
    const { redirect_uri: _omitted, ...rest } = good();
    expectPlainRefusal(await authorize(rest), 400);
  });

  test('a request without PKCE, or with the plain method, goes back as invalid_request', async () => {
    const { code_challenge: _c, code_challenge_method: _m, ...bare } = good();
    expect((await authorize(bare)).url.searchParams.get('error')).toBe('invalid_request');
    const plain = await authorize({ ...good(), code_challenge_method: 'plain' });
    expect(plain.url.searchParams.get('error')).toBe('invalid_request');
  });

  test('a state of 10 KB in the address is too large, and one of 100 KB is cut off with words', async () => {
    expectPlainRefusal(await authorize({ ...good(), state: 'x'.repeat(10_000) }), 413);
    const answer = await rawGet(`${instance.issuer}/authorize?state=${'x'.repeat(100_000)}`);
    expect(answer).toBe(431);
  });

  test('a pushed request of 100 KB is refused as an OAuth error', async () => {
    await expect(site.begin({ state: 'x'.repeat(100_000) })).rejects.toMatchObject({
      error: 'invalid_request',
      status: 400,
    });
  });

  test('a pushed request works once', async () => {
    const attempt = await site.begin();
    await signInByPassword(browser, attempt.url, person.number);
    expectPlainRefusal(await createBrowser().get(attempt.url), 400);
  });
});

describe('an address that is not ours', () => {
  test('is a page that says so', async () => {
    const page = await browser.get(`${instance.issuer}/no-such-page`);
    expectPlainRefusal(page, 404);
    expect(page.text).toContain('not-found');
  });

  test('answers a machine in JSON with a trace code', async () => {
    const answer = await fetch(`${instance.issuer}/no-such-page`, {
      headers: { accept: 'application/json' },
    });
    expect(await answer.json()).toMatchObject({
      error: 'not-found',
      trace_code: expect.stringMatching(/^[2-9A-Z]{8}$/),
    });
  });

  test('by a foreign Host header is refused, so that no printed address can be coloured', async () => {
    expect(
      await rawGet(`${instance.issuer}/.well-known/openid-configuration`, { host: 'evil.example' }),
    ).toBe(421);
  });
});

const rawGet = (url: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
