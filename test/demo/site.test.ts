import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import type { ClientMetadata } from 'oidc-provider';
import { publicKeyOf } from '../../config/demo/keys.ts';
import { type RunningSite, startDemoSite } from '../../config/demo/site-server.ts';
import { type DemoSite, demoSites, signInScopeOf } from '../../config/demo/sites.ts';
import { systemClock } from '../../src/base/clock.ts';
import { type BareProvider, openBareProvider } from '../support/bare-provider.ts';
import { type Browser, type BrowserPage, createBrowser } from '../support/browser-fetch.ts';

const person = {
  accountId: 'account-1',
  claims: { name: '陈知远', phone_number: '19900000001', phone_number_verified: true },
};
const subjectAtProperty = `${person.accountId}@demo-property`;
const logoutEvent = { 'http://schemas.openid.net/event/backchannel-logout': {} };

let provider: BareProvider;
let property: RunningSite;
let social: RunningSite;
let notes: string[];
let browser: Browser;

const newKey = async () => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'site' };
};
const placeholder = { property: 'http://127.0.0.1', social: 'http://127.0.0.1' };
const keys = { property: await newKey(), social: await newKey() };
const publicKeys = { property: publicKeyOf(keys.property), social: publicKeyOf(keys.social) };

const start = (site: DemoSite, privateJwk: typeof keys.property, issuer: string): Promise<RunningSite> =>
  startDemoSite({
    ...site,
    issuer,
    privateJwk,
    host: '127.0.0.1',
    port: 0,
    scope: signInScopeOf(site),
    color: 'pine',
    note: (line) => notes.push(line),
  });

/** The bare provider knows people only, no machines and no certificates. */
const clientOf = (site: DemoSite): ClientMetadata => {
  const { authorization_details_types: _, ...metadata } = site.metadata;
  const grants = ['authorization_code', 'refresh_token'];
  return { client_id: site.clientId, ...metadata, grant_types: grants, scope: signInScopeOf(site) };
};

beforeAll(async () => {
  provider = await openBareProvider();
  const drafts = demoSites(placeholder, publicKeys);
  property = await start(drafts.property, keys.property, provider.issuer);
  social = await start(drafts.social, keys.social, provider.issuer);
  const sites = demoSites({ property: property.url, social: social.url }, publicKeys);
  provider.serve([clientOf(sites.property), clientOf(sites.social)]);
});

afterAll(async () => {
  await Promise.all([property?.close(), social?.close(), provider?.close()]);
});

beforeEach(() => {
  browser = createBrowser();
  notes = [];
  provider.person = person;
  provider.notices.length = 0;
});

const signIn = async (site: RunningSite): Promise<BrowserPage> =>
  browser.click(await browser.get(site.url), '使用一号登录');

const logoutToken = (changes: Record<string, unknown> = {}): Promise<string> => {
  const now = Math.floor(systemClock.now().getTime() / 1000);
  const jti = `notice-${crypto.randomUUID()}`;
  const payload = {
    iss: provider.issuer,
    aud: 'demo-property',
    iat: now,
    exp: now + 120,
    jti,
    events: logoutEvent,
  };
  return provider.signLogoutToken({ ...payload, sub: subjectAtProperty, ...changes });
};

const tell = async (token: string): Promise<BrowserPage> =>
  createBrowser().post(`${property.url}/backchannel-logout`, { logout_token: token });

describe('signing in at a demo site', () => {
  test('a visitor is told what the site is and offered 一号', async () => {
    const page = await browser.get(property.url);
    expect(page.status).toBe(200);
    expect(page.text).toContain('不动产登记');
    expect(page.html).toContain('<html lang="zh-CN">');
  });

  test('a person who signs in is greeted, and known by this site’s own subject', async () => {
    const page = await signIn(property);
    expect(notes).toEqual([]);
    expect(page.url.href).toBe(`${property.url}/`);
    expect(page.text).toContain('您好，**远');
    expect(page.text).toContain(subjectAtProperty);
    expect(page.text).toContain('*******0001');
    expect(page.text).toContain('urn:yihao:loa:2');
    expect(page.text).not.toContain('登录时间 未提供');
    expect(page.html).not.toContain(person.claims.name);
  });

  test('a second site knows the same person by another subject, and less of them', async () => {
    await signIn(property);
    const page = await signIn(social);
    expect(page.text).toContain('account-1@demo-social');
    expect(page.text).not.toContain('0001');
    expect((await browser.get(property.url)).text).toContain(subjectAtProperty);
  });

  test('the browser carries only a reference to the request, no scope and no redirect address', async () => {
    const page = await browser.get(`${property.url}/login`, { follow: false });
    const sent = new URL(page.headers.get('location') ?? '').searchParams;
    expect([...sent.keys()].sort()).toEqual(['client_id', 'request_uri']);
  });

  test('signing in replaces the session the browser came with', async () => {
    await browser.get(`${property.url}/login`, { follow: false });
    const before = browser.cookies.value(property.url, 'demo-property_session');
    await signIn(property);
    const after = browser.cookies.value(property.url, 'demo-property_session');
    expect(before).not.toBeNull();
    expect(after).not.toBe(before);
  });

  test('a person who says no is told that nothing was given', async () => {
    provider.person = null;
    const page = await signIn(property);
    expect(page.status).toBe(403);
    expect(page.text).toContain('您没有登录');
    expect((await browser.click(page, '重新开始')).text).toContain('使用一号登录');
  });
});

