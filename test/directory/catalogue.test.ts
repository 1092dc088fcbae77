import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type CertificateType, catalogueSeed } from '../../src/directory/index.ts';
import { parseCertificateTypeCode } from '../../src/terms/certificate-identifier.ts';
import { describeCreditCode } from '../../src/terms/credit-code.ts';
import {
  codeOf,
  type DirectoryHouse,
  eventTypesOf,
  openDirectoryHouse,
  refusalOf,
  typeCodes,
} from './directory-house.ts';

let house: DirectoryHouse;
beforeEach(async () => {
  house = await openDirectoryHouse();
});
afterEach(() => house.close());

const idType = () => house.directory.catalogue.findType(typeCodes.idCard);
const save = (type: CertificateType) => house.directory.catalogue.saveType(type, 'test');
const enable = (version: number, enabled: boolean) =>
  house.directory.catalogue.setTypeEnabled({ code: typeCodes.idCard, version, enabled, actor: 'test' });

describe('the seed', () => {
  test('has eleven types with codes of their own, defined and issued by authorities that exist nowhere', () => {
    expect(new Set(catalogueSeed.map(({ code }) => code)).size).toBe(11);
    for (const { code, issuers } of catalogueSeed) {
      expect(parseCertificateTypeCode(code).slice(2, 8)).toBe('999999');
      expect(issuers.map((issuer) => describeCreditCode(issuer).region)).toEqual(issuers.map(() => '999999'));
    }
  });

  test('knows the official code of two types and says of the others that it does not', () => {
    const known = catalogueSeed.filter(({ officialCode }) => officialCode !== null);
    expect(known.map(({ name }) => name.zh)).toEqual(['居民身份证', '不动产权证书']);
  });

  test('is listed with its names in both languages', async () => {
    const types = await house.directory.catalogue.listTypes();
    expect(types).toHaveLength(11);
    for (const { name, fields } of types)
      for (const { zh, en } of [name, ...fields.map(({ label }) => label)])
        expect([zh, en]).toEqual([expect.stringMatching(/\p{Script=Han}/u), expect.stringMatching(/[a-z]/)]);
  });
});

describe('the catalogue', () => {
  test('saves a version once, and the same again changes nothing', async () => {
    const type = await idType();
    expect(await save(type)).toEqual({ created: false });
    expect(await save({ ...type, version: 2 })).toEqual({ created: true });
    expect(await save({ ...type, version: 2 })).toEqual({ created: false });
  });

  test('does not write a version over', async () => {
    const type = await idType();
    expect(await codeOf(save({ ...type, issuers: [] }))).toBe('certificate-type-version-taken');
    expect(await idType()).toEqual(type);
  });

  test('finds the newest version that is enabled, and every one by its number', async () => {
    const type = await idType();
    await save({ ...type, version: 2 });
    await save({ ...type, version: 10 });
    await save({ ...type, version: 11, enabled: false });
    expect((await idType()).version).toBe(10);
    await enable(10, false);
    expect((await idType()).version).toBe(2);
    await enable(11, true);
    expect((await idType()).version).toBe(11);
    expect(await house.directory.catalogue.findTypeVersion(typeCodes.idCard, 10)).toMatchObject({
      version: 10,
      enabled: false,
    });
    expect((await house.directory.catalogue.listTypes()).map(({ version }) => version)).toContain(11);
  });

  test('does not enable by saving again what was disabled, and then has no such type', async () => {
    const type = await idType();
    await enable(1, false);
    await save(type);
    expect(await codeOf(idType())).toBe('certificate-type-unknown');
    expect(await codeOf(enable(9, true))).toBe('certificate-type-unknown');
  });

  test('keeps what happened to a type', async () => {
    await enable(1, false);
    await enable(1, false);
    await enable(1, true);
    expect(await eventTypesOf(house, 'certificatetypes', `${typeCodes.idCard}@1`)).toEqual([
      'certificate-type.saved',
      'certificate-type.disabled',
      'certificate-type.enabled',
    ]);
  });

  test.each<[string, (type: CertificateType) => CertificateType, string]>([
    ['version', (type) => ({ ...type, version: 0 }), 'version'],
    ['name', (type) => ({ ...type, name: { zh: '证', en: ' ' } }), 'name'],
    ['count of holders', (type) => ({ ...type, leastHolders: 2 }), 'leastHolders'],
    ['issuer', (type) => ({ ...type, issuers: ['11999999000000019X' as never] }), 'issuers'],
    ['validity', (type) => ({ ...type, validity: { kind: 'years', years: 0 } }), 'validity'],
    ['field twice', (type) => ({ ...type, fields: [...type.fields, ...type.fields] }), 'fields'],
    [
      'choice without choices',
      (type) => ({ ...type, fields: type.fields.map((f) => ('choices' in f ? { ...f, choices: [] } : f)) }),
      'fields.sex',
    ],
    [
      'name of a field',
      (type) => ({ ...type, fields: type.fields.map((f, i) => (i === 0 ? { ...f, name: 'Sex of' } : f)) }),
      'fields.Sex of',
    ],
  ])('refuses a wrong %s and names it', async (_what, spoil, part) => {
    const spoilt = spoil({ ...(await idType()), version: 2 });
    expect(await refusalOf(save(spoilt))).toEqual({ code: 'certificate-type-invalid', part });
  });

  test('writes the JSON Schema of the face fields of a type', async () => {
    const schema = await house.directory.catalogue.faceSchema(typeCodes.idCard);
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      required: ['sex', 'ethnicGroup', 'birthDate', 'address', 'issuingOffice'],
      properties: {
        sex: { enum: ['男', '女'], title: '性别', description: 'Sex' },
        birthDate: { type: 'string', format: 'date' },
      },
    });
  });
});
