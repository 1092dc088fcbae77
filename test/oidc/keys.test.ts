import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { readConfig } from '../../config/index.ts';
import { systemClock } from '../../src/base/clock.ts';
import { parseMasterKey } from '../../src/crypto/index.ts';
import { openHouse } from '../../src/house.ts';
import { createLog } from '../../src/http/index.ts';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import { agreeAt, keysAt, signInAt } from '../support/oidc-flow.ts';
import { type InstancePair, startPair } from '../support/oidc-pair.ts';
import { type RelyingParty, startRelyingParty } from '../support/relying-party.ts';

let pair: InstancePair;
let one: RelyingParty;
let two: RelyingParty;
let person: { number: string };
let browser: Browser;

beforeAll(async () => {
  pair = await startPair();
  one = await startRelyingParty(pair.first);
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

const kidsAt = async (): Promise<unknown[]> => (await keysAt(pair.issuer)).keys.map(({ kid }) => kid);

describe('the signing keys', () => {
  test('are published without their private half', async () => {
    const { keys } = await keysAt(pair.issuer);
    expect(keys.length).toBeGreaterThanOrEqual(2);
    for (const key of keys) {
      expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
      expect(key).not.toHaveProperty('d');
    }
  });

  test('rotate under a running server: new tokens by the new key, old ones verify still', async () => {
    const before = (await signInAt(browser, one, person)).tokens.id_token ?? '';
    const published = await kidsAt();
    await pair.first.app.house.crypto.keyRing.rotate();
    expect(await pair.first.app.provider.refresh()).toBe(true);
    expect(await pair.first.app.provider.refresh()).toBe(false);
    const after = (await agreeAt(browser, two)).tokens.id_token ?? '';
    expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
    // The key that signs now was published before it signed, so that no site meets a key it does not know.
    expect(published).toContain(decodeProtectedHeader(after).kid);
    const keys = createLocalJWKSet(await keysAt(pair.issuer));
    await jwtVerify(before, keys, { issuer: pair.issuer, audience: one.clientId });
    await jwtVerify(after, keys, { issuer: pair.issuer, audience: two.clientId });
  });

  test('rotated by a command beside it are found by a running server', async () => {
    await pair.first.app.provider.refresh();
    const before = decodeProtectedHeader((await signInAt(browser, one, person)).tokens.id_token ?? '').kid;
    await rotateBeside();
    expect(await pair.first.app.provider.refresh()).toBe(true);
    const after = decodeProtectedHeader((await agreeAt(browser, two)).tokens.id_token ?? '').kid;
    expect(after).not.toBe(before);
    expect(await kidsAt()).toEqual(expect.arrayContaining([before, after]));
  });

  test('rotated at one server do no harm at another that has not seen it', async () => {
    await pair.second.app.provider.refresh();
    await pair.first.app.house.crypto.keyRing.rotate();
    await pair.first.app.provider.refresh();
    const signedIn = await signInAt(browser, one, person);
    pair.answer('second');
    const published = createLocalJWKSet(await keysAt(pair.issuer));
    await jwtVerify(signedIn.tokens.id_token ?? '', published, { issuer: pair.issuer });
    // The cookie was signed by a secret that the second server holds as its next.
    const known = await agreeAt(browser, two);
    expect(known.tokens.claims()?.auth_time).toBe(signedIn.tokens.claims()?.auth_time);
  });
});

/** Does what `yihao keys rotate` does, on connections of its own. */
const rotateBeside = async (): Promise<void> => {
  const config = readConfig({
    YIHAO_MODE: 'development',
    YIHAO_REGION_CODE: '990000',
    YIHAO_REGION_NAME: '示例省',
    ...pair.environment,
  });
  const masterKey = parseMasterKey('5e'.repeat(32));
  const house = await openHouse({ config, masterKey, clock: systemClock, log: createLog('silent') });
  try {
    await house.crypto.keyRing.rotate();
  } finally {
    await house.close();
  }
};
