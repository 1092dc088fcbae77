import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { agreeAt, keysAt, refreshOf, signInAt, signInWords, userInfoOf } from '../support/oidc-flow.ts';
import { type FrozenInstance, startFrozenInstance } from '../support/oidc-frozen.ts';
import { type RelyingParty, signInByPassword, startRelyingParty } from '../support/relying-party.ts';

const sessionSeconds = 3600;
const overlapSeconds = 600;

let instance: FrozenInstance;
let site: RelyingParty;
let other: RelyingParty;
let person: { number: string };
let browser: Browser;

// Each begins at the present, where the library's own dates are.
beforeEach(async () => {
  browser = createBrowser();
  instance = await startFrozenInstance({
    YIHAO_SESSION_TTL_SECONDS: String(sessionSeconds),
    YIHAO_ACCESS_TOKEN_TTL_SECONDS: '300',
    YIHAO_KEY_OVERLAP_SECONDS: String(overlapSeconds),
  });
  site = await startRelyingParty(instance, { scope: 'openid name offline_access' });
  other = await startRelyingParty(instance);
  person = await instance.addPerson();
});
afterEach(async () => {
  await Promise.all([site?.stop(), other?.stop()]);
  await instance?.stop();
});

describe('what ends by itself', () => {
  test('a code after a minute', async () => {
    const attempt = await site.begin();
    const { url } = await signInByPassword(browser, attempt.url, person.number);
    instance.clock.advance(61);
    await expect(attempt.redeem(url)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('a pushed request after a minute', async () => {
    const attempt = await site.begin();
    instance.clock.advance(61);
    const page = await browser.get(attempt.url);
    expect(page.status).toBe(400);
    expect(page.text).not.toContain(signInWords);
  });

  test('an access token after its time, while the refresh token gets another', async () => {
    const signedIn = await signInAt(browser, site, person, { prompt: 'consent' });
    instance.clock.advance(299);
    await expect(userInfoOf(signedIn)).resolves.toBeDefined();
    instance.clock.advance(2);
    await expect(userInfoOf(signedIn)).rejects.toMatchObject({ status: 401 });
    const tokens = { ...signedIn.tokens, ...(await refreshOf(signedIn)) };
    await expect(userInfoOf({ ...signedIn, tokens })).resolves.toBeDefined();
  });

  test('a sign-in after its time, however often it was of use meanwhile', async () => {
    await signInAt(browser, site, person);
    instance.clock.advance(sessionSeconds / 2);
    await agreeAt(browser, other);
    instance.clock.advance(sessionSeconds / 2 - 2);
    expect((await browser.get((await other.begin()).url)).text).not.toContain(signInWords);
    // The library's date of the sign-in is later than the clock that stands, by as much as the start took.
    instance.clock.advance(60);
    expect((await browser.get((await other.begin()).url)).text).toContain(signInWords);
  });

  test('the renewals of a refresh token, with the sign-in they came from', async () => {
    const signedIn = await signInAt(browser, site, person, { prompt: 'consent' });
    instance.clock.advance(sessionSeconds - 2);
    const { refresh_token: next } = await refreshOf(signedIn);
    instance.clock.advance(3);
    await expect(refreshOf(signedIn, next)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('a retired signing key after the overlap, and an ID token it signed with it', async () => {
    const idToken = (await signInAt(browser, site, person)).tokens.id_token ?? '';
    const { kid } = decodeProtectedHeader(idToken);
    await instance.app.house.crypto.keyRing.rotate();
    expect(await instance.app.provider.refresh()).toBe(true);
    instance.clock.advance(overlapSeconds - 1);
    expect(await instance.app.provider.refresh()).toBe(false);
    await jwtVerify(idToken, createLocalJWKSet(await keysAt(instance.issuer)));
    instance.clock.advance(1);
    expect(await instance.app.provider.refresh()).toBe(true);
    const left = await keysAt(instance.issuer);
    expect(left.keys.map((key) => key.kid)).not.toContain(kid);
    await expect(jwtVerify(idToken, createLocalJWKSet(left))).rejects.toThrow(/no applicable key/);
  });
});
