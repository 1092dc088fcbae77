import { describe, expect, test } from '@jest/globals';
import { demoPassword, demoPeople, demoRegion } from '../../config/demo/people.ts';

/** GB 11643, the recursive form of MOD 11-2. */
const checkOf = (body: string): string => {
  const rest = [...body].reduce((sum, digit) => ((sum + Number(digit)) * 2) % 11, 0);
  return '0123456789X'[(12 - rest) % 11] ?? '';
};

describe('the demo’s people', () => {
  test('are twenty, each with a number and a phone of their own', () => {
    expect(demoPeople).toHaveLength(20);
    expect(new Set(demoPeople.map(({ number }) => number)).size).toBe(20);
    expect(new Set(demoPeople.map(({ phone }) => phone)).size).toBe(20);
    expect(new Set(demoPeople.map(({ name }) => name)).size).toBe(20);
  });

  test.each(demoPeople)('$number has the right check character and a real date', ({ number }) => {
    expect(number[17]).toBe(checkOf(number.slice(0, 17)));
    const date = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
    expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
  });

  test('are nobody: no number has the address code of a place and a living birth year', () => {
    for (const { number } of demoPeople) expect(number).toMatch(/^(999999|8[123]0000188)/);
  });

  test('have phones of one obvious row and the documented password', () => {
    for (const { phone, password } of demoPeople) {
      expect(phone).toMatch(/^199000000\d\d$/);
      expect(password).toBe(demoPassword);
    }
  });

  test('include a rare character, a middle dot, a Hong Kong permit and a check character X', () => {
    const names = demoPeople.map(({ name }) => name).join(' ');
    expect(names).toContain('𠮷');
    expect(names).toContain('䶮');
    expect(names).toContain('·');
    const numbers = demoPeople.map(({ number }) => number);
    expect(numbers).toContain('810000188801010013');
    expect(numbers.some((number) => number.endsWith('X'))).toBe(true);
  });

  test('live in a region that is nowhere', () => {
    expect(demoRegion).toEqual({ code: '990000', name: '示例省' });
  });
});
