import { AppError } from '../base/error.ts';
import { type CalendarDate, parseCalendarDate, shanghaiDateOf } from '../terms/calendar-date.ts';
import type { CertificateDates } from '../terms/certificate-status.ts';
import { describeCitizenNumber } from '../terms/citizen-number.ts';
import { type Holder, holderKeyOf } from '../terms/holder.ts';
import type { Bilingual, ValidityRule } from './certificate-type.ts';

/**
 * Fits the days of a certificate to the rule of its type, and works a last day out that the rule fixes and nobody gave.
 * An authority may give an earlier last day than the rule allows, never a later one. Throws certificate-validity; it
 * tells the rule and no day, as a day worked out of an age is a birth date.
 */
export function fitDates(
  rule: ValidityRule,
  dates: CertificateDates,
  holders: readonly Holder[],
): CertificateDates {
  if (rule.kind === 'given') return dates;
  const { validUntil } = dates;
  if (rule.kind === 'for-good') {
    if (validUntil !== undefined) throw refusal(rule);
    return dates;
  }
  const latest = latestDayOf(rule, dates, holders);
  if (latest === null) {
    if (validUntil === undefined) throw refusal(rule);
    return dates;
  }
  const start = dates.validFrom ?? dates.issuedOn;
  if (latest < start || (validUntil !== undefined && validUntil > latest)) throw refusal(rule);
  return { ...dates, validUntil: validUntil ?? latest };
}

/** Returns the last day a rule allows; null when it hangs on a birth date nobody knows. */
function latestDayOf(
  rule: Extract<ValidityRule, { years: number }>,
  { issuedOn, validFrom }: CertificateDates,
  holders: readonly Holder[],
): CalendarDate | null {
  if (rule.kind === 'years') return yearsAfter(validFrom ?? issuedOn, rule.years);
  const [first] = holders;
  const isCitizen = first !== undefined && holderKeyOf(first).startsWith('111:');
  const birthDate = isCitizen ? describeCitizenNumber(first.code).birthDate : undefined;
  return birthDate === undefined ? null : dayBefore(yearsAfter(parseCalendarDate(birthDate), rule.years));
}

/** The same day so many years on; 29 February falls to the 28th where there is none. That is a design of this project. */
export function yearsAfter(date: CalendarDate, years: number): CalendarDate {
  const year = Number(date.slice(0, 4)) + years;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const day = date.slice(5) === '02-29' && !isLeap ? '02-28' : date.slice(5);
  return parseCalendarDate(`${String(year).padStart(4, '0')}-${day}`);
}

const dayMilliseconds = 86_400_000;
// Midday in Shanghai less a day is midday of the day before there.
const dayBefore = (date: CalendarDate): CalendarDate =>
  shanghaiDateOf(new Date(Date.parse(`${date}T04:00:00Z`) - dayMilliseconds));

const refusal = (rule: ValidityRule): AppError => {
  const { zh, en } = expectedOf(rule);
  return new AppError('certificate-validity', { expectedZh: zh, expectedEn: en });
};

function expectedOf(rule: ValidityRule): Bilingual {
  switch (rule.kind) {
    case 'years':
      return {
        zh: `自起始日起不超过 ${rule.years} 年`,
        en: `at most ${rule.years} years from its first day`,
      };
    case 'until-age':
      return {
        zh: `不晚于首位持证人满 ${rule.years} 周岁的前一日`,
        en: `not beyond the eve of the day its first holder turns ${rule.years}`,
      };
    default:
      return { zh: '长期有效，不设截止日', en: 'for good, without a last day' };
  }
}
