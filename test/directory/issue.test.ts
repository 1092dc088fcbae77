import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewCertificate } from '../../src/directory/index.ts';
import {
  chen,
  codeOf,
  type DirectoryHouse,
  idCard,
  institutionC,
  keepPhoto,
  lin,
  marriage,
  openDirectoryHouse,
  organA,
  photoDigest,
  refusalOf,
  typeCodes,
} from './directory-house.ts';

let house: DirectoryHouse;
beforeEach(async () => {
  house = await openDirectoryHouse();
});
afterEach(() => house.close());

const issue = (input: NewCertificate) => house.directory.issueCertificate(input);
const certificates = () => house.records.collection('certificates');

describe('a certificate', () => {
  test('is issued in force, under an identifier made of type, issuer and serial', async () => {
    const { created, certificate } = await issue(idCard());
    expect(created).toBe(true);
    expect(certificate).toMatchObject({ state: 'valid', version: 1, trustLevel: 'A', typeVersion: 1 });
    expect(certificate.identifier).toMatch(
      new RegExp(`^1\\.2\\.156\\.3005\\.2\\.${organA}001\\.${organA}\\.SYN2026000001\\.001\\.[0-9A-Z]$`),
    );
  });

  test('is opened whole, and sealed genuinely by its authority', async () => {
    const { certificate } = await issue(idCard());
    const { number, holders, fields } = idCard();
    expect(await house.directory.findCertificate(certificate.identifier)).toMatchObject({
      number,
      holders,
      fields,
      issuedOn: '2026-11-24',
      validUntil: '2046-11-24',
      photoId: 'photo-1',
    });
    expect(await house.directory.verifySeal(certificate.identifier)).toBe('genuine');
  });

  test('shows to its issuer nothing of the storage and nothing that is sealed', async () => {
    const { certificate } = await issue(idCard());
    for (const inner of ['content', 'outbox', 'serialKey', 'requestDigest', 'holderIndexes', 'revision'])
      expect(certificate).not.toHaveProperty(inner);
  });

  test('is kept without number, names or fields in the clear, and its event names nobody', async () => {
    await issue(idCard());
    await issue(marriage());
    for (const raw of await certificates().find({}).toArray()) {
      const { content, ...plain } = raw as Record<string, unknown>;
      const kept = [JSON.stringify(plain), Buffer.from(String(content)).toString('utf8')].join('|');
      for (const secret of [chen.code, chen.name, lin.code, lin.name, '示例路', '1990-01-01', 'J999999-2026'])
        expect(kept).not.toContain(secret);
    }
    const raw = await certificates().findOne({ typeCode: typeCodes.idCard });
    expect(raw?.['outbox']).toMatchObject([
      { type: 'certificate.issued', actor: 'officer-1', detail: { version: 1, issuerCode: organA } },
    ]);
  });

  test('has a seal whose digest differs for equal contents, so that it cannot be searched by trying', async () => {
    const first = await issue(marriage());
    const second = await openDirectoryHouse();
    const again = await second.directory.issueCertificate(marriage());
    await second.close();
    expect(again.certificate.identifier).toBe(first.certificate.identifier);
    expect(again.certificate.seal.digest).not.toBe(first.certificate.seal.digest);
  });

  test.each<[string, Partial<NewCertificate>]>([
    ['the same', {}],
    [
      'the same with blanks and full-width figures',
      { number: ` ${chen.code} `, serial: 'ＳＹＮ-2026-000001' },
    ],
    ['the same with its fields in another order', { fields: reversed(idCard().fields) }],
  ])('asked for again, %s, is the one there is', async (_what, other) => {
    const first = await issue(idCard());
    house.clock.advance(3600);
    const again = await issue(idCard(other));
    expect(again).toEqual({ created: false, certificate: first.certificate });
    expect(await certificates().countDocuments()).toBe(1);
  });

  test('asked for again is answered alike though its type was disabled since', async () => {
    await issue(idCard());
    await house.directory.catalogue.setTypeEnabled({
      code: typeCodes.idCard,
      version: 1,
      enabled: false,
      actor: 'test',
    });
    expect((await issue(idCard())).created).toBe(false);
    expect(await codeOf(issue(idCard({ serial: 'SYN2' })))).toBe('certificate-type-unknown');
  });

  test.each<[string, Partial<NewCertificate>]>([
    ['number', { number: 'X-1' }],
    ['holder', { holders: [lin] }],
    ['last day', { dates: { issuedOn: '2026-11-24', validUntil: '2036-11-24' } }],
    ['field', { fields: { ...idCard().fields, address: '别处' } }],
    ['photo', { photoDigest: 'cd'.repeat(32) }],
    ['name of the issuer', { issuer: { code: organA, name: '另一机构' } }],
  ])('with another %s under the same serial is refused', async (_what, other) => {
    await issue(idCard());
    expect(await codeOf(issue(idCard(other)))).toBe('certificate-serial-taken');
  });

  test('asked for ten times at once is made once', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => issue(idCard())));
    expect(outcomes.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(outcomes.map(({ certificate }) => certificate.seal.digest)).size).toBe(1);
    expect(await certificates().countDocuments()).toBe(1);
  });
});

