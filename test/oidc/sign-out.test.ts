import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import {
  agreeAt,
  keysAt,
  refreshOf,
  type SignedIn,
  signInAt,
  signInWords,
  userInfoOf,
} from '../support/oidc-flow.ts';
import { type Receiver, startReceiver } from '../support/oidc-receiver.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';

let instance: Instance;
let one: RelyingParty;
let two: RelyingParty;
let person: { number: string };
let browser: Browser;

beforeAll(async () => {
  instance = await startInstance();
  one = await startRelyingParty(instance);
  two = await startRelyingParty(instance);
  person = await instance.addPerson();
});
afterAll(async () => {
  await Promise.all([one?.stop(), two?.stop()]);
  await instance?.stop();
});
beforeEach(() => {
  browser = createBrowser();
  one.received.length = 0;
  two.received.length = 0;
});

const signOut = async (url: string | URL = `${instance.issuer}/session/end`) =>
  browser.submit(await browser.get(url), { logout: 'yes' }, '/session/end/confirm');

const signOutUrl = ({ site, tokens }: SignedIn, parameters: Record<string, string> = {}): URL =>
  client.buildEndSessionUrl(site.configuration, {
    id_token_hint: tokens.id_token ?? '',
    post_logout_redirect_uri: site.redirectUri.replace('/callback', '/signed-out'),
    ...parameters,
  });

const logoutTokenOf = (body: string | undefined): string =>
  new URLSearchParams(body).get('logout_token') ?? '';

describe('signing out at a site', () => {
  test('comes back to the site with its state, and the next sign-in starts at the beginning', async () => {
    const signedIn = await signInAt(browser, one, person);
    const done = await signOut(signOutUrl(signedIn, { state: 'from-one' }));
    expect(done.url.href).toBe(one.redirectUri.replace('/callback', '/signed-out?state=from-one'));
    expect((await browser.get((await two.begin()).url)).text).toContain(signInWords);
  });

  test('asks first: opening the address alone signs nobody out', async () => {
    const signedIn = await signInAt(browser, one, person);
    await browser.get(signOutUrl(signedIn));
    const forged = { xsrf: 'guessed', logout: 'yes' };
    const refused = await browser.post(`${instance.issuer}/session/end/confirm`, forged);
    expect(refused.status).toBe(400);
    await agreeAt(browser, two);
    expect(one.received).toEqual([]);
  });

  test('goes to no address the site has not registered', async () => {
    const signedIn = await signInAt(browser, one, person);
    const evil = { post_logout_redirect_uri: 'https://evil.example/' };
    const page = await browser.get(signOutUrl(signedIn, evil));
    expect(page.status).toBe(400);
    expect(page.html).not.toContain('evil.example');
    const query = new URLSearchParams(evil);
    const done = await signOut(`${instance.issuer}/session/end?${query}`);
    expect(done.url.origin).toBe(instance.issuer);
  });

  test('ends what the sites got by that sign-in', async () => {
    const first = await signInAt(browser, one, person);
    const second = await agreeAt(browser, two);
    await signOut();
    for (const signedIn of [first, second])
      await expect(userInfoOf(signedIn)).rejects.toMatchObject({ status: 401 });
  });

  test('leaves alone the sign-in of the same person in another browser', async () => {
    await signInAt(browser, one, person);
    const elsewhere = await signInAt(createBrowser(), one, person);
    await signOut();
    await expect(userInfoOf(elsewhere)).resolves.toBeDefined();
  });

  test('leaves a renewal that was agreed to for when the person is away', async () => {
    const agent = await startRelyingParty(instance, { scope: 'openid offline_access' });
    try {
      const signedIn = await signInAt(browser, agent, person, { prompt: 'consent' });
      await signOut();
      await expect(refreshOf(signedIn)).resolves.toBeDefined();
    } finally {
      await agent.stop();
    }
  });
});

describe('the notice of a sign-out', () => {
  test('reaches every site the person was signed in at, once, each in its own words', async () => {
    const signedIns = [await signInAt(browser, one, person), await agreeAt(browser, two)];
    await signOut();
    const keys = createLocalJWKSet(await keysAt(instance.issuer));
    for (const { site, tokens } of signedIns) {
      expect(site.received.map(({ path }) => path)).toEqual(['/sign-out-notice']);
      const token = logoutTokenOf(site.received[0]?.body);
      const expected = { issuer: instance.issuer, audience: site.clientId, typ: 'logout+jwt' };
      const { payload } = await jwtVerify(token, keys, expected);
      expect(payload['events']).toEqual({ 'http://schemas.openid.net/event/backchannel-logout': {} });
      expect(payload.sub).toBe(decodeJwt(tokens.id_token ?? '').sub);
      expect(payload.jti).toEqual(expect.any(String));
      expect(payload).not.toHaveProperty('nonce');
    }
  });

  test('does not go to a site the person was not at', async () => {
    await signInAt(browser, one, person);
    await signOut();
    expect([one.received.length, two.received.length]).toEqual([1, 0]);
  });
});

describe('the notice to a site in trouble', () => {
  const signOutAt = async (statuses: number[]): Promise<{ receiver: Receiver; landed: string }> => {
    const receiver = await startReceiver(statuses);
    const site = await startRelyingParty(instance, {
      metadata: { backchannel_logout_uri: `${receiver.url}/notice` },
    });
    try {
      await signInAt(browser, site, person);
      return { receiver, landed: (await signOut()).url.pathname };
    } finally {
      await Promise.all([site.stop(), receiver.stop()]);
    }
  };

  test('is sent again, the same, until it is taken', async () => {
    const { receiver } = await signOutAt([503, 500, 200]);
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  });

  test('is given up after three times, and the person is signed out all the same', async () => {
    const { receiver, landed } = await signOutAt([503, 503, 503, 200]);
    expect(receiver.received).toHaveLength(3);
    expect(landed).toBe('/session/end/success');
    expect((await browser.get((await one.begin()).url)).text).toContain(signInWords);
  });

  test('follows no redirect', async () => {
    const { receiver } = await signOutAt([307, 200]);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/notice']);
  });
});
