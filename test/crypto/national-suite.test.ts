import { describe, expect, test } from '@jest/globals';
import { sm2, sm3 } from 'sm-crypto-v2';
import { type NationalLibrary, openNationalSuite } from '../../src/crypto/national-suite.ts';

const message = Buffer.from('message digest', 'utf8');

/** The key and signature of GM/T 0003.5 over "message digest". */
const fromHex = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');
const vector = {
  key: {
    kty: 'EC',
    crv: 'SM2',
    x: fromHex('09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020'),
    y: fromHex('ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13'),
    kid: 'vector',
    alg: 'SM2',
    use: 'sig',
  },
  signature: fromHex(
    'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3' +
      'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  ),
} as const;

describe('the national suite', () => {
  test('verifies the signature of the standard’s example', () => {
    const suite = openNationalSuite();
    expect(suite.verify(vector.key, message, vector.signature)).toBe(true);
    expect(suite.verify(vector.key, Buffer.from('message digesT'), vector.signature)).toBe(false);
  });

  test('signs so that the library verifies under the default user id, and under no other', async () => {
    const suite = openNationalSuite();
    const key = await suite.newKey();
    const signature = Buffer.from(suite.sign(key, message), 'base64url').toString('hex');
    const xy = Buffer.concat([Buffer.from(key.x, 'base64url'), Buffer.from(key.y, 'base64url')]);
    const verified = (userId: string) =>
      sm2.doVerifySignature(message, signature, `04${xy.toString('hex')}`, { hash: true, userId });
    expect(verified('1234567812345678')).toBe(true);
    expect(verified('')).toBe(false);
  });

  test('makes another key each time, and refuses one key’s signature for another', async () => {
    const suite = openNationalSuite();
    const [one, two] = [await suite.newKey(), await suite.newKey()];
    expect(one.kid).not.toBe(two.kid);
    expect(one.kid).toMatch(/^[\w-]{43}$/);
    expect(suite.verify(one, message, suite.sign(one, message))).toBe(true);
    expect(suite.verify(two, message, suite.sign(one, message))).toBe(false);
  });

  test.each([
    ['nothing', ''],
    ['zeros', fromHex('00'.repeat(64))],
    ['numbers past the order of the curve', fromHex('ff'.repeat(64))],
    ['a byte too few', fromHex('11'.repeat(63))],
    ['a byte too many', `${vector.signature}AA`],
    ['the standard alphabet of base64', Buffer.from(vector.signature, 'base64url').toString('base64')],
    ['a last character with a bit that belongs to no byte', `${vector.signature.slice(0, -1)}r`],
  ])('refuses %s in place of a signature without throwing', (_what, signature) => {
    expect(openNationalSuite().verify(vector.key, message, signature)).toBe(false);
  });

  const broken: [what: string, change: (good: NationalLibrary) => Partial<NationalLibrary>, named: string][] =
    [
      [
        'another digest',
        () => ({ sm3: (input) => sm3(Buffer.concat([input, Buffer.of(0)])) }),
        'SM3 of "abc"',
      ],
      [
        'another curve',
        (good) => ({ sm2: { ...good.sm2, getPublicKeyFromPrivateKey: () => `04${'ab'.repeat(64)}` } }),
        'the public key',
      ],
      [
        'another user id',
        (good) => ({
          sm2: { ...good.sm2, doSignature: (m, d, o) => sm2.doSignature(m, d, { ...o, userId: '' }) },
        }),
        'the signature',
      ],
      [
        'a verification that refuses',
        (good) => ({ sm2: { ...good.sm2, doVerifySignature: () => false } }),
        'verification',
      ],
      [
        'a verification that throws',
        (good) => ({
          sm2: {
            ...good.sm2,
            doVerifySignature: () => {
              throw new Error('no such curve');
            },
          },
        }),
        'verification',
      ],
      [
        'a verification that accepts anything',
        (good) => ({ sm2: { ...good.sm2, doVerifySignature: () => true } }),
        'refusal of another message',
      ],
      [
        'a random number that stays the same',
        (good) => {
          const [k, x1] = [1n, 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n];
          return {
            sm2: {
              ...good.sm2,
              doSignature: (m, d, o) => sm2.doSignature(m, d, { pointPool: [{ k, x1 }], ...o }),
            },
          };
        },
        'fresh random numbers',
      ],
    ];

  test.each(broken)(
    'does not open over %s, and says which answer is wrong and what to do',
    (_what, change, named) => {
      const good = { sm2: { ...sm2 }, sm3: (input: Uint8Array) => sm3(input) };
      expect(() => openNationalSuite({ ...good, ...change(good) })).toThrow(
        new RegExp(`fails its known-answer test: ${named}\\. Fix: install the dependencies anew`),
      );
    },
  );
});
