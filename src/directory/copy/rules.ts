import { AppError } from '../../base/error.ts';
import { type CalendarDate, parseCalendarDate, shanghaiDateOf } from '../../terms/calendar-date.ts';
import type { Certificate } from '../certificate.ts';

/** The longest a copy may be good for, in days. */
export const longestDays = 30;
const longestText = 200;
const dayMilliseconds = 86_400_000;

/** Brings a text into one line; what is not seen, or turns the line round, goes. Throws copy-purpose. */
export function plainText(given: string): string {
  const text = given
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ')
    .trim();
  const length = [...text].length;
  if (length === 0 || length > longestText) throw new AppError('copy-purpose', { longest: longestText });
  return text;
}

/**
 * Decides the last day of a copy: the day asked for, never later than the certificate's own. Throws date-invalid,
 * copy-expiry, and copy-of-no-use for a certificate that is not valid now.
 */
export function lastDayOf(
  { state, validUntil }: Pick<Certificate, 'state' | 'validUntil'>,
  asked: string,
  now: Date,
): CalendarDate {
  if (state !== 'valid') throw new AppError('copy-of-no-use');
  const day = parseCalendarDate(asked);
  const longest = shanghaiDateOf(new Date(now.getTime() + longestDays * dayMilliseconds));
  if (day < shanghaiDateOf(now) || day > longest) throw new AppError('copy-expiry', { longestDays });
  return validUntil !== undefined && validUntil < day ? validUntil : day;
}
