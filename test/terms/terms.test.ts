import { describe, expect, test } from '@jest/globals';
import { acrOf, levelOf, supportedAcrs } from '../../src/terms/assurance.ts';
import { parsePersonName } from '../../src/terms/person-name.ts';
import { parsePhoneNumber } from '../../src/terms/phone-number.ts';
import { parseRegionCode } from '../../src/terms/region-code.ts';

describe('a phone number', () => {
  test.each(['19900000001', '+86 199 0000 0001', '0086-19900000001', '１９９００００００01'])(
    '%s is understood',
    (text) => {
      expect(parsePhoneNumber(text)).toBe('19900000001');
    },
  );
  test.each(['12900000001', '1990000000', '199000000012', 'phone', ''])('%s is refused', (text) => {
    expect(() => parsePhoneNumber(text)).toThrow(expect.objectContaining({ code: 'phone-invalid' }));
  });
});

describe('a name', () => {
  test.each(['陈知远', '林𠮷安', '龚䶮', '阿丽亚·吐尔逊', "Anne-Marie O'Neil"])(
    '%s is kept as it is',
    (name) => {
      expect(parsePersonName(` ${name} `)).toBe(name);
    },
  );
  test.each(['', '   ', '张3', 'a\u0000b', '<b>', '长'.repeat(51)])('%j is refused', (name) => {
    expect(() => parsePersonName(name)).toThrow(expect.objectContaining({ code: 'name-invalid' }));
  });
});

describe('a region code', () => {
  test.each(['330000', '110103', '990000'])('%s has the shape', (code) => {
    expect(parseRegionCode(code)).toBe(code);
  });
  test.each(['3300', '000000', '100000', '83000a'])('%s is refused', (code) => {
    expect(() => parseRegionCode(code)).toThrow(expect.objectContaining({ code: 'region-code-invalid' }));
  });
});

test('an assurance level is named by its acr and read back; other names are none', () => {
  expect(supportedAcrs.map(levelOf)).toEqual([1, 2, 3, 4]);
  expect([acrOf(2), levelOf('urn:yihao:loa:5'), levelOf('urn:yihao:loa:'), levelOf('2')]).toEqual([
    'urn:yihao:loa:2',
    null,
    null,
    null,
  ]);
});
