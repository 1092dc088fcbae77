import { AppError } from '../base/error.ts';
import { type CalendarDate, parseCalendarDate } from '../terms/calendar-date.ts';
import { parseCertificateTypeCode } from '../terms/certificate-identifier.ts';
import { type CertificateStatus, certificateStatuses } from '../terms/certificate-status.ts';
import { parseCreditCode } from '../terms/credit-code.ts';
import { endingGrounds } from './lifecycle.ts';
import type { Work } from './ports.ts';

/** Which certificates an authority counts: its own, of one type. */
export interface CountQuery {
  issuerCode: string;
  typeCode: string;
  /** The first and the last day of the days told one by one, both included. */
  from: string;
  until: string;
}

/** What came and went on a day in Asia/Shanghai. */
export interface DayCount {
  day: CalendarDate;
  /** First versions taken in that day. */
  issued: number;
  /** Later versions taken in that day, each in the place of one superseded. */
  changed: number;
  /** Those ended by an act that is dated that day; superseded ones are counted as changed. */
  ended: number;
}

/** The books of the directory about an authority's certificates of one type. */
export interface CertificateCounts {
  /** How many versions stand in each status now, superseded ones too. */
  statuses: Record<CertificateStatus, number>;
  days: DayCount[];
}

const mostDays = 31;
const dayMilliseconds = 86_400_000;

/**
 * Counts an authority's certificates, so that it can compare with its own books (对账). Throws
 * certificate-type-code-invalid, date-invalid and certificate-count-days.
 */
export async function countCertificates(work: Work, query: CountQuery): Promise<CertificateCounts> {
  const issuerCode = parseCreditCode(query.issuerCode);
  const typeCode = parseCertificateTypeCode(query.typeCode);
  const days = daysBetween(parseCalendarDate(query.from), parseCalendarDate(query.until));
  const count = (more: object): Promise<number> =>
    work.store.countCertificates({ issuerCode, typeCode, ...more });

  const [statuses, counts] = await Promise.all([
    Promise.all(certificateStatuses.map(async (status) => [status, await count({ status })] as const)),
    Promise.all(days.map((day) => countDay(day, count))),
  ]);
  return { statuses: Object.fromEntries(statuses) as CertificateCounts['statuses'], days: counts };
}

async function countDay(day: CalendarDate, count: (more: object) => Promise<number>): Promise<DayCount> {
  const start = startOf(day);
  const createdAt = { $gte: start, $lt: new Date(start.getTime() + dayMilliseconds) };
  const [issued, changed, ended] = await Promise.all([
    count({ createdAt, version: 1 }),
    count({ createdAt, version: { $gt: 1 } }),
    count({ status: { $in: [...endingGrounds] }, endedOn: day }),
  ]);
  return { day, issued, changed, ended };
}

const startOf = (day: CalendarDate): Date => new Date(`${day}T00:00:00+08:00`);

function daysBetween(from: CalendarDate, until: CalendarDate): CalendarDate[] {
  const length = Math.round((startOf(until).getTime() - startOf(from).getTime()) / dayMilliseconds) + 1;
  if (length < 1 || length > mostDays) throw new AppError('certificate-count-days', { mostDays });
  const first = Date.parse(`${from}T00:00:00Z`);
  return Array.from({ length }, (_, i) =>
    parseCalendarDate(new Date(first + i * dayMilliseconds).toISOString().slice(0, 10)),
  );
}
