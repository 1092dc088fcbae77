import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newSigningKey, type SigningJwk } from '../../../src/crypto/key-ring.ts';
import { disclosuresOf } from '../../../src/crypto/sd-jwt.ts';
import { credentialTypeOf, selectDisclosures } from '../../../src/directory/credential/credentials.ts';
import { chen, codeOf, marriage, organA, photoDigest, typeCodes } from '../directory-house.ts';
import { type CredentialHouse, issuer, openCredentialHouse, uriOf } from './credential-house.ts';

let house: CredentialHouse;
beforeEach(async () => {
  house = await openCredentialHouse();
});
afterEach(() => house.close());

const actor = 'account-1';
const payloadOf = (credential: string) =>
  JSON.parse(Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString('utf8'));

describe('the credential of a certificate', () => {
  test('holds what stands on the certificate, and verifies', async () => {
    const identifier = await house.certify();
    const { credential, listId, index } = await house.credentials.issueCredential({ identifier, actor });
    const { claims, type, isHolderBound } = await house.verify(credential);
    expect(type).toBe(`urn:yihao:certificate:${typeCodes.idCard}:1`);
    expect(type).toBe(credentialTypeOf(typeCodes.idCard, 1));
    expect(isHolderBound).toBe(false);
    expect(claims).toEqual({
      iss: issuer,
      vct: type,
      iat: Date.parse('2026-11-24T04:00:00Z') / 1000,
      exp: Date.parse('2046-11-25T00:00:00+08:00') / 1000,
      status: { status_list: { idx: index, uri: uriOf(listId) } },
      authority: { code: organA, name: '示例省公安厅' },
      areaCode: '990000',
      trustLevel: 'A',
      identifier,
      number: chen.code,
      issuedOn: '2026-11-24',
      validUntil: '2046-11-24',
      photoDigest,
      holders: [chen],
      fields: {
        sex: '男',
        ethnicGroup: '汉',
        birthDate: '1990-01-01',
        address: '示例省示例市示例路1号',
        issuingOffice: '示例市公安局',
      },
    });
  });

  test('conceals every item about its holder, and each can be shown by itself', async () => {
    const identifier = await house.certify();
    const { credential } = await house.credentials.issueCredential({ identifier, actor });
    const payload = payloadOf(credential);
    expect(Object.keys(payload).sort()).toEqual(
      'iss vct iat exp status authority areaCode trustLevel holders fields _sd _sd_alg'.split(' ').sort(),
    );
    expect(Object.keys(payload.holders[0])).toEqual(['_sd']);
    expect(Object.keys(payload.fields)).toEqual(['_sd']);
    const paths = await disclosuresOf(credential);
    expect(paths).toHaveLength(13);
    for (const path of paths) {
      const { claims } = await house.verify(await selectDisclosures(credential, [path]));
      const shown = { ...claims, holders: (claims['holders'] as object[])[0] };
      const [group = '', ...rest] = path.split('.');
      const inner = (shown as Record<string, Record<string, unknown>>)[group];
      const counted = Object.keys({ ...(shown.holders as object), ...(claims['fields'] as object) }).length;
      expect(counted).toBe(rest.length === 0 ? 0 : 1);
      expect(rest.length === 0 ? inner : inner?.[rest.at(-1) ?? '']).toBeDefined();
    }
  });

  test('of two holders conceals both, and has no end where the certificate has none', async () => {
    const { certificate } = await house.directory.issueCertificate(marriage());
    const { credential } = await house.credentials.presentCredential({
      identifier: certificate.identifier,
      disclosed: ['holders.1.name', 'issuedOn'],
      actor,
    });
    const { claims } = await house.verify(credential);
    expect(claims['holders']).toEqual([{}, { name: '林晚晴' }]);
    expect(claims).toMatchObject({ issuedOn: '2026-11-20', fields: {} });
    expect(claims).not.toHaveProperty('exp');
    expect(credential.split('~')).toHaveLength(4);
  });

  test('counts to the end of its last day in China', async () => {
    const identifier = await house.certify();
    const { credential } = await house.credentials.issueCredential({ identifier, actor });
    const seconds = (Date.parse('2046-11-24T16:00:00Z') - house.clock.now().getTime()) / 1000;
    house.clock.advance(seconds - 1);
    expect(await codeOf(house.verify(credential))).toBeNull();
    house.clock.advance(1);
    expect(await codeOf(house.verify(credential))).toBe('credential-expired');
  });

  test('is bound to the key given, of which only the thumbprint is kept', async () => {
    const identifier = await house.certify();
    const { d, ...jwk }: SigningJwk = JSON.parse((await newSigningKey()).secret.toString('utf8'));
    const { credential } = await house.credentials.issueCredential({ identifier, actor, holderJwk: jwk });
    expect(payloadOf(credential).cnf).toEqual({ jwk: { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y } });
    expect(await codeOf(house.verify(credential))).toBe('credential-holder-proof-missing');
    await house.credentials.issueCredential({ identifier, actor });
    const kept = await house.records.collection('credentials').findOne({});
    expect(kept).toMatchObject({ _id: identifier, holderKeyThumbprint: jwk.kid, revision: 2 });
    expect(JSON.stringify(kept)).not.toContain(jwk.x);
  });

  test('is refused for a key that is none, before anything is written', async () => {
    const identifier = await house.certify();
    const given = { identifier, actor, holderJwk: { kty: 'OKP' } };
    expect(await codeOf(house.credentials.issueCredential(given))).toBe('credential-holder-key');
    expect(await house.records.collection('credentials').countDocuments({})).toBe(0);
  });
});

