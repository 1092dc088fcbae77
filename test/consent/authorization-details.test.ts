import { describe, expect, test } from '@jest/globals';
import {
  coversOfDetail,
  formatAuthorizationDetails,
  parseAuthorizationDetails,
  type ServiceItem,
} from '../../src/consent/index.ts';
import { idCardType, itemDraft, licenceType } from './house.ts';

const detail = {
  type: 'electronic_certificate',
  certificate_types: [idCardType],
  fields: ['姓名'],
  service_item: '999999-SL-0001',
  purpose: '核对经营者身份',
  locations: ['https://example.gov.cn/api'],
};
const { fields, locations, ...least } = detail;
const item = { ...itemDraft(), version: 1 } as ServiceItem;

const refusedMember = (value: unknown): unknown => {
  try {
    parseAuthorizationDetails(value);
  } catch (error) {
    const { code, values, message } = error as {
      code?: string;
      values?: { member?: string };
      message: string;
    };
    return code === 'authorization-details-invalid' ? { member: values?.member, message } : error;
  }
  return undefined;
};

describe('authorization_details', () => {
  test('are read from text and from objects alike, and written as they were', () => {
    const parsed = parseAuthorizationDetails([detail, least]);
    expect(parsed).toEqual([
      {
        certificateTypes: [idCardType],
        fields,
        itemCode: '999999-SL-0001',
        purpose: '核对经营者身份',
        locations,
      },
      { certificateTypes: [idCardType], itemCode: '999999-SL-0001', purpose: '核对经营者身份' },
    ]);
    expect(parseAuthorizationDetails(JSON.stringify([detail, least]))).toEqual(parsed);
    expect(formatAuthorizationDetails(parsed)).toEqual([detail, least]);
  });

  test.each<[what: string, value: unknown, member: string]>([
    ['no JSON', '[{', 'authorization_details'],
    ['nothing', undefined, 'authorization_details'],
    ['an object', detail, 'authorization_details'],
    ['an empty list', [], 'authorization_details'],
    ['six objects', Array.from({ length: 6 }, () => detail), 'authorization_details'],
    ['a text that is too long', `[${' '.repeat(20_000)}]`, 'authorization_details'],
    ['a list in the list', [[detail]], '[0]'],
    ['null', [null], '[0]'],
    ['a second object of another type', [detail, { ...detail, type: 'payment' }], '[1].type'],
    ['no type', [{ ...detail, type: undefined }], '[0].type'],
    ['an unknown member', [{ ...detail, actions: ['read'] }], '[0].actions'],
    ['a prototype for a member', `[{"__proto__":{"type":"electronic_certificate"}}]`, '[0].__proto__'],
    ['a member that is a person’s number', [{ ...detail, '999999199001010016': 1 }], '[0].?'],
    ['types that are one text', [{ ...detail, certificate_types: idCardType }], '[0].certificate_types'],
    ['no type of certificate', [{ ...detail, certificate_types: [] }], '[0].certificate_types'],
    [
      'a type twice',
      [{ ...detail, certificate_types: [idCardType, ` ${idCardType}`] }],
      '[0].certificate_types',
    ],
    ['a bad type second', [{ ...detail, certificate_types: [idCardType, 'x'] }], '[0].certificate_types[1]'],
    ['a number for a type', [{ ...detail, certificate_types: [7] }], '[0].certificate_types[0]'],
    ['fields that are null', [{ ...detail, fields: null }], '[0].fields'],
    ['no field', [{ ...detail, fields: [] }], '[0].fields'],
    ['a number for a field', [{ ...detail, fields: ['姓名', '999999199001010016'] }], '[0].fields[1]'],
    ['an item with a space', [{ ...detail, service_item: 'a b' }], '[0].service_item'],
    ['no item', [{ ...detail, service_item: undefined }], '[0].service_item'],
    ['no purpose', [{ ...detail, purpose: '  ' }], '[0].purpose'],
    ['a purpose of 201', [{ ...detail, purpose: '证'.repeat(201) }], '[0].purpose'],
    ['a purpose that turns the line round', [{ ...detail, purpose: 'a\u202Eb' }], '[0].purpose'],
    ['a place that is not https', [{ ...detail, locations: ['http://example.gov.cn'] }], '[0].locations[0]'],
    [
      'a place with a password',
      [{ ...detail, locations: ['https://a:b@example.gov.cn'] }],
      '[0].locations[0]',
    ],
    ['a place that is none', [{ ...detail, locations: ['example'] }], '[0].locations[0]'],
  ])('of %s are refused, naming the member and no value', (_what, value, member) => {
    expect(refusedMember(value)).toMatchObject({ member });
    expect(JSON.stringify(refusedMember(value))).not.toContain('999999199001010016');
  });

  test('of 200 characters of purpose are read', () => {
    expect(parseAuthorizationDetails([{ ...detail, purpose: '𠮷'.repeat(200) }])).toHaveLength(1);
  });
});

describe('what a detail asks for', () => {
  const of = (changes: object) => {
    const [parsed] = parseAuthorizationDetails([{ ...least, ...changes }]);
    return parsed === undefined ? null : coversOfDetail(parsed, item);
  };

  test('is all the item needs of its types, or the fields it names', () => {
    expect(of({})).toEqual([{ typeCode: idCardType, fields: ['姓名', '住址'] }]);
    expect(of({ certificate_types: [idCardType, licenceType], fields: ['住址', '范围'] })).toEqual([
      { typeCode: idCardType, fields: ['住址'] },
      { typeCode: licenceType, fields: ['范围'] },
    ]);
  });

  test.each<[what: string, changes: object]>([
    ['a type the item does not need', { certificate_types: ['11999999000000019M003'] }],
    ['a field it needs of no type', { fields: ['姓名', '民族'] }],
    ['a type of which no field is named', { certificate_types: [idCardType, licenceType], fields: ['姓名'] }],
  ])('is refused with %s', (_what, changes) => {
    expect(() => of(changes)).toThrow(expect.objectContaining({ code: 'authorisation-beyond-item' }));
  });
});
