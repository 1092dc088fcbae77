import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { readConfig } from '../../config/index.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createKeyKeeper, parseMasterKey } from '../../src/crypto/index.ts';
import { openHouse } from '../../src/house.ts';
import { createLog } from '../../src/http/index.ts';
import { type Browser, createBrowser } from '../support/browser-fetch.ts';
import type { Instance } from '../support/instance.ts';
import { agreeAt, keysAt, signInAt, signInWords } from '../support/oidc-flow.ts';
import { type InstancePair, startPair } from '../support/oidc-pair.ts';
import { type RelyingParty, signInByPassword, startRelyingParty } from '../support/relying-party.ts';

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

  test('rotate by the policy under parallel sign-ins at two servers: once, and no sign-in is lost', async () => {
    const people = [person, await pair.first.addPerson(1), await pair.first.addPerson(2)];
    // Both have seen all rotations before this one: a server looks every 15 seconds, and a key is announced for days.
    await pair.second.app.provider.refresh();
    const begun = await Promise.all(people.map(() => one.begin()));
    const before = await kidsAt();
    pair.answer('in turn');
    const rotation = async (): Promise<number[]> => {
      const turns = await Promise.all([pair.first, pair.second].map((each) => keeperOf(each).rotateDue()));
      // The second server learns of it later, as it does in life.
      await pair.first.app.provider.refresh();
      return turns;
    };
    const signIns = begun.map(async (attempt, index) => {
      const { url } = await signInByPassword(createBrowser(), attempt.url, people[index]?.number ?? '');
      return attempt.redeem(url);
    });
    const [turns, ...tokens] = await Promise.all([rotation(), ...signIns]);
    expect(turns.toSorted()).toEqual([0, 1]);
    pair.answer('second');
    const unaware = createLocalJWKSet(await keysAt(pair.issuer));
    expect(await pair.second.app.provider.refresh()).toBe(true);
    expect(await kidsAt()).not.toEqual(before);
    for (const { id_token = '' } of tokens) {
      await jwtVerify(id_token, unaware, { issuer: pair.issuer });
      await jwtVerify(id_token, createLocalJWKSet(await keysAt(pair.issuer)), { issuer: pair.issuer });
    }
  });

  test('replaced in an emergency leave nothing of the former: no token verifies, and people sign in again', async () => {
    const { tokens } = await signInAt(browser, one, person);
    await pair.first.app.house.keys.replace('provider', { actor: 'command-line', reason: 'a disk was lost' });
    await Promise.all([pair.first, pair.second].map(({ app }) => app.provider.refresh()));
    const published = await keysAt(pair.issuer);
    const verified = jwtVerify(tokens.id_token ?? '', createLocalJWKSet(published));
    await expect(verified).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    const asked = await browser.get((await two.begin()).url);
    expect(asked.text).toContain(signInWords);
  });

  test('that nobody rotated in time are named to whoever watches, until they are', async () => {
    const { house } = pair.first.app;
    const figures = async () => (await fetch(`${pair.issuer}/metrics`)).text();
    const late = 'yihao_keys_overdue{ring="provider"} 1';
    expect(await figures()).not.toContain(late);
    const longAgo = new Date(systemClock.now().getTime() - 92 * 86_400_000);
    await house.storage.records
      .collection<{ _id: string }>('keyrings')
      .updateOne({ _id: 'ring' }, { $set: { 'entries.1.createdAt': longAgo } });
    expect(await figures()).toContain(late);
    expect(await house.keys.rotateDue()).toBe(1);
    expect(await figures()).not.toContain(late);
  });
});

/** The keeper of a server as it will be when the provider's ring has been due for a while, and no other. */
const keeperOf = ({ app }: Instance) =>
  createKeyKeeper({
    rings: app.house.crypto.rings,
    clock: { now: () => new Date(systemClock.now().getTime() + 100 * 86_400_000) },
    policy: { rotationDays: { provider: 90 }, announceDays: 2 },
    ownCode: '',
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