describe('after rotations of all keys', () => {
  const yearSeconds = 366 * 86_400;
  const rotateForAYear = async (): Promise<void> => {
    await house.rotate();
    await house.rotate();
    house.clock.advance(yearSeconds);
  };

  test('a credential from before verifies a year later, as a file too', async () => {
    const identifier = await house.certify();
    const { credential } = await house.credentials.issueCredential({ identifier, actor });
    await rotateForAYear();
    expect(await codeOf(house.verify(credential))).toBeNull();
    expect(await house.credentials.identifyCredential(credential)).toBe(identifier);
  });

  test('an offline code from before is known for the region’s own, though its minutes are over', async () => {
    const identifier = await house.certify();
    const { text } = await house.credentials.signOfflineCode({ identifier, claims: {}, actor });
    await rotateForAYear();
    expect(await codeOf(house.verify(text))).toBe('credential-expired');
    house.clock.advance(-yearSeconds);
    expect(await codeOf(house.verify(text))).toBeNull();
  });
});

describe('no credential is made', () => {
  test('of a certificate that is not there', async () => {
    const identifier = await house.certify();
    const other = identifier.replace('0001', '0002').slice(0, -1);
    const all = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((check) =>
      codeOf(house.credentials.issueCredential({ identifier: other + check, actor })),
    );
    expect(new Set(await Promise.all(all))).toEqual(
      new Set(['certificate-unknown', 'certificate-identifier-check']),
    );
  });

  test.each(['suspend', 'end'] as const)('of one after the act: %s', async (act) => {
    const identifier = await house.certify();
    await house[act](identifier);
    const refused = house.credentials.issueCredential({ identifier, actor });
    expect(await codeOf(refused)).toBe('credential-of-no-use');
    expect(await house.records.collection('credentials').countDocuments({})).toBe(0);
  });

  test('of one that has expired', async () => {
    const identifier = await house.certify();
    house.clock.advance(21 * 366 * 86_400);
    expect(await codeOf(house.credentials.issueCredential({ identifier, actor }))).toBe(
      'credential-of-no-use',
    );
  });

  test('with a disclosure that the certificate does not have', async () => {
    const identifier = await house.certify();
    const asked = house.credentials.presentCredential({ identifier, disclosed: ['fields.income'], actor });
    expect(await codeOf(asked)).toBe('credential-disclosure-unknown');
  });
});

describe('the entry of a certificate', () => {
  test('is the same for every copy, whichever process makes it', async () => {
    const identifier = await house.certify();
    const another = await house.openAnother();
    const copies = await Promise.all(
      [house.credentials, another, house.credentials, another].map((credentials) =>
        credentials.issueCredential({ identifier, actor }),
      ),
    );
    expect(new Set(copies.map(({ listId, index }) => `${listId}/${index}`)).size).toBe(1);
    expect(new Set(copies.map(({ credential }) => credential)).size).toBe(4);
    const [kept] = await house.records.collection('credentials').find({}).toArray();
    expect(kept).toMatchObject({ revision: 4 });
    expect(kept?.['outbox']).toHaveLength(4);
  });

  test('is its own, drawn at random, and a list that fills up is followed by the next', async () => {
    const small = await house.openAnother({ entriesPerList: 8 });
    const identifiers = await Promise.all(Array.from({ length: 12 }, () => house.certify()));
    const issued = [];
    for (const identifier of identifiers) issued.push(await small.issueCredential({ identifier, actor }));
    const places = issued.map(({ listId, index }) => `${listId}/${index}`);
    expect(new Set(places).size).toBe(12);
    expect(new Set(issued.map(({ listId }) => listId)).size).toBeGreaterThan(1);
    // Twelve in the order of their making, by chance, is one case in hundreds of thousands.
    expect(places).not.toEqual([...places].sort());
    for (const { credential } of issued) await expect(house.verify(credential)).resolves.toBeDefined();
  });

  test('is drawn by two processes at once without a clash', async () => {
    const one = await house.openAnother({ entriesPerList: 16 });
    const two = await house.openAnother({ entriesPerList: 16 });
    const identifiers = await Promise.all(Array.from({ length: 12 }, () => house.certify()));
    const issued = await Promise.all(
      identifiers.map((identifier, i) => (i % 2 === 0 ? one : two).issueCredential({ identifier, actor })),
    );
    expect(new Set(issued.map(({ listId, index }) => `${listId}/${index}`)).size).toBe(12);
  });
});

test('what is kept and what is told names nobody', async () => {
  const identifier = await house.certify();
  await house.credentials.issueCredential({ identifier, actor });
  await house.suspend(identifier);
  await house.credentials.refreshStatus({ identifier, actor: 'officer-1' });
  const kept = await Promise.all(
    ['credentials', 'statuslists'].map((name) => house.records.collection(name).find({}).toArray()),
  );
  const text = JSON.stringify(kept);
  for (const told of [chen.code, chen.name, '示例路', photoDigest]) expect(text).not.toContain(told);
  const sources = house.credentials.outboxes;
  const events = (await Promise.all(sources.map((source) => source.next(10))))
    .flat()
    .flatMap((outbox) => outbox.events);
  expect(events.map(({ type, actor: by }) => `${type} by ${by}`)).toEqual([
    'credential.issued by account-1',
    'status-list.opened by system',
    'credential.status-changed by officer-1',
  ]);
});