describe('an answer that does not fit', () => {
  /** Goes as far as the provider's answer, and returns it without handing it to the site. */
  const answer = async (): Promise<URL> => {
    let page = await browser.get(`${property.url}/login`, { follow: false });
    for (;;) {
      const next = new URL(page.headers.get('location') ?? '', page.url);
      if (next.pathname === '/callback') return next;
      page = await browser.get(next, { follow: false });
    }
  };

  test('a tampered state is refused and nobody is signed in', async () => {
    const url = await answer();
    url.searchParams.set('state', 'another');
    const page = await browser.get(url);
    expect(page.status).toBe(400);
    expect(page.text).toContain('这次登录对不上');
    expect((await browser.get(property.url)).text).toContain('使用一号登录');
  });

  test('an answer in another browser is refused', async () => {
    expect((await createBrowser().get(await answer())).status).toBe(400);
  });

  test('an answer is taken once', async () => {
    const url = await answer();
    expect((await browser.get(url)).text).toContain(subjectAtProperty);
    expect((await browser.get(url)).status).toBe(400);
  });

  test('an answer that names another issuer is refused', async () => {
    const url = await answer();
    url.searchParams.set('iss', 'http://127.0.0.1:1');
    const page = await browser.get(url);
    expect(page.status).toBe(502);
    expect(page.text).toContain('没有通过安全检查');
  });

  test('a made-up code is refused', async () => {
    const url = await answer();
    url.searchParams.set('code', 'made-up');
    const page = await browser.get(url);
    expect(page.status).toBe(502);
    expect(page.text).toContain('invalid_grant');
  });
});

describe('signing out', () => {
  const signOutEverywhere = async (): Promise<BrowserPage> => {
    const asked = await browser.submit(await browser.get(property.url), {}, '/logout');
    return browser.submit(asked, { logout: 'yes' });
  };

  test('the person ends at the signed-out page, and the site no longer knows them', async () => {
    await signIn(property);
    const page = await signOutEverywhere();
    expect(page.url.href).toBe(`${property.url}/signed-out`);
    expect(page.text).toContain('您已退出');
    expect((await browser.get(property.url)).text).toContain('使用一号登录');
  });

  test('the other site is told, and no longer knows the person either', async () => {
    await signIn(property);
    await signIn(social);
    await signOutEverywhere();
    expect(provider.notices).toEqual(['success', 'success']);
    expect((await browser.get(social.url)).text).toContain('使用一号登录');
  });

  test('a form another site made does not sign anyone out', async () => {
    await signIn(property);
    const page = await browser.post(`${property.url}/logout`, { formToken: 'guessed' });
    expect(page.status).toBe(403);
    expect((await browser.get(property.url)).text).toContain(subjectAtProperty);
  });
});

describe('a sign-out notice', () => {
  beforeEach(async () => {
    await signIn(property);
  });
  const isSignedIn = async (): Promise<boolean> =>
    (await browser.get(property.url)).text.includes(subjectAtProperty);

  test('that names the person ends their sessions', async () => {
    expect((await tell(await logoutToken())).status).toBe(204);
    expect(await isSignedIn()).toBe(false);
  });

  test.each<{ which: string; changes: Record<string, unknown> }>([
    { which: 'for another audience', changes: { aud: 'demo-social' } },
    { which: 'of another issuer', changes: { iss: 'http://127.0.0.1:1' } },
    { which: 'made ten minutes ago', changes: { iat: Math.floor(systemClock.now().getTime() / 1000) - 600 } },
    { which: 'with a nonce', changes: { nonce: 'n' } },
    { which: 'without the event', changes: { events: {} } },
    { which: 'without an identifier', changes: { jti: undefined } },
    { which: 'that names nobody', changes: { sub: undefined } },
  ])('$which is refused and nobody is signed out', async ({ changes }) => {
    expect((await tell(await logoutToken(changes))).status).toBe(400);
    expect(await isSignedIn()).toBe(true);
  });

  test('whose signature is another’s is refused', async () => {
    const [header, payload] = (await logoutToken()).split('.');
    const [, , signature] = (await logoutToken()).split('.');
    expect((await tell([header, payload, signature].join('.'))).status).toBe(400);
    expect(await isSignedIn()).toBe(true);
  });

  test('works once', async () => {
    const token = await logoutToken({ sub: 'nobody@demo-property' });
    expect((await tell(token)).status).toBe(204);
    expect((await tell(token)).status).toBe(400);
  });

  test('for one sign-in leaves another of the same person alone', async () => {
    expect((await tell(await logoutToken({ sid: 'another-sign-in' }))).status).toBe(204);
    expect(await isSignedIn()).toBe(true);
  });
});

describe('around the pages', () => {
  test('a site that starts before its provider answers asks to try again, and then works', async () => {
    const late = await openBareProvider();
    await late.close();
    const draft = demoSites(placeholder, publicKeys).social;
    const site = await start(draft, keys.social, late.issuer);
    try {
      const refused = await signIn(site);
      expect(refused.status).toBe(503);
      expect(refused.text).toContain('暂时联系不上一号');
      const issuer = await openBareProvider(Number(new URL(late.issuer).port));
      try {
        issuer.person = person;
        issuer.serve([clientOf(demoSites({ ...placeholder, social: site.url }, publicKeys).social)]);
        expect((await signIn(site)).text).toContain('account-1@demo-social');
      } finally {
        await issuer.close();
      }
    } finally {
      await site.close();
    }
  });

  test('every page forbids scripts and framing, and loads its style from the site', async () => {
    const page = await browser.get(`${property.url}/nothing-here`);
    expect(page.status).toBe(404);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    const style = await browser.get(`${property.url}/site.css`);
    expect(style.headers.get('content-type')).toContain('text/css');
    expect(style.html).toContain('--accent');
  });

  test('the session cookie is out of reach of scripts', async () => {
    const page = await browser.get(`${property.url}/login`, { follow: false });
    expect(page.headers.get('set-cookie')).toMatch(
      /^demo-property_session=.*; path=\/; samesite=lax; httponly$/,
    );
  });
});
