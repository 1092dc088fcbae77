import { type CalendarDate, parseCalendarDate, shanghaiDateOf } from '../../terms/calendar-date.ts';

/** A stretch of time that figures are shown for, hour by hour or day by day. */
export interface Period {
  /** As it stands in the address: `today`, `7-days`, `30-days`, or a month `2026-11`. */
  name: string;
  /** Its hours or days, by the names they are counted under. */
  spans: string[];
  from: CalendarDate;
  to: CalendarDate;
}

const dayMilliseconds = 86_400_000;
const hoursOfDay = 24;
const monthsOffered = 12;

const daysUpTo = (now: Date, count: number): CalendarDate[] =>
  Array.from({ length: count }, (_, i) =>
    shanghaiDateOf(new Date(now.getTime() - (count - 1 - i) * dayMilliseconds)),
  );

const daysOfMonth = (month: string): CalendarDate[] => {
  const [year, number] = month.split('-').map(Number);
  const length = new Date(Date.UTC(Number(year), Number(number), 0)).getUTCDate();
  return Array.from({ length }, (_, i) => parseCalendarDate(`${month}-${String(i + 1).padStart(2, '0')}`));
};

const periodOfDays = (name: string, days: CalendarDate[], today: CalendarDate): Period => ({
  name,
  spans: days,
  from: days[0] ?? today,
  to: days.at(-1) ?? today,
});

/** Returns the month that an instant is in, in Beijing. */
export const monthOf = (now: Date): string => shanghaiDateOf(now).slice(0, 7);

/** Lists this month and those before it, the newest first. */
export function monthsUpTo(now: Date): string[] {
  const [year, month] = monthOf(now).split('-').map(Number);
  return Array.from({ length: monthsOffered }, (_, i) =>
    new Date(Date.UTC(Number(year), Number(month) - 1 - i, 1)).toISOString().slice(0, 7),
  );
}

/** Reads a month that is no later than this one; null when it is none. */
export const readMonth = (given: unknown, now: Date): string | null =>
  typeof given === 'string' && /^20\d\d-(0[1-9]|1[0-2])$/.test(given) && given <= monthOf(now) ? given : null;

/** Reads a period as it stands in an address; what is none is today. */
export function periodOf(given: unknown, now: Date): Period {
  const today = shanghaiDateOf(now);
  const month = readMonth(given, now);
  if (month !== null) return periodOfDays(month, daysOfMonth(month), today);
  if (given === '7-days') return periodOfDays(given, daysUpTo(now, 7), today);
  if (given === '30-days') return periodOfDays(given, daysUpTo(now, 30), today);
  const hours = Array.from({ length: hoursOfDay }, (_, hour) => `${today}T${String(hour).padStart(2, '0')}`);
  return { name: 'today', spans: hours, from: today, to: today };
}

/** Writes an hour or a day as short as a chart wants it. */
export const shortSpan = (span: string): string =>
  span.includes('T') ? `${span.slice(11)}:00` : span.slice(5);
