import { describe, expect, test } from '@jest/globals';
import type { CertificateType } from '../../src/directory/index.ts';
import { fitDates, yearsAfter } from '../../src/directory/validity.ts';
import { parseCalendarDate } from '../../src/terms/calendar-date.ts';
import { parseCertificateDates } from '../../src/terms/certificate-status.ts';
import type { Holder } from '../../src/terms/holder.ts';

type Rule = CertificateType['validity'];
const leapling: Holder = { type: '111', code: '999999200002290027', name: '林晚晴' };
const company: Holder = { type: '001', code: '91999999TEHT0000XT', name: '示例公司' };
const tenYears: Rule = { kind: 'years', years: 10 };
const adult: Rule = { kind: 'until-age', years: 30 };
const lastDayOf = (rule: Rule, validUntil?: string, holder = leapling, validFrom?: string) =>
  fitDates(rule, parseCertificateDates({ issuedOn: '2024-02-29', validFrom, validUntil }), [holder])
    .validUntil;
const codeOf = (run: () => unknown): unknown => {
  try {
    run();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the validity of a type', () => {
  test('works out a last day that nobody gave', () => {
    expect(lastDayOf(tenYears)).toBe('2034-02-28');
    expect(lastDayOf(tenYears, undefined, leapling, '2024-03-01')).toBe('2034-03-01');
    expect(lastDayOf(adult)).toBe('2030-02-27');
    expect(lastDayOf({ kind: 'given' })).toBeUndefined();
    expect(lastDayOf({ kind: 'for-good' })).toBeUndefined();
  });

  test('takes an earlier last day, and the last itself', () => {
    expect(lastDayOf(tenYears, '2030-01-01')).toBe('2030-01-01');
    expect(lastDayOf(tenYears, '2034-02-28')).toBe('2034-02-28');
    expect(lastDayOf(adult, '2030-02-27')).toBe('2030-02-27');
    expect(lastDayOf(adult, '2030-02-27', company)).toBe('2030-02-27');
    expect(lastDayOf({ kind: 'given' }, '2099-01-01')).toBe('2099-01-01');
  });

  test.each<[string, () => unknown]>([
    ['a day beyond the years', () => lastDayOf(tenYears, '2034-03-01')],
    ['the birthday itself', () => lastDayOf(adult, '2030-02-28')],
    ['any day where it is for good', () => lastDayOf({ kind: 'for-good' }, '2034-01-01')],
    ['an age that is past', () => lastDayOf({ kind: 'until-age', years: 18 })],
    ['an age of whom nobody knows the birth date, without a day', () => lastDayOf(adult, undefined, company)],
  ])('refuses %s', (_what, run) => {
    expect(codeOf(run)).toBe('certificate-validity');
  });

  test.each([
    ['2024-02-29', 4, '2028-02-29'],
    ['2024-02-29', 1, '2025-02-28'],
    ['2096-02-29', 4, '2100-02-28'],
    ['1996-02-29', 4, '2000-02-29'],
    ['2026-11-24', 20, '2046-11-24'],
  ])('counts from %s %i years to %s', (from, years, to) => {
    expect(yearsAfter(parseCalendarDate(from), years)).toBe(to);
  });
});
