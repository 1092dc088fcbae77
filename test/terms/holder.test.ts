import { describe, expect, test } from '@jest/globals';
import { holderKeyOf, kindOfHolder, maskHolder, parseHolder } from '../../src/terms/holder.ts';
import { frozenClock } from '../support/frozen-clock.ts';

const clock = frozenClock();
const read = (type: string, code: string, name = '陈知远') => parseHolder({ type, code, name }, clock);
const refusalOf = (type: string, code: string, name?: string): string | undefined => {
  try {
    read(type, code, name);
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
};

describe('a holder', () => {
  test.each([
    ['001', '91999999teht0000xt', '91999999TEHT0000XT'],
    ['099', '社证字第1号', '社证字第1号'],
    ['111', '999999199001010016', '999999199001010016'],
    ['111', '810000188801010013', '810000188801010013'],
    ['114', '军字第0001号', '军字第0001号'],
    ['414', 'e00000000', 'E00000000'],
    ['511', '00000000', '00000000'],
    ['511', '0000000000a', '0000000000A'],
    ['516', 'h00000000', 'H00000000'],
    ['516', 'M0000000001', 'M0000000001'],
    ['551', '820000188802290020', '820000188802290020'],
    ['552', '830000188812310031', '830000188812310031'],
    ['553', '911840188801010012', '911840188801010012'],
    ['553', 'usa999999010101', 'USA999999010101'],
    ['999', 'X-0001', 'X-0001'],
  ])('of type %s with code %s is read', (type, code, kept) => {
    expect(read(type, code)).toEqual({ type, code: kept, name: '陈知远' });
  });

  test.each([
    ['112', '999999199001010016', 'holder-type-unknown'],
    ['', '999999199001010016', 'holder-type-unknown'],
    ['constructor', '999999199001010016', 'holder-type-unknown'],
    ['001', '91999999TEHT0000XA', 'credit-code-check'],
    ['111', '999999199001010017', 'citizen-number-check'],
    ['111', '911840188801010012', 'holder-code-invalid'],
    ['551', '830000188812310031', 'holder-code-invalid'],
    ['552', '999999199001010016', 'holder-code-invalid'],
    ['553', '999999199001010016', 'holder-code-invalid'],
    ['414', 'E000', 'holder-code-invalid'],
    ['414', '999999199001010016', 'holder-code-invalid'],
    ['511', '000000000', 'holder-code-invalid'],
    ['516', 'A00000000', 'holder-code-invalid'],
    ['999', '<b>', 'holder-code-invalid'],
  ])('of type %j with code %s is refused by %s', (type, code, refusal) => {
    expect(refusalOf(type, code)).toBe(refusal);
  });

  test('that is a person has a name of a person, an organisation one of its own kind', () => {
    expect(refusalOf('111', '999999199001010016', '第3号')).toBe('name-invalid');
    expect(refusalOf('001', '91999999TEHT0000XT', '示例县第3示范厂（分厂）')).toBeUndefined();
    expect(refusalOf('001', '91999999TEHT0000XT', '  ')).toBe('organisation-name-invalid');
    expect(refusalOf('001', '91999999TEHT0000XT', '示例\u202e厂')).toBe('organisation-name-invalid');
    expect(refusalOf('001', '91999999TEHT0000XT', '长'.repeat(257))).toBe('organisation-name-invalid');
  });

  test('is told apart as a person or an organisation by its type', () => {
    expect([
      kindOfHolder({ type: '001' }),
      kindOfHolder({ type: '099' }),
      kindOfHolder({ type: '999' }),
    ]).toEqual(['legal', 'legal', 'natural']);
  });

  test('is found by one key, whether its residence permit was filed as such or as a citizen number', () => {
    const key = holderKeyOf(read('111', '810000188801010013'));
    expect(holderKeyOf(read('551', '810000188801010013'))).toBe(key);
    expect(holderKeyOf(read('999', '810000188801010013'))).not.toBe(key);
  });

  test('is masked before others see it, unless it is an organisation', () => {
    expect(maskHolder(read('111', '999999199001010016'))).toEqual({
      type: '111',
      code: '9****************6',
      name: '**远',
    });
    const organisation = read('001', '91999999TEHT0000XT', '示例厂');
    expect(maskHolder(organisation)).toEqual(organisation);
  });

  test('that is refused is not told of in the message', () => {
    expect(() => read('552', '999999199001010016')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('99999919900101'), values: {} }),
    );
  });
});
