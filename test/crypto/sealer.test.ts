import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, flattenedVerify } from 'jose';
import { canonicalBytes, type JsonObject, type JsonValue, type Seal } from '../../src/crypto/index.ts';
import { createSealer } from '../../src/crypto/sealer.ts';
import { authority, authorityHouse, national, otherAuthority } from './authority-house.ts';

const document: JsonObject = {
  identifier: '1.2.156.3005.2.11999999000000019M001.11999999000000019M.000000001.001.A',
  holder: { name: '林𠮷安', kinds: ['person', { level: 2 }] },
  fields: { 有效: true, 备注: null, 面积: 88.5 },
};

const house = authorityHouse();
const { sealer, keys } = house.start();
let seal: Seal = { jws: '', keyId: '', digest: '' };

beforeAll(async () => {
  seal = await sealer.seal(authority, document);
});

const verdictOf = (changed: unknown, over: JsonObject = document) =>
  sealer.verify(authority, over, changed as Seal);

/** Every text that has one bit of one character flipped. */
const flipped = (text: string): string[] =>
  Array.from(text).flatMap((character, i) =>
    Array.from({ length: 8 }, (_, bit) => {
      const other = String.fromCharCode(character.charCodeAt(0) ^ (1 << bit));
      return text.slice(0, i) + other + text.slice(i + 1);
    }),
  );

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
const signatureText = (jws: string): string => jws.split('.')[2] ?? '';

