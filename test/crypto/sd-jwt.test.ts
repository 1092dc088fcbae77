import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { disclosuresOf, readHolderKey, selectDisclosures } from '../../src/crypto/sd-jwt.ts';
import {
  type CredentialHouse,
  codeOf,
  credentialType,
  digestOf,
  issuer,
  listUri,
  newKey,
  nowSeconds,
  openCredentialHouse,
  rawClaims,
  signRaw,
} from './credential-house.ts';

let house: CredentialHouse;
beforeEach(async () => {
  house = await openCredentialHouse();
});

const jsonOf = (part = '') => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
const textOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A disclosure, and a credential of raw claims that bears it or others. */
const disclosure = (...parts: unknown[]) => textOf([randomBytes(16).toString('base64url'), ...parts]);
const astray = async (claims: object, ...disclosures: string[]) =>
  [await signRaw(house.region, { ...rawClaims, ...claims }), ...disclosures, ''].join('~');

describe('a credential', () => {
  test('says who issued what, and nothing of its holder but digests', async () => {
    const [token = '', ...disclosures] = (await house.issue({ exp: nowSeconds + 60 })).split('~');
    const [header, payload] = token.split('.').slice(0, 2).map(jsonOf);
    expect(header).toEqual({ alg: 'ES256', typ: 'dc+sd-jwt', kid: house.region.kid });
    expect(payload).toMatchObject({ ...rawClaims, exp: nowSeconds + 60, _sd_alg: 'sha-256' });
    expect(Object.keys(payload).sort()).toEqual(
      ['_sd', '_sd_alg', 'cnf', 'exp', 'fields', 'holders', 'iat', 'iss', 'status', 'vct'].sort(),
    );
    expect(Object.keys(payload.cnf.jwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
    const plain = JSON.stringify(payload);
    for (const told of ['999999199001010016', '林', '男', '示例', '1990']) expect(plain).not.toContain(told);
    expect(disclosures).toHaveLength(8);
    expect(disclosures.at(-1)).toBe('');
  });

  test('has salts of 128 bits, each its own, in this copy and in the next', async () => {
    const copies = [await house.issue(), await house.issue()];
    const salts = copies.flatMap((copy) =>
      copy
        .split('~')
        .slice(1, -1)
        .map((text) => jsonOf(text)[0]),
    );
    expect(new Set(salts).size).toBe(14);
    for (const salt of salts) expect(Buffer.from(salt, 'base64url')).toHaveLength(16);
  });

  test('can be shown in parts, each chosen by its path', async () => {
    const credential = await house.issue();
    expect(await disclosuresOf(credential)).toEqual([
      'fields.address',
      'fields.birthDate',
      'fields.sex',
      'holders.0.code',
      'holders.0.name',
      'holders.0.type',
      'number',
    ]);
    const verified = await house.verify(await house.present(credential));
    expect(verified).toMatchObject({ issuer, type: credentialType, isHolderBound: true });
    expect(verified.claims['holders']).toEqual([{ name: '林𠮷安' }]);
    expect(verified.claims['fields']).toEqual({ sex: '男' });
    expect(Object.keys(verified.claims)).not.toContain('number');
    expect(verified.statusAt).toEqual(house.clock.now());
    expect(house.fetched).toEqual([listUri]);
  });

  test('shows all of itself, or nothing at all', async () => {
    const credential = await house.issue({}, false);
    const whole = await house.verify(credential);
    expect(whole.claims).toMatchObject({ number: '999999199001010016', fields: { birthDate: '1990-01-01' } });
    expect(whole.isHolderBound).toBe(false);
    const nothing = await house.verify(await selectDisclosures(credential, []));
    expect(nothing.claims).toMatchObject({ holders: [{}], fields: {} });
  });

  test('does not show what it does not have, nor what bears a proof already', async () => {
    const credential = await house.issue();
    for (const path of ['fields.income', 'iss', 'holders', 'holders.1.name', '', '__proto__'])
      expect(await codeOf(selectDisclosures(credential, [path]))).toBe('credential-disclosure-unknown');
    const presented = await house.present(credential);
    expect(await codeOf(selectDisclosures(presented, []))).toBe('credential-malformed');
    expect(await codeOf(disclosuresOf('no credential~'))).toBe('credential-malformed');
  });
});

describe('a holder’s key', () => {
  test('is read bare, and named by its thumbprint', async () => {
    const { d, ...jwk } = await newKey();
    const read = await readHolderKey({ ...jwk, more: 'said' });
    expect(read.thumbprint).toBe(jwk.kid);
    expect(Object.keys(read.jwk).sort()).toEqual(['crv', 'kty', 'x', 'y']);
  });

  test('with its private part, of another curve, or off the curve is refused', async () => {
    const { d, ...jwk } = await newKey();
    const misfits = [
      { ...jwk, d },
      { ...jwk, crv: 'P-384' },
      { ...jwk, y: jwk.x },
      { kty: 'EC' },
      'key',
      null,
    ];
    for (const misfit of misfits) expect(await codeOf(readHolderKey(misfit))).toBe('credential-holder-key');
  });
});

describe('a credential is refused', () => {
  test('from the second on which it expires, and before it begins', async () => {
    const credential = await house.issue({ exp: nowSeconds + 60, nbf: nowSeconds + 30 }, false);
    expect(await codeOf(house.verify(credential))).toBe('credential-not-yet-valid');
    house.clock.advance(59);
    expect(await codeOf(house.verify(credential))).toBeNull();
    house.clock.advance(1);
    expect(await codeOf(house.verify(credential))).toBe('credential-expired');
  });

  test('when it was issued in the future', async () => {
    const future = await house.issue({ iat: nowSeconds + 61 }, false);
    expect(await codeOf(house.verify(future))).toBe('credential-not-yet-valid');
    expect(await codeOf(house.verify(await house.issue({ iat: nowSeconds + 60 }, false)))).toBeNull();
  });

  test('when its region is unknown, or another region signed it', async () => {
    const unknown = await house.issue({ iss: 'https://id.c.example' }, false);
    expect(await codeOf(house.verify(unknown))).toBe('credential-issuer-unknown');
    const foreign = `${await signRaw({ ...(await newKey()), kid: house.region.kid }, rawClaims)}~`;
    expect(await codeOf(house.verify(foreign))).toBe('credential-signature');
    const unpublished = `${await signRaw(await newKey(), rawClaims)}~`;
    expect(await codeOf(house.verify(unpublished))).toBe('credential-signature');
  });

  test('when it is of a type that is not accepted', async () => {
    const credential = await house.issue({}, false);
    const code = await codeOf(house.verify(credential, { acceptedTypes: ['urn:other'] }));
    expect(code).toBe('credential-type-not-accepted');
    expect(await codeOf(house.verify(credential, { acceptedTypes: [credentialType] }))).toBeNull();
  });

  test.each<[string, object]>([
    ['another typ', { typ: 'vc+sd-jwt' }],
    ['the typ of a list', { typ: 'statuslist+jwt' }],
    ['no typ', { typ: undefined }],
    ['a critical extension', { crit: ['b64'], b64: true }],
  ])('when its header has %s', async (_what, header) => {
    const credential = `${await signRaw(house.region, rawClaims, header)}~`;
    expect(await codeOf(house.verify(credential))).toBe('credential-malformed');
  });

  test('when its algorithm is none, or the public key used as a secret', async () => {
    const [token = ''] = (await house.issue({}, false)).split('~');
    const [, payload, signature] = token.split('.');
    for (const alg of ['none', 'HS256', 'ES384']) {
      const header = textOf({ alg, typ: 'dc+sd-jwt', kid: house.region.kid });
      for (const forged of [`${header}.${payload}.~`, `${header}.${payload}.${signature}~`])
        expect(await codeOf(house.verify(forged))).toBe('credential-malformed');
    }
  });

  test.each<[string, object]>([
    ['no type', { vct: undefined }],
    ['no time', { iat: undefined }],
    ['no status', { status: undefined }],
    ['a status without a place', { status: { status_list: { uri: listUri } } }],
    ['a status before the first', { status: { status_list: { idx: -1, uri: listUri } } }],
    ['a list that a stranger keeps', { status: { status_list: { idx: 7, uri: 'https://evil.example/1' } } }],
    ['a list at no address', { status: { status_list: { idx: 7, uri: 'list' } } }],
    ['a broken holder’s key', { cnf: { jwk: { kty: 'EC' } } }],
    ['another hash', { _sd_alg: 'sha-512' }],
  ])('when it has %s', async (_what, claims) => {
    const text = await astray(claims);
    const presented = 'cnf' in claims ? await house.prove(text) : text;
    expect(await codeOf(house.verify(presented))).toBe('credential-malformed');
    expect(house.fetched).toEqual([]);
  });

  test('when it is larger than any, however genuine', async () => {
    expect(await codeOf(house.verify(await astray({ padding: 'x'.repeat(40_000) })))).toBeNull();
    const larger = await astray({ padding: 'x'.repeat(50_000) });
    expect(await codeOf(house.verify(larger))).toBe('credential-malformed');
  });

  test('when it is no credential at all', async () => {
    const texts = ['', '~', 'a.b.c', 'a.b.c~', (await house.issue()).split('~')[0] ?? ''];
    for (const text of texts) expect(await codeOf(house.verify(text))).toBe('credential-malformed');
  });
});

describe('disclosures are refused', () => {
  const good = disclosure('number', '1');
  test('unless each is referred to, once; one made by the same hand is taken', async () => {
    expect(await codeOf(house.verify(await astray({ _sd: [digestOf(good)] }, good)))).toBeNull();
    expect(await codeOf(house.verify(await astray({ _sd: [] }, good)))).toBe('credential-malformed');
    expect(await codeOf(house.verify(await astray({ _sd: [digestOf(good)] }, good, good)))).toBe(
      'credential-malformed',
    );
  });

  test.each<[string, object, string[]]>([
    ['whose digest stands twice in one place', { _sd: [digestOf(good), digestOf(good)] }, [good]],
    [
      'whose digest stands in two places',
      { _sd: [digestOf(good)], fields: { _sd: [digestOf(good)] } },
      [good],
    ],
    ['held back, whose digest stands twice', { _sd: ['held', 'held'] }, []],
    ['that name what is there already', { number: '2', _sd: [digestOf(good)] }, [good]],
    ['of a member in the place of an element', { list: [{ '...': digestOf(good) }] }, [good]],
    ['among digests that are none', { _sd: [digestOf(good), 7] }, [good]],
    ['in digests that are no list', { _sd: digestOf(good) }, [good]],
  ])('%s', async (_what, claims, disclosures) => {
    expect(await codeOf(house.verify(await astray(claims, ...disclosures)))).toBe('credential-malformed');
  });

  test('that give one name twice', async () => {
    const [one, two] = [disclosure('number', '1'), disclosure('number', '2')];
    const claims = { _sd: [digestOf(one), digestOf(two)] };
    expect(await codeOf(house.verify(await astray(claims, one, two)))).toBe('credential-malformed');
    expect(await codeOf(house.verify(await astray(claims, two)))).toBeNull();
  });

  test('beyond the number that a certificate can have, and the depth', async () => {
    const many = Array.from({ length: 501 }, (_, i) => textOf(['s', `f${i}`, 0]));
    const claims = (texts: string[]) => ({ _sd: texts.map(digestOf) });
    const verify = async (texts: string[]) => codeOf(house.verify(await astray(claims(texts), ...texts)));
    expect(await verify(many.slice(1))).toBeNull();
    expect(await verify(many)).toBe('credential-malformed');
    const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
    expect(await codeOf(house.verify(await astray({ list: nested(30) })))).toBeNull();
    expect(await codeOf(house.verify(await astray({ list: nested(40) })))).toBe('credential-malformed');
  });

  test.each<[string, unknown[]]>([
    ['an element in the place of a member', ['1']],
    ['four parts', ['number', '1', '2']],
    ['a name that is none', [7, '1']],
    ['a name without a letter', ['', '1']],
    ['a name kept for digests', ['_sd', ['x']]],
    ['a name kept for elements', ['...', 'x']],
    ['the name of a prototype', ['__proto__', { admin: true }]],
    ['a date that must stand in the clear', ['exp', 9_999_999_999]],
    ['a holder’s key that must stand in the clear', ['cnf', {}]],
  ])('with %s', async (_what, parts) => {
    const made = disclosure(...parts);
    expect(await codeOf(house.verify(await astray({ _sd: [digestOf(made)] }, made)))).toBe(
      'credential-malformed',
    );
  });

  test('that are no list, or not in the one spelling of their bytes', async () => {
    const texts = [
      textOf('text'),
      textOf({ number: '1' }),
      Buffer.from('[1,').toString('base64url'),
      `${good}=`,
    ];
    for (const text of texts)
      expect(await codeOf(house.verify(await astray({ _sd: [digestOf(text)] }, text)))).toBe(
        'credential-malformed',
      );
  });

  test('unless they are of elements in a list, which are taken, and what they hold in turn', async () => {
    const inner = disclosure('code', '7');
    const element = disclosure({ kept: true, _sd: [digestOf(inner)] });
    const claims = { list: ['plain', { '...': digestOf(element) }, { '...': 'held-back' }] };
    const verified = await house.verify(await astray(claims, element, inner));
    expect(verified.claims['list']).toEqual(['plain', { kept: true, code: '7' }]);
  });
});
