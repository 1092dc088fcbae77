import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import * as client from 'openid-client';
import { epochSeconds, systemClock } from '../../src/base/clock.ts';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { type Instance, startInstance } from '../support/instance.ts';
import { pushRequest, requestOf, signInAt } from '../support/oidc-flow.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';

let instance: Instance;
let site: RelyingParty;
let other: RelyingParty;
let person: { number: string };
let browser: Browser;

beforeAll(async () => {
  instance = await startInstance();
  site = await startRelyingParty(instance);
  other = await startRelyingParty(instance);
  person = await instance.addPerson();
});
afterAll(async () => {
  await Promise.all([site?.stop(), other?.stop()]);
  await instance?.stop();
});
beforeEach(() => {
  browser = createBrowser();
});

const recordOf = async ({ clientId }: RelyingParty) => {
  const record = await instance.app.house.sites.find(clientId);
  if (record === null) throw new Error('the site is there');
  return record;
};
const nowSeconds = (): number => epochSeconds(systemClock);

describe('a site that identifies itself', () => {
  const pushAs = (assertion: string | null) => pushRequest(instance.issuer, requestOf(site), assertion);
  const sign = (key: CryptoKey, clientId: string, claims: JWTPayload): Promise<string> =>
    new SignJWT({ iss: clientId, sub: clientId, aud: instance.issuer, jti: client.randomNonce(), ...claims })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(key);

  test('by an assertion that lives an hour is told to make it shorter', async () => {
    expect(await pushAs(await site.assertion(300))).toMatchObject({ status: 201 });
    const answer = await pushAs(await site.assertion(3600));
    expect(answer).toMatchObject({ status: 401, error: 'invalid_client' });
    expect(answer.error_description).toContain('300 seconds at most');
  });

  test('is told so at the token endpoint too', async () => {
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'of-no-account',
      redirect_uri: site.redirectUri,
      code_verifier: client.randomPKCECodeVerifier(),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await site.assertion(3600),
    });
    const answer = await fetch(`${instance.issuer}/token`, { method: 'POST', body });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
  });

  test('cannot lengthen an assertion by its date', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const clientId = 'dates-ahead';
    const record = await recordOf(site);
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig' }] };
    await instance.app.house.sites.save(
      { ...record, clientId, metadata: { ...record.metadata, jwks } },
      'test',
    );
    const request = requestOf(site, { client_id: clientId });
    const pushDated = async (iat: number | null, exp: number) => {
      const now = nowSeconds();
      const claims = { ...(iat === null ? {} : { iat: now + iat }), exp: now + exp };
      return (await pushRequest(instance.issuer, request, await sign(privateKey, clientId, claims))).status;
    };
    expect(await pushDated(0, 290)).toBe(201);
    expect(await pushDated(null, 290)).toBe(201);
    expect(await pushDated(10, 310)).toBe(201);
    expect(await pushDated(null, 3600)).toBe(401);
    expect(await pushDated(3400, 3600)).toBe(401);
    expect(await pushDated(-3600, 60)).toBe(401);
  });

  test('by the assertion of another site, a forged one, a broken one or none is refused', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const forged = await sign(privateKey, site.clientId, { exp: nowSeconds() + 60 });
    for (const assertion of [await other.assertion(), forged, 'broken', '', null]) {
      const answer = await pushAs(assertion);
      expect(answer.error).toMatch(/^invalid_(client|request)$/);
      expect([400, 401]).toContain(answer.status);
    }
  });

  test('is refused once it is switched off, and its people with it', async () => {
    const closing = await startRelyingParty(instance);
    try {
      const { attempt } = await signInAt(browser, closing, person);
      const record = await recordOf(closing);
      await instance.app.house.sites.save({ ...record, enabled: false }, 'test');
      await expect(closing.begin()).rejects.toMatchObject({ error: 'invalid_client' });
      expect((await browser.get(attempt.url, { follow: false })).status).toBe(400);
    } finally {
      await closing.stop();
    }
  });
});
