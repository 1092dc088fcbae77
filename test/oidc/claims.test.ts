import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as client from 'openid-client';
import { epochSeconds, systemClock } from '../../src/base/clock.ts';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { agreeAt, refreshOf, type SignedIn, signInAt, userInfoOf } from '../support/oidc-flow.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';

let instance: Instance;
let one: RelyingParty;
let two: RelyingParty;
let person: Awaited<ReturnType<Instance['addPerson']>>;
let browser: Browser;

beforeAll(async () => {
  instance = await startInstance();
  one = await startRelyingParty(instance, { scope: 'openid name offline_access' });
  const legalBasis = { id_number: '不动产登记暂行条例' };
  two = await startRelyingParty(instance, { scope: 'openid name id_number', legalBasis });
  person = await instance.addPerson();
});
afterAll(async () => {
  await Promise.all([one?.stop(), two?.stop()]);
  await instance?.stop();
});
beforeEach(() => {
  browser = createBrowser();
});

const subjectOf = ({ tokens }: SignedIn): string => tokens.claims()?.sub ?? '';

describe('a site that openid-client runs by code, PKCE, PAR, DPoP and private_key_jwt', () => {
  test('gets tokens, what was agreed, a renewed token, and gives them back', async () => {
    const signedIn = await signInAt(browser, one, person, { prompt: 'consent' });
    expect(signedIn.tokens).toMatchObject({ token_type: 'dpop', expires_in: 600 });
    expect(await userInfoOf(signedIn)).toEqual({ sub: subjectOf(signedIn), name: person.name });
    const renewed = { ...signedIn, tokens: { ...signedIn.tokens, ...(await refreshOf(signedIn)) } };
    expect(await userInfoOf(renewed)).toEqual({ sub: subjectOf(signedIn), name: person.name });
    await client.tokenRevocation(one.configuration, renewed.tokens.refresh_token ?? '');
    await expect(refreshOf(renewed)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('learns when, how and how well the person signed in, and hears the same after a renewal', async () => {
    const before = epochSeconds(systemClock);
    const signedIn = await signInAt(browser, one, person, { prompt: 'consent' });
    const about = { acr: 'urn:yihao:loa:2', amr: ['pwd'], auth_time: expect.any(Number) };
    const claims = signedIn.tokens.claims();
    expect(claims).toMatchObject(about);
    expect(claims?.auth_time).toBeGreaterThanOrEqual(before);
    const renewed = (await refreshOf(signedIn)).claims();
    expect(renewed).toMatchObject({ ...about, auth_time: claims?.auth_time, sub: claims?.sub });
  });

  test('learns at a second site the time of the sign-in at the first', async () => {
    const first = await signInAt(browser, one, person);
    const second = await agreeAt(browser, two);
    expect(second.tokens.claims()).toMatchObject({
      acr: 'urn:yihao:loa:2',
      amr: ['pwd'],
      auth_time: first.tokens.claims()?.auth_time,
    });
  });
});

describe('what a site learns', () => {
  test('is the ID number only where a law is named for it, and never in the ID token', async () => {
    const signedIn = await signInAt(browser, two, person);
    const info = await userInfoOf(signedIn);
    expect(info['id_number']).toBe(person.number);
    expect(JSON.stringify(signedIn.tokens.claims())).not.toContain(person.number);
  });

  test('is never the ID number of a site that names no law: it cannot be registered', async () => {
    const { sites } = instance.app.house;
    const record = await sites.find(two.clientId);
    if (record === null) throw new Error('the site is there');
    const lawless = { ...record, clientId: 'lawless', legalBasis: {} };
    await expect(sites.save(lawless, 'test')).rejects.toThrow(/legalBasis\.id_number/);
    expect(await sites.find('lawless')).toBeNull();
  });

  test('cannot be asked for beyond what the site is registered for', async () => {
    await expect(one.begin({ scope: 'openid id_number' })).rejects.toMatchObject({ error: 'invalid_scope' });
  });

  test('is not to be had with the token of another site', async () => {
    const signedIn = await signInAt(browser, one, person, { prompt: 'consent' });
    for (const token of [signedIn.tokens.access_token, signedIn.tokens.refresh_token ?? '']) {
      const own = await client.tokenIntrospection(one.configuration, token);
      const others = await client.tokenIntrospection(two.configuration, token);
      expect(own).toMatchObject({ active: true, client_id: one.clientId });
      expect(others).toEqual({ active: false });
    }
  });

  test('is not told to who asks about a token and is no site', async () => {
    const { tokens } = await signInAt(browser, one, person);
    const body = new URLSearchParams({ token: tokens.access_token, client_id: one.clientId });
    const answer = await fetch(`${instance.issuer}/token/introspection`, { method: 'POST', body });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.json()).not.toHaveProperty('active');
  });

  test('ends when the site gives its token back', async () => {
    const signedIn = await signInAt(browser, one, person);
    await client.tokenRevocation(one.configuration, signedIn.tokens.access_token);
    await expect(userInfoOf(signedIn)).rejects.toMatchObject({ status: 401 });
  });

  test('does not end when another site gives that token back', async () => {
    const signedIn = await signInAt(browser, one, person);
    const theft = client.tokenRevocation(two.configuration, signedIn.tokens.access_token);
    await expect(theft).rejects.toMatchObject({ status: 400, error: 'invalid_request' });
    await expect(userInfoOf(signedIn)).resolves.toMatchObject({ sub: subjectOf(signedIn) });
  });

  test('is not to be had with a stolen token that lacks its key', async () => {
    const signedIn = await signInAt(browser, one, person);
    const { access_token: token } = signedIn.tokens;
    for (const scheme of ['DPoP', 'Bearer']) {
      const headers = { authorization: `${scheme} ${token}` };
      const stolen = await fetch(`${instance.issuer}/userinfo`, { headers });
      expect(stolen.ok).toBe(false);
      expect(await stolen.text()).not.toContain(person.name);
    }
    const dpop = client.getDPoPHandle(one.configuration, await client.randomDPoPKeyPair('ES256'));
    const thief = { ...signedIn, attempt: { ...signedIn.attempt, dpop } };
    await expect(userInfoOf(thief)).rejects.toMatchObject({ status: 401 });
  });
});

describe('the subject', () => {
  test('is another at each site, tells nothing, and stays the same', async () => {
    const atOne = subjectOf(await signInAt(browser, one, person));
    const atTwo = subjectOf(await agreeAt(browser, two));
    expect(atTwo).not.toBe(atOne);
    browser = createBrowser();
    expect(subjectOf(await signInAt(browser, two, person))).toBe(atTwo);
    for (const subject of [atOne, atTwo]) {
      expect(subject).not.toContain(person.accountId);
      expect(subject).not.toContain(person.number);
    }
  });

  test('is the same at two sites of one sector, and another for another person', async () => {
    const metadata = { redirect_uris: [one.redirectUri] };
    const sister = await startRelyingParty(instance, { metadata });
    try {
      const mine = subjectOf(await signInAt(browser, one, person));
      const attempt = await sister.begin({ redirect_uri: one.redirectUri });
      const consent = await browser.get(attempt.url);
      const { url } = await browser.submit(consent, { decision: 'agree' }, '/consent');
      expect((await attempt.redeem(url)).claims()?.sub).toBe(mine);
      const neighbour = await instance.addPerson(1);
      expect(subjectOf(await signInAt(createBrowser(), one, neighbour))).not.toBe(mine);
    } finally {
      await sister.stop();
    }
  });
});
