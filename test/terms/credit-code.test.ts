import { describe, expect, test } from '@jest/globals';
import {
  creditCodeCheckOf,
  describeCreditCode,
  formatCreditCode,
  isCreditCode,
  parseCreditCode,
} from '../../src/terms/credit-code.ts';

const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const valid = [
  '91999999TEHT0000XT',
  '11999999000000019M',
  '11999999000000027G',
  '129999990000000358',
  '12999999ABCDEFGH5E',
  '52999999YHT000010B',
  '93999999123456788H',
  '91999999MA00000079',
];

const codeOf = (text: string): string | undefined => {
  try {
    parseCreditCode(text);
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
};
const replaced = (text: string, place: number, character: string): string =>
  text.slice(0, place) + character + text.slice(place + 1);

describe('a unified social credit code', () => {
  test.each(valid)('%s is read', (code) => {
    expect(parseCreditCode(code)).toBe(code);
  });

  test('has the check character of the published worked example', () => {
    expect(creditCodeCheckOf('91350100M000100Y4')).toBe('3');
    expect(codeOf('91350100M000100Y43')).toBeUndefined();
  });

  test('of a sum that is divided evenly ends in 0', () => {
    const last = [...characters].find((each) => creditCodeCheckOf(`1199999900000000${each}`) === '0');
    expect(codeOf(`1199999900000000${last}0`)).toBeUndefined();
  });

  test.each([
    ['91999999TEHT0000XA', 'credit-code-check'],
    ['91999999TEST0000XT', 'credit-code-characters'],
    ['91350100M000100Y4Z', 'credit-code-characters'],
    ['9199999ATEHT0000XT', 'credit-code-characters'],
    ['91999999TEHT0000X', 'credit-code-length'],
    ['91999999TEHT0000XTT', 'credit-code-length'],
    ['', 'credit-code-length'],
  ])('%j is refused by %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test('of a body that registers nationally has no county and is read', () => {
    const body = '11100000000000019';
    expect(codeOf(body + creditCodeCheckOf(body))).toBeUndefined();
  });

  test('is understood in small and full-width letters and in groups, and shown in groups', () => {
    const code = parseCreditCode(' ９１ 999999 teht0000x t ');
    expect(code).toBe('91999999TEHT0000XT');
    expect(formatCreditCode(code)).toBe('9 1 999999 TEHT0000X T');
  });

  test('counts as read only as it is stored', () => {
    expect(['91999999TEHT0000XT', '91999999teht0000xt', '91999999TEHT0000XA'].map(isCreditCode)).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('with any one character changed is refused', () => {
    for (const code of valid)
      for (let place = 0; place < code.length; place += 1)
        for (const character of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
          if (code[place] === character) continue;
          expect([code, place, character, codeOf(replaced(code, place, character))]).not.toContain(undefined);
        }
  });

  test('with any two neighbours exchanged is refused, its check character among them', () => {
    const pairs = valid.flatMap((code) =>
      Array.from({ length: code.length - 1 }, (_, i) => [code, i] as const).filter(
        ([text, i]) => text[i] !== text[i + 1],
      ),
    );
    expect(pairs.length).toBeGreaterThan(60);
    for (const [code, i] of pairs)
      expect(
        codeOf(code.slice(0, i) + code.slice(i + 1, i + 2) + code.slice(i, i + 1) + code.slice(i + 2)),
      ).toBeDefined();
  });
});

describe('what a credit code says', () => {
  test.each([
    ['11999999000000019M', 'staffing-office', 'government-organ'],
    ['129999990000000358', 'staffing-office', 'public-institution'],
    ['52999999YHT000010B', 'civil-affairs', 'private-non-enterprise-unit'],
    ['91999999TEHT0000XT', 'market-regulation', 'enterprise'],
    ['93999999123456788H', 'market-regulation', 'farmers-cooperative'],
  ])('%s is of %s, %s', (code, department, organisationClass) => {
    expect(describeCreditCode(parseCreditCode(code))).toMatchObject({ department, organisationClass });
  });

  test('includes region and organisation code, and whether the inner check holds', () => {
    expect(describeCreditCode(parseCreditCode('91999999TEHT0000XT'))).toMatchObject({
      region: '999999',
      organisationCode: 'TEHT0000X',
      organisationCodeHolds: true,
    });
    const body = '91999999TEHT00001';
    const odd = parseCreditCode(body + creditCodeCheckOf(body));
    expect(describeCreditCode(odd).organisationCodeHolds).toBe(false);
  });

  test('of a department not listed is that it is not', () => {
    const body = 'B1999999000000019';
    expect(describeCreditCode(parseCreditCode(body + creditCodeCheckOf(body)))).toMatchObject({
      department: 'unlisted',
      organisationClass: 'unlisted',
    });
  });
});
