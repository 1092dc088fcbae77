import { deflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { SignJWT } from 'jose';
import { newSigningKey, type SigningJwk } from '../../src/crypto/key-ring.ts';
import {
  type CredentialStatus,
  credentialStatuses,
  decodeStatusList,
  encodeStatusList,
  newStatusBytes,
  ownStatusList,
  statusAt,
  statusListEntries,
  valueAt,
  withStatus,
} from '../../src/crypto/status-list.ts';
import { signStatusList, verifyStatusList } from '../../src/crypto/status-list-token.ts';
import { frozenClock } from '../support/frozen-clock.ts';
import { seededRandom } from '../support/random.ts';

const invalid = { code: 'credential-status-list-invalid' };
const refusal = expect.objectContaining(invalid);
const keyOf = async (): Promise<SigningJwk> => JSON.parse((await newSigningKey()).secret.toString('utf8'));

/** Reads every entry the slow way: all bits of the bytes as one row, least significant first. */
const naiveValues = (bytes: Buffer, bits: number): number[] => {
  const row = [...bytes].flatMap((byte) => [...byte.toString(2).padStart(8, '0')].reverse().map(Number));
  return Array.from({ length: row.length / bits }, (_, i) =>
    row.slice(i * bits, (i + 1) * bits).reduce((sum, bit, place) => sum + bit * 2 ** place, 0),
  );
};

describe('the bytes of a list', () => {
  test('read as a second, naive decoder reads them', () => {
    const random = seededRandom(5);
    const names = Object.keys(credentialStatuses) as CredentialStatus[];
    const wanted = Array.from({ length: 1000 }, () => random.pick(names));
    const bytes = wanted.reduce((sum, status, i) => withStatus(sum, i, status), newStatusBytes(1000));
    expect(wanted.map((_, i) => statusAt(ownStatusList(bytes), i))).toEqual(wanted);
    expect(naiveValues(bytes, 2)).toEqual(wanted.map((status) => credentialStatuses[status]));
    const decoded = decodeStatusList(encodeStatusList(bytes));
    expect(decoded).toEqual({ bits: 2, bytes });
  });

  test('of a full list are 32 KiB, and a few kilobytes in a token', () => {
    const random = seededRandom(7);
    let bytes = newStatusBytes(statusListEntries);
    expect(bytes).toHaveLength(32_768);
    for (let i = 0; i < 1311; i += 1)
      bytes = withStatus(bytes, random.below(statusListEntries), random.pick(['invalid', 'suspended']));
    expect(encodeStatusList(bytes).lst.length).toBeLessThan(4096);
  });

  test('change in one entry only, there and back, and not in the copy that was given', () => {
    const before = withStatus(newStatusBytes(8), 5, 'suspended');
    const after = withStatus(before, 6, 'invalid');
    expect([4, 5, 6, 7].map((i) => statusAt(ownStatusList(after), i))).toEqual([
      'valid',
      'suspended',
      'invalid',
      'valid',
    ]);
    expect(statusAt(ownStatusList(before), 6)).toBe('valid');
    expect(withStatus(after, 6, 'valid')).toEqual(before);
    expect(() => withStatus(before, 8, 'valid')).toThrow(RangeError);
  });

  // The two examples of draft-ietf-oauth-status-list, from memory; their checksums say that the memory is right.
  test.each([
    [1, 'eNrbuRgAAhcBXQ', [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]],
    [2, 'eNo76fITAAPfAgc', [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]],
  ])('of the draft’s example with %s bit(s) an entry read as the draft says', (bits, lst, values) => {
    const list = decodeStatusList({ bits, lst });
    expect(values.map((_, i) => valueAt(list, i))).toEqual(values);
    expect(naiveValues(list.bytes, bits)).toEqual(values);
  });

  test('have no entry beyond their end, and a value without a meaning is none', () => {
    const list = decodeStatusList({ bits: 2, lst: 'eNo76fITAAPfAgc' });
    for (const index of [12, -1, 0.5, Number.NaN]) expect(() => valueAt(list, index)).toThrow(refusal);
    expect(statusAt(list, 3)).toBeNull();
  });

  test('are not unfolded beyond the largest list', () => {
    const unfolding = (length: number) => ({
      bits: 2,
      lst: deflateSync(Buffer.alloc(length)).toString('base64url'),
    });
    expect(unfolding(2 ** 23).lst.length).toBeLessThan(12_000);
    expect(() => decodeStatusList(unfolding(2 ** 23))).toThrow(refusal);
    expect(() => decodeStatusList(unfolding(2 ** 18 + 1))).toThrow(refusal);
    expect(decodeStatusList(unfolding(2 ** 18)).bytes).toHaveLength(2 ** 18);
  });

  test.each([
    null,
    'text',
    {},
    { bits: 3, lst: 'eNo76fITAAPfAgc' },
    { bits: 2, lst: 7 },
    { bits: 2, lst: '' },
    { bits: 2, lst: 'eNo76fITAAPfAg' },
    { bits: 2, lst: 'AAAA' },
  ])('are not read out of %j', (claim) => {
    expect(() => decodeStatusList(claim)).toThrow(refusal);
  });
});

describe('a signed list', () => {
  const uri = 'https://id.b.example/statuses/1';
  const bytes = withStatus(newStatusBytes(64), 9, 'suspended');
  const setting = async () => {
    const signing = await keyOf();
    const clock = frozenClock();
    const token = await signStatusList(signing, { uri, bytes }, clock);
    const check = { uri, keys: { keys: [signing] }, clock };
    return { signing, clock, token, check };
  };
  const jsonOf = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  /** Signs a list that is right but for what is changed. */
  const signed = (signing: SigningJwk, claims: object, header: object = {}) =>
    new SignJWT({
      sub: uri,
      iat: 1_795_492_800,
      exp: 1_795_492_860,
      status_list: { ...encodeStatusList(bytes) },
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'statuslist+jwt', kid: signing.kid, ...header })
      .sign(signing);

  test('says its type, its own address, when it was signed, its ttl and its end', async () => {
    const { token, check, clock, signing } = await setting();
    const [header, payload] = token.split('.').slice(0, 2).map(jsonOf);
    const iat = clock.now().getTime() / 1000;
    expect(header).toEqual({ alg: 'ES256', typ: 'statuslist+jwt', kid: signing.kid });
    expect(payload).toEqual({
      sub: uri,
      iat,
      exp: iat + 86_400,
      ttl: 60,
      status_list: encodeStatusList(bytes),
    });
    expect(await verifyStatusList(token, check)).toEqual({ bits: 2, bytes, issuedAt: clock.now() });
  });

  test('holds to the second before its end, and not on it', async () => {
    const { token, check, clock } = await setting();
    clock.advance(86_399);
    await expect(verifyStatusList(token, check)).resolves.toBeDefined();
    clock.advance(1);
    await expect(verifyStatusList(token, check)).rejects.toMatchObject(invalid);
  });

  test('that is right in all is taken, made by the hand that makes the wrong ones', async () => {
    const { check, signing } = await setting();
    await expect(verifyStatusList(await signed(signing, {}), check)).resolves.toBeDefined();
  });

  test.each<[string, object, object]>([
    ['is of another address', { sub: 'https://id.b.example/statuses/2' }, {}],
    ['has no address', { sub: undefined }, {}],
    ['has another type', {}, { typ: 'jwt' }],
    ['has no end', { exp: undefined }, {}],
    ['has no time', { iat: undefined }, {}],
    ['is from the future', { iat: 1_795_492_861, exp: 1_795_499_999 }, {}],
    ['holds no list', { status_list: undefined }, {}],
    ['is larger than any', { more: 'x'.repeat(2 ** 19) }, {}],
  ])('that %s is refused', async (_what, claims, header) => {
    const { check, signing } = await setting();
    const token = await signed(signing, claims, header);
    await expect(verifyStatusList(token, check)).rejects.toMatchObject(invalid);
  });

  test('of another region, even under our key’s name, is refused', async () => {
    const { check, signing } = await setting();
    const other = { ...(await keyOf()), kid: signing.kid };
    await expect(verifyStatusList(await signed(other, {}), check)).rejects.toMatchObject(invalid);
  });

  test('without a signature is refused', async () => {
    const { check, token } = await setting();
    const [, payload = ''] = token.split('.');
    const header = Buffer.from('{"alg":"none","typ":"statuslist+jwt"}').toString('base64url');
    for (const forged of [`${header}.${payload}.`, `${header}.${payload}`, '', 'a.b.c'])
      await expect(verifyStatusList(forged, check)).rejects.toMatchObject(invalid);
  });
});