describe('issuing refuses', () => {
  test.each<[string, NewCertificate, object]>([
    [
      'a type that is in no catalogue',
      idCard({ typeCode: `${organA}999` }),
      { code: 'certificate-type-unknown' },
    ],
    [
      'an authority that is not entitled',
      idCard({ issuer: { code: institutionC, name: '示例医院' } }),
      { code: 'certificate-issuer-not-entitled' },
    ],
    [
      'an organisation for a person',
      idCard({ holders: [{ type: '001', code: '91999999TEHT0000XT', name: '示例公司' }] }),
      { code: 'certificate-holder-category' },
    ],
    ['one spouse', marriage({ holders: [chen] }), { code: 'certificate-holder-count', least: 2, most: 2 }],
    [
      'one spouse twice, filed in two ways',
      marriage({
        holders: [
          { type: '111', code: '810000188801010013', name: '梁景行' },
          { type: '551', code: '810000188801010013', name: '梁景行' },
        ],
      }),
      { code: 'certificate-holder-repeated' },
    ],
    ['a missing photo', withoutPhoto(), { code: 'certificate-photo-required' }],
    ['a photo without a digest', { ...withoutPhoto(), photoId: 'p' }, { code: 'certificate-photo-digest' }],
    [
      'a photo where the type has none',
      marriage({ photoDigest: 'ab'.repeat(32) }),
      { code: 'certificate-photo-digest' },
    ],
    ['an empty number', idCard({ number: ' ' }), { code: 'certificate-number-invalid' }],
    ['a serial with signs', idCard({ serial: 'A/1' }), { code: 'certificate-identifier-part', part: 3 }],
    [
      'a last day where the type is for good',
      marriage({ dates: { issuedOn: '2026-11-20', validUntil: '2036-11-20' } }),
      { code: 'certificate-validity' },
    ],
  ])('%s', async (_what, input, refusal) => {
    expect(await refusalOf(issue(input))).toMatchObject(refusal);
    expect(await certificates().countDocuments()).toBe(0);
  });

  test.each([
    ['the number of its holder', chen.code],
    ['a number around that of its holder', `A${chen.code}01`],
    ['the holder’s number of the first generation', '999999900101001'],
    ['the number of another person', lin.code],
  ])('a serial that is %s, which an identifier would show to everyone', async (_what, serial) => {
    expect(await refusalOf(issue(idCard({ serial })))).toEqual({ code: 'certificate-serial-personal' });
  });

  test('a field by its label and never by its value', async () => {
    const outcome = await house.directory
      .issueCertificate(idCard({ fields: { ...idCard().fields, birthDate: '1990-13-01' } }))
      .catch((error: unknown) => error as Error & { text(language: string): string; values: object });
    const told = outcome as Error & { text(language: string): string; values: object };
    expect(told.text('zh')).toContain('出生日期');
    expect(told.text('en')).toContain('Date of birth');
    expect([told.text('zh'), told.stack, JSON.stringify(told.values)].join('|')).not.toContain('1990-13');
    expect(told.cause).toBeUndefined();
  });
});

function withoutPhoto(): NewCertificate {
  const { photoDigest, photoId, ...rest } = idCard();
  return rest;
}

function reversed<T>(fields: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).reverse());
}

describe('the photo of a certificate', () => {
  test.each<[string, Parameters<typeof keepPhoto>[2] | null, string]>([
    ['is not kept here', null, 'certificate-photo-unknown'],
    ['has another digest', { digest: 'cd'.repeat(32) }, 'certificate-photo-differs'],
    ['was admitted for another use', { profileId: 'other' }, 'certificate-photo-other-use'],
    ['waits for its review', { state: 'pending' }, 'certificate-photo-waiting'],
    ['was refused', { state: 'refused' }, 'certificate-photo-waiting'],
  ])('that %s is refused, to an issue as to a change, and nothing is written', async (_what, kept, code) => {
    if (kept !== null) await keepPhoto(house.records, 'photo-2', kept);
    expect(await codeOf(issue(idCard({ photoId: 'photo-2' })))).toBe(code);
    const { certificate } = await issue(idCard());
    const { identifier } = certificate;
    const changes = { photoId: 'photo-2', photoDigest };
    const change = { identifier, issuerCode: organA, reasonCode: 'r-1', changes, actor: 'officer-1' };
    expect(await codeOf(house.directory.changeCertificate(change))).toBe(code);
    expect(await certificates().countDocuments()).toBe(1);
    expect((await house.directory.findCertificate(identifier))?.state).toBe('valid');
  });

  test('of a stock that is imported may wait, and one that an authority keeps is known by its digest', async () => {
    await keepPhoto(house.records, 'photo-2', { state: 'pending' });
    expect((await issue(idCard({ photoId: 'photo-2', photoMayWait: true }))).created).toBe(true);
    const { photoId, ...rest } = idCard({ serial: 'SYN2' });
    expect((await issue(rest)).created).toBe(true);
  });
});

test('after every act that may change a status it is told, again when the act is repeated', async () => {
  const { identifier } = (await issue(idCard())).certificate;
  const act = { identifier, issuerCode: organA, reasonCode: 'r-1', actor: 'officer-2' };
  const day = '2026-11-24';
  await house.directory.suspendCertificate({ ...act, suspendedOn: day });
  await house.directory.suspendCertificate({ ...act, suspendedOn: day });
  await house.directory.liftSuspension({ ...act, liftedOn: day });
  const changed = await house.directory.changeCertificate({ ...act, changes: { number: 'N2' } });
  const next = changed.certificate.identifier;
  await house.directory.endCertificate({ ...act, identifier: next, ground: 'revoked', endedOn: day });
  const told = [identifier, identifier, identifier, identifier, next];
  expect(house.told).toEqual(told.map((one) => [one, 'officer-2']));
});