describe('a seal', () => {
  test('is a JWS that any JOSE library verifies with the published keys and the canonical bytes', async () => {
    const [header, payload, signature] = seal.jws.split('.');
    expect(payload).toBe('');
    const verified = await flattenedVerify(
      {
        protected: String(header),
        payload: canonicalBytes(document).toString('base64url'),
        signature: String(signature),
      },
      createLocalJWKSet(await sealer.publicKeys(authority)),
    );
    expect(verified.protectedHeader).toEqual({ alg: 'ES256', kid: seal.keyId, typ: 'yihao-seal+jws' });
    expect(seal.digest).toBe(createHash('sha256').update(canonicalBytes(document)).digest('hex'));
    expect(seal.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is genuine over the document, in whatever order its members come back', async () => {
    const reordered = Object.fromEntries(Object.entries(document).reverse());
    expect(await verdictOf(seal)).toBe('genuine');
    expect(await verdictOf(JSON.parse(JSON.stringify(seal)), JSON.parse(JSON.stringify(reordered)))).toBe(
      'genuine',
    );
  });

  test('is of the authority that sealed and of no other', async () => {
    await sealer.seal(otherAuthority, document);
    expect(await sealer.verify(otherAuthority, document, seal)).toBe('unknown-key');
  });

  test('refuses to be put on what has no canonical form, and such a document was altered', async () => {
    const broken = { ...document, note: 'a\ud800' };
    await expect(sealer.seal(authority, broken)).rejects.toMatchObject({ code: 'document-not-sealable' });
    expect(await verdictOf(seal, broken)).toBe('altered');
  });
});

describe('a seal is altered', () => {
  test('when any bit of any byte of its JWS is', async () => {
    for (const jws of flipped(seal.jws))
      expect([jws, await verdictOf({ ...seal, jws })]).toEqual([jws, 'altered']);
  });

  test('when any bit of its digest or of its key id is', async () => {
    for (const digest of flipped(seal.digest)) expect(await verdictOf({ ...seal, digest })).toBe('altered');
    for (const keyId of flipped(seal.keyId)) expect(await verdictOf({ ...seal, keyId })).toBe('altered');
    expect(await verdictOf({ ...seal, digest: seal.digest.toUpperCase() })).toBe('altered');
  });

  test('when any byte of its national signature, or bit of that key’s id, is', async () => {
    const { keyId, signature } = seal.national ?? { keyId: '', signature: '' };
    const bytes = Buffer.from(signature, 'base64url');
    expect(bytes).toHaveLength(64);
    const changes = Array.from(bytes, (byte, i) => {
      const changed = Buffer.from(bytes);
      changed[i] = byte ^ (1 << (i % 8));
      return changed.toString('base64url');
    });
    // The last character has bits that belong to no byte.
    changes.push(...flipped(signature).slice(-8));
    for (const change of changes)
      expect(await verdictOf({ ...seal, national: { keyId, signature: change } })).toBe('altered');
    for (const change of flipped(keyId))
      expect(await verdictOf({ ...seal, national: { keyId: change, signature } })).toBe('altered');
  });

  /** Every document that differs in one member: another value, one member less, one more. */
  const changes = (value: JsonValue): JsonValue[] => {
    if (value === null || typeof value !== 'object') return [`${value}x`, [value], {}];
    if (Array.isArray(value))
      return [
        [...value, 1],
        value.slice(1),
        [...value].reverse(),
        ...value.flatMap((part, i) => changes(part).map((change) => value.with(i, change))),
      ];
    return [
      { ...value, extra: null },
      ...Object.entries(value).flatMap(([name, member]) => [
        Object.fromEntries(Object.entries(value).filter(([other]) => other !== name)),
        ...changes(member).map((change) => ({ ...value, [name]: change })),
      ]),
    ];
  };

  test('when any member of the document is another, is missing, or is new', async () => {
    const all = changes(document);
    expect(all.length).toBeGreaterThan(30);
    for (const change of all) expect(await verdictOf(seal, change as JsonObject)).toBe('altered');
    // The digest of the altered document does not help.
    const altered = { ...document, identifier: 'x' };
    const digest = createHash('sha256').update(canonicalBytes(altered)).digest('hex');
    expect(await verdictOf({ ...seal, digest }, altered)).toBe('altered');
  });

  const header = () => ({ alg: 'ES256', kid: seal.keyId, typ: 'yihao-seal+jws' });

  test.each([
    ['no algorithm', { alg: 'none' }],
    ['a shared secret', { alg: 'HS256' }],
    ['another curve', { alg: 'ES384' }],
    ['another type', { typ: 'JWT' }],
    ['a key of its own', { jwk: { kty: 'EC' } }],
    ['an extension', { crit: ['b64'], b64: false }],
  ])('when its header says %s', async (_what, change) => {
    const changed = encode({ ...header(), ...change });
    expect(await verdictOf({ ...seal, jws: `${changed}..${signatureText(seal.jws)}` })).toBe('altered');
    expect(await verdictOf({ ...seal, jws: `${changed}..` })).toBe('altered');
  });

  test.each([
    ['genuine', 'the header of a seal', {}],
    ['altered', 'another type', { typ: 'JWT' }],
    ['altered', 'one member more', { note: 'x' }],
    ['altered', 'a key of its own', { jwk: { kty: 'EC' } }],
  ])('or not: it is %s when the right key has signed %s', async (verdict, _what, change) => {
    const { signer } = (await keys.forSealing(authority)).current.es256;
    const text = encode({ ...header(), ...change });
    const signed = await signer.sign(
      Buffer.from(`${text}.${canonicalBytes(document).toString('base64url')}`),
    );
    const signature = Buffer.from(signed).toString('base64url');
    expect(await verdictOf({ ...seal, jws: `${text}..${signature}` })).toBe(verdict);
  });

  test('when its key id names another key of the authority than its header', async () => {
    const [, next] = (await sealer.publicKeys(authority)).keys;
    expect(await verdictOf({ ...seal, keyId: next?.kid })).toBe('altered');
  });

  test('when the parts of two seals are mixed', async () => {
    const other = await sealer.seal(authority, { other: true });
    expect(await verdictOf({ ...seal, jws: other.jws })).toBe('altered');
    expect(await verdictOf({ ...seal, digest: other.digest })).toBe('altered');
    expect(await verdictOf({ ...seal, national: other.national })).toBe('altered');
  });

  const malformed: [what: string, change: (good: Seal) => unknown][] = [
    ['nothing', () => null],
    ['undefined', () => undefined],
    ['a text', (good) => good.jws],
    ['a list', () => []],
    ['an empty record', () => ({})],
    ['a number for its JWS', (good) => ({ ...good, jws: 1 })],
    ['an empty JWS', (good) => ({ ...good, jws: '' })],
    ['two dots alone', (good) => ({ ...good, jws: '..' })],
    ['no key id', ({ keyId, ...good }) => good],
    ['a broken character in its key id', (good) => ({ ...good, keyId: '\ud800' })],
    ['no digest', ({ digest, ...good }) => good],
    ['a JWS with its payload', (good) => ({ ...good, jws: good.jws.replace('..', `.${encode(document)}.`) })],
    ['a fourth part', (good) => ({ ...good, jws: `${good.jws}.` })],
    ['padding', (good) => ({ ...good, jws: `${good.jws}==` })],
    ['a line end', (good) => ({ ...good, jws: `${good.jws}\n` })],
    ['half a signature', (good) => ({ ...good, jws: good.jws.slice(0, -43) })],
    ['a national seal that is null', (good) => ({ ...good, national: null })],
    ['a national seal without a signature', (good) => ({ ...good, national: { keyId: good.keyId } })],
    [
      'the ES256 key in the national place',
      ({ keyId, ...good }) => ({
        ...good,
        keyId,
        national: { keyId, signature: signatureText(good.jws) },
      }),
    ],
  ];

  test.each(malformed)('when it is %s, and nothing is thrown', async (_what, change) => {
    expect(await verdictOf(change(seal))).toBe('altered');
  });
});

describe('the seal of the national suite', () => {
  const plain = createSealer({ keys, national, nationalSeals: false });

  test('is added where the policy asks, and only there', async () => {
    expect(seal.national?.signature).toMatch(/^[\w-]{86}$/);
    expect(await plain.seal(authority, document)).not.toHaveProperty('national');
  });

  test('is verified by an instance that adds none, and missed by none that does', async () => {
    expect(await plain.verify(authority, document, seal)).toBe('genuine');
    expect(await sealer.verify(authority, document, await plain.seal(authority, document))).toBe('genuine');
    const signature = national.sign(await national.newKey(), canonicalBytes(document));
    const forged = { ...seal, national: { keyId: seal.national?.keyId ?? '', signature } };
    expect(await plain.verify(authority, document, forged)).toBe('altered');
  });

  test('still verifies after rotations by an instance that adds none', async () => {
    await plain.rotate(authority);
    await plain.rotate(authority);
    expect(await house.start().sealer.verify(authority, document, seal)).toBe('genuine');
  });
});
