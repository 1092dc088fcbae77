import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as client from 'openid-client';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import {
  agreeAt,
  pushRequest,
  refreshOf,
  requestOf,
  type SignedIn,
  signInAt,
  tenTimes,
  userInfoOf,
} from '../support/oidc-flow.ts';
import { type RedisServer, startRedis } from '../support/redis.ts';
import { type RelyingParty, signInByPassword, startRelyingParty } from '../support/relying-party.ts';

describe.each(['embedded file', 'Redis'])('what may be used once, kept in the %s', (store) => {
  let redis: RedisServer | undefined;
  let instance: Instance;
  let site: RelyingParty;
  let other: RelyingParty;
  let person: { number: string };
  let browser: Browser;

  beforeAll(async () => {
    redis = store === 'Redis' ? await startRedis() : undefined;
    instance = await startInstance(redis ? { REDIS_URL: redis.url } : {});
    site = await startRelyingParty(instance, { scope: 'openid name offline_access' });
    other = await startRelyingParty(instance);
    person = await instance.addPerson();
  }, 30_000);
  afterAll(async () => {
    await Promise.all([site?.stop(), other?.stop()]);
    await instance?.stop();
    await redis?.stop();
  });
  beforeEach(() => {
    browser = createBrowser();
  });

  const signIn = (): Promise<SignedIn> => signInAt(browser, site, person, { prompt: 'consent' });

  /** Sends what openid-client would send for userinfo ten times at once, the proof unchanged. */
  const replayUserInfo = async (signedIn: SignedIn): Promise<Response[]> => {
    const sent: RequestInit[] = [];
    const { configuration } = signedIn.site;
    configuration[client.customFetch] = async (_url, options) => {
      sent.push(options as RequestInit);
      throw new Error('kept for later');
    };
    await expect(userInfoOf(signedIn)).rejects.toThrow();
    configuration[client.customFetch] = (url, options) => fetch(url, options as RequestInit);
    return (await tenTimes(() => fetch(`${instance.issuer}/userinfo`, sent[0]))).done;
  };

  test('a code redeemed ten times at once gives tokens once', async () => {
    const attempt = await site.begin({ prompt: 'consent' });
    const { url } = await signInByPassword(browser, attempt.url, person.number);
    const { done, refused } = await tenTimes(() => attempt.redeem(url));
    expect(done).toHaveLength(1);
    for (const reason of refused) expect(reason).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test('a code redeemed again takes back what it gave', async () => {
    const signedIn = await signIn();
    await expect(userInfoOf(signedIn)).resolves.toBeDefined();
    const again = signedIn.attempt.redeem(signedIn.landed);
    await expect(again).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(userInfoOf(signedIn)).rejects.toMatchObject({ status: 401 });
    await expect(refreshOf(signedIn)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('a refresh token is exchanged for another, and used again takes back all of the grant', async () => {
    const signedIn = await signIn();
    const next = await refreshOf(signedIn);
    expect(next.refresh_token).not.toBe(signedIn.tokens.refresh_token);
    const renewed = { ...signedIn, tokens: { ...signedIn.tokens, ...next } };
    await expect(userInfoOf(renewed)).resolves.toBeDefined();
    await expect(refreshOf(signedIn)).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(userInfoOf(renewed)).rejects.toMatchObject({ status: 401 });
    await expect(refreshOf(renewed)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('a refresh token used ten times at once is exchanged once', async () => {
    const signedIn = await signIn();
    const { done, refused } = await tenTimes(() => refreshOf(signedIn));
    expect(done).toHaveLength(1);
    for (const reason of refused) expect(reason).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  test('a client assertion sent ten times at once is taken once', async () => {
    const assertion = await site.assertion();
    const { done } = await tenTimes(() => pushRequest(instance.issuer, requestOf(site), assertion));
    expect(done.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(done.filter(({ error }) => error === 'invalid_client')).toHaveLength(9);
  });

  test('a client assertion sent again later is refused alike', async () => {
    const assertion = await site.assertion();
    expect(await pushRequest(instance.issuer, requestOf(site), assertion)).toMatchObject({ status: 201 });
    const again = await pushRequest(instance.issuer, requestOf(site), assertion);
    expect(again).toMatchObject({ status: 401, error: 'invalid_client' });
  });

  test('a DPoP proof sent ten times at once is taken once', async () => {
    const answers = await replayUserInfo(await signIn());
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(9);
  });

  test('a pushed request agreed to ten times at once leads to one code', async () => {
    await signInAt(browser, site, person);
    const { url } = await other.begin();
    const pages = [];
    for (let time = 0; time < 10; time++) pages.push(await browser.get(url));
    const next = pages.values();
    const { done } = await tenTimes(async () => {
      const page = next.next().value;
      if (page === undefined) throw new Error('there are ten pages');
      return browser.submit(page, { decision: 'agree' }, '/consent');
    });
    const codes = done.filter((page) => page.url.searchParams.has('code'));
    expect(codes).toHaveLength(1);
    // Of the rest some find the session renewed by the one before, and are told to start again from the site.
    for (const page of done.filter((one) => !codes.includes(one)))
      expect(page.url.searchParams.get('error') ?? page.text).toMatch(
        /invalid_request_uri|interaction-expired/,
      );
  });

  test('a pushed request that has led to a code opens no more', async () => {
    await signIn();
    const { attempt } = await agreeAt(browser, other);
    const again = await browser.get(attempt.url);
    expect(again.url.searchParams.has('code')).toBe(false);
    expect(again.url.searchParams.get('error') ?? again.text).toMatch(/invalid_request_uri/);
  });
});
