import { AppError } from '../base/error.ts';

declare const brand: unique symbol;
/** A day without a time, `YYYY-MM-DD` (GB/T 7408, ISO 8601); two of them compare as text. */
export type CalendarDate = string & { readonly [brand]: 'CalendarDate' };

/** Reads a day that is in the calendar. Throws date-invalid. */
export function parseCalendarDate(text: string): CalendarDate {
  const date = text.normalize('NFKC').trim();
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(date) ? new Date(`${date}T00:00:00Z`) : null;
  // The engine takes 30 February for 1 March; only a real day comes back as it went in.
  const isReal =
    instant !== null && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
  if (!isReal) throw new AppError('date-invalid');
  return date as CalendarDate;
}

const shanghaiOffsetMilliseconds = 8 * 3_600_000;

/** Returns the day it is in Asia/Shanghai at an instant: UTC+8, without summer time since 1992. */
export const shanghaiDateOf = (instant: Date): CalendarDate =>
  new Date(instant.getTime() + shanghaiOffsetMilliseconds).toISOString().slice(0, 10) as CalendarDate;
