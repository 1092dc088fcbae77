import { beforeEach, describe, expect, test } from '@jest/globals';
import { errorCatalogue } from '../../src/base/error.ts';
import { selectDisclosures } from '../../src/crypto/sd-jwt.ts';
import {
  audience,
  type CredentialHouse,
  codeOf,
  digestOf,
  issuer,
  listUri,
  newKey,
  nonce,
  nowSeconds,
  openCredentialHouse,
} from './credential-house.ts';

let house: CredentialHouse;
beforeEach(async () => {
  house = await openCredentialHouse();
});

describe('a presentation whose holder’s proof', () => {
  test.each<[string, object, object, string]>([
    ['is for another audience', { aud: 'https://evil.example' }, {}, 'credential-holder-proof'],
    ['is for several audiences', { aud: [audience, 'https://evil.example'] }, {}, 'credential-holder-proof'],
    ['has another nonce', { nonce: 'another' }, {}, 'credential-holder-proof'],
    ['has no nonce', { nonce: undefined }, {}, 'credential-holder-proof'],
    ['is 301 seconds old', { iat: nowSeconds - 301 }, {}, 'credential-holder-proof'],
    ['is 61 seconds ahead', { iat: nowSeconds + 61 }, {}, 'credential-holder-proof'],
    ['has no time', { iat: undefined }, {}, 'credential-holder-proof'],
    ['is over something else', { sd_hash: digestOf('something else') }, {}, 'credential-holder-proof'],
    ['is over nothing', { sd_hash: undefined }, {}, 'credential-holder-proof'],
    ['is of another type', {}, { typ: 'jwt' }, 'credential-holder-proof'],
  ])('%s is refused', async (_what, proof, header, code) => {
    expect(await codeOf(house.verify(await house.present(await house.issue(), proof, header)))).toBe(code);
    expect(house.fetched).toEqual([]);
  });

  test('is 300 seconds old, or 60 ahead, or names its key in its own way is taken', async () => {
    const credential = await house.issue();
    for (const iat of [nowSeconds - 300, nowSeconds + 60])
      expect(await codeOf(house.verify(await house.present(credential, { iat })))).toBeNull();
    expect(await codeOf(house.verify(await house.present(credential, {}, { kid: 'wallet-1' })))).toBeNull();
  });

  test('is missing is refused, whether or not a proof was asked for', async () => {
    const credential = await house.issue();
    for (const presentedTo of [{ audience, nonce }, null])
      expect(await codeOf(house.verify(credential, { presentedTo }))).toBe('credential-holder-proof-missing');
  });

  test('is made by another key is refused', async () => {
    const shown = await selectDisclosures(await house.issue(), ['number']);
    const stolen = await house.prove(shown, {}, {}, await newKey());
    expect(await codeOf(house.verify(stolen))).toBe('credential-holder-proof');
  });

  test('was made for something that nobody here asked for is refused', async () => {
    const presented = await house.present(await house.issue());
    expect(await codeOf(house.verify(presented, { presentedTo: null }))).toBe('credential-holder-proof');
  });

  test('stands on a credential that is bound to nobody is refused', async () => {
    const presented = await house.present(await house.issue({}, false));
    expect(await codeOf(house.verify(presented))).toBe('credential-holder-proof');
  });

  test('was made before a disclosure was taken away or put in is refused', async () => {
    const credential = await house.issue();
    const [token = '', ...rest] = (await house.present(credential)).split('~');
    const fewer = [token, ...rest.slice(1)].join('~');
    const number = credential
      .split('~')
      .find((text) => /"number"/.test(Buffer.from(text, 'base64url').toString()));
    const more = [token, number, ...rest].join('~');
    for (const altered of [fewer, more])
      expect(await codeOf(house.verify(altered))).toBe('credential-holder-proof');
  });
});

describe('the status of a credential', () => {
  const present = async () => house.present(await house.issue());

  test.each([
    ['invalid', 'credential-ended'],
    ['suspended', 'credential-suspended'],
  ] as const)('%s refuses it', async (status, code) => {
    house.list.status = status;
    expect(await codeOf(house.verify(await present()))).toBe(code);
  });

  test('is not read from the list of other certificates, nor from that of another region', async () => {
    house.list.sub = `${issuer}/statuses/2`;
    expect(await codeOf(house.verify(await present()))).toBe('credential-status-list-invalid');
    house.list.sub = listUri;
    house.list.signing = await newKey();
    expect(await codeOf(house.verify(await present()))).toBe('credential-status-list-invalid');
  });

  test('beyond the end of its list is none', async () => {
    const beyond = await house.issue({ status: { status_list: { idx: 16, uri: listUri } } }, false);
    expect(await codeOf(house.verify(beyond))).toBe('credential-status-list-invalid');
  });

  test('that cannot be had is not taken for valid', async () => {
    const statusListOf = () => Promise.reject(new Error('no route'));
    const code = await codeOf(house.verify(await present(), { statusListOf }));
    expect(code).toBe('credential-status-unavailable');
  });
});

test('a presentation with any one bit flipped in it is refused, by a code of the catalogue', async () => {
  const presented = Buffer.from(await house.present(await house.issue()));
  expect(await codeOf(house.verify(presented.toString('latin1')))).toBeNull();
  const taken: string[] = [];
  for (let at = 0; at < presented.length; at += 1) {
    const flipped = Buffer.from(presented);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 7));
    const code = await codeOf(house.verify(flipped.toString('latin1')));
    if (typeof code !== 'string' || !(code in errorCatalogue)) taken.push(`${at}: ${code}`);
  }
  expect(taken).toEqual([]);
});
