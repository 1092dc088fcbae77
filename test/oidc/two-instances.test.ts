import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { agreeAt, refreshOf, signInAt, signInWords, tenTimes, userInfoOf } from '../support/oidc-flow.ts';
import { type InstancePair, startPair } from '../support/oidc-pair.ts';
import { type RelyingParty, signInByPassword, startRelyingParty } from '../support/relying-party.ts';
import { createAuthenticator } from '../support/virtual-authenticator.ts';

let pair: InstancePair;
let one: RelyingParty;
let two: RelyingParty;
let person: Awaited<ReturnType<InstancePair['first']['addPerson']>>;
let browser: Browser;

beforeAll(async () => {
  pair = await startPair();
  one = await startRelyingParty(pair.first, { scope: 'openid name offline_access' });
  two = await startRelyingParty(pair.first);
  person = await pair.first.addPerson();
}, 30_000);
afterAll(async () => {
  await Promise.all([one?.stop(), two?.stop()]);
  await pair?.stop();
});
beforeEach(() => {
  browser = createBrowser();
  pair.answer('first');
});

describe('two servers behind one address', () => {
  test('know the person who signed in at the other', async () => {
    const first = await signInAt(browser, one, person);
    pair.answer('second');
    const second = await agreeAt(browser, two);
    expect(second.tokens.claims()?.auth_time).toBe(first.tokens.claims()?.auth_time);
    expect((await userInfoOf(first))['name']).toBe(person.name);
  });

  test('can take every request of a sign-in in turn', async () => {
    pair.answer('in turn');
    const signedIn = await signInAt(browser, one, person, { prompt: 'consent' });
    expect((await userInfoOf(signedIn))['name']).toBe(person.name);
    const tokens = { ...signedIn.tokens, ...(await refreshOf(signedIn)) };
    expect((await userInfoOf({ ...signedIn, tokens }))['name']).toBe(person.name);
  });

  test('can change between the password and the agreement', async () => {
    const attempt = await one.begin();
    const first = await browser.get(attempt.url);
    expect(first.text).toContain(signInWords);
    pair.answer('second');
    const { url } = await signInByPassword(browser, first.url, person.number);
    expect((await attempt.redeem(url)).claims()?.sub).toBeDefined();
  });

  test('give one set of tokens for a code that both are asked to redeem at once', async () => {
    const attempt = await one.begin();
    const { url } = await signInByPassword(browser, attempt.url, person.number);
    pair.answer('in turn');
    expect((await tenTimes(() => attempt.redeem(url))).done).toHaveLength(1);
  });

  test('both know that the person has signed out at one of them', async () => {
    const signedIn = await signInAt(browser, two, person);
    const asked = await browser.get(`${pair.issuer}/session/end`);
    pair.answer('second');
    await browser.submit(asked, { logout: 'yes' }, '/session/end/confirm');
    for (const answering of ['first', 'second'] as const) {
      pair.answer(answering);
      await expect(userInfoOf(signedIn)).rejects.toMatchObject({ status: 401 });
      expect((await browser.get((await two.begin()).url)).text).toContain(signInWords);
    }
  });

  test('answer a code that one shows, the other lets the phone approve, and the first takes the outcome of', async () => {
    const { identity } = pair.second.app.house;
    const { accountId } = person;
    const device = createAuthenticator({ origin: pair.issuer, rpId: 'localhost' });
    const made = device.register(await identity.beginPasskeyRegistration({ accountId, binding: 'b' }));
    await identity.finishPasskeyRegistration({ accountId, binding: 'b', response: made, name: '手机' });
    const page = await browser.click(await browser.get((await two.begin()).url), '扫码登录');
    const uid = page.url.pathname.split('/')[2] ?? '';
    const site = { zh: '', en: '' };
    const asked = { binding: uid, site, userAgent: '', network: '*', address: 'a' };
    const { handle, matchNumber: number } = await identity.showQr(asked);
    const response = device.assert(await identity.beginQrApproval({ accountId, handle }));
    await identity.approveQr({ accountId, handle, number, response });
    expect(page.text).toContain(number);
    expect((await browser.submit(page, {}, '/qr')).text).toContain('同意');
  });

  test('both know a site, and a person, that was added at one of them', async () => {
    const site = await startRelyingParty(pair.second);
    try {
      const neighbour = await pair.second.addPerson(1);
      const { tokens } = await signInAt(browser, site, neighbour);
      expect(tokens.claims()?.aud).toBe(site.clientId);
    } finally {
      await site.stop();
    }
  });
});
