import { describe, expect, test } from '@jest/globals';
import {
  checkCharacterOf,
  convertFifteenDigits,
  describeCitizenNumber,
  parseCitizenNumber,
} from '../../src/terms/citizen-number.ts';
import { frozenClock } from '../support/frozen-clock.ts';

const clock = frozenClock();
const codeOf = (text: string): string | undefined => {
  try {
    parseCitizenNumber(text, clock);
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return undefined;
};

describe('a citizen number', () => {
  test.each([
    ['11010519491231002X', 'resident', '1949-12-31', 'female'],
    ['440524188001010014', 'resident', '1880-01-01', 'male'],
    ['999999199001010016', 'resident', '1990-01-01', 'male'],
    ['999999200002290027', 'resident', '2000-02-29', 'female'],
    ['999999194910011232', 'resident', '1949-10-01', 'male'],
    ['999999199901010089', 'resident', '1999-01-01', 'female'],
    ['810000188801010013', 'hongkong', '1888-01-01', 'male'],
    ['820000188802290020', 'macao', '1888-02-29', 'female'],
    ['830000188812310031', 'taiwan', '1888-12-31', 'male'],
    ['911840188801010012', 'permanent-resident-2023', '1888-01-01', 'male'],
  ])('%s is read as %s, born %s, %s', (text, kind, birthDate, sex) => {
    expect(describeCitizenNumber(parseCitizenNumber(text, clock))).toEqual({ kind, birthDate, sex });
  });

  test('of the 2017 permanent residence ID is accepted by shape and says nothing sure of its holder', () => {
    expect(describeCitizenNumber(parseCitizenNumber('usa999999010101', clock))).toEqual({
      kind: 'permanent-resident-2017',
    });
  });

  test.each([
    ['99999920231301001X', 'citizen-number-date'],
    ['999999202402300019', 'citizen-number-date'],
    ['999999199001010017', 'citizen-number-check'],
    ['999999900101001', 'citizen-number-length'],
    ['', 'citizen-number-length'],
    ['9999991990010100A6', 'citizen-number-characters'],
    ['X99999199001010016', 'citizen-number-characters'],
    ['009999199001010016', 'citizen-number-region'],
  ])('%s is refused by %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test('is understood in full-width digits, with spaces and a small x', () => {
    expect(parseCitizenNumber(' １１０１０５ 19491231 002x ', clock)).toBe('11010519491231002X');
  });

  test('keeps a county that was abolished: the code lives on in the number', () => {
    const body = '11010319900101001';
    expect(codeOf(body + checkCharacterOf(body))).toBeUndefined();
  });

  test('born tomorrow by the date in Shanghai is refused, born today is not', () => {
    const lateEvening = frozenClock('2026-11-24T15:59:59Z');
    const number = (day: string): string => {
      const body = `999999${day}001`;
      return body + checkCharacterOf(body);
    };
    expect(parseCitizenNumber(number('20261124'), lateEvening)).toHaveLength(18);
    expect(() => parseCitizenNumber(number('20261125'), lateEvening)).toThrow(/future/);
    const pastMidnight = frozenClock('2026-11-24T16:00:00Z');
    expect(parseCitizenNumber(number('20261125'), pastMidnight)).toHaveLength(18);
  });

  test('with any one digit changed is never taken for another person', () => {
    for (const number of ['999999199001010016', '999999200002290027', '11010519491231002X'])
      for (let place = 0; place < 17; place += 1)
        for (const digit of '0123456789') {
          if (number[place] === digit) continue;
          expect(codeOf(number.slice(0, place) + digit + number.slice(place + 1))).toBeDefined();
        }
  });
});

describe('a 15-digit number of the first generation', () => {
  test.each([
    ['999999900101001', '999999199001010016'],
    ['999999850615002', '999999198506150028'],
    ['999999491001124', '999999194910011240'],
  ])('%s becomes %s', (short, long) => {
    expect(convertFifteenDigits(short)).toEqual({ number: long, review: false });
  });

  test('of a sequence kept for people over a hundred wants a person to look', () => {
    expect(convertFifteenDigits('999999900101996').review).toBe(true);
  });

  test.each([
    ['99999990010100', 'length'],
    ['99999990010100X', 'digits'],
    ['999999901301001', 'date'],
  ])('%s is refused', (text) => {
    expect(() => convertFifteenDigits(text)).toThrow();
  });
});
