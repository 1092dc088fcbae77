import { AppError } from '../base/error.ts';
import { type CalendarDate, parseCalendarDate, shanghaiDateOf } from './calendar-date.ts';

/**
 * What an authority has done to a certificate: draft, valid, suspended 暂扣或冻结, withdrawn 撤销, cancelled 注销,
 * revoked 吊销, transferred 转出, superseded 变更 and void 作废. The list is a design of this project over the practice of
 * two ministries; the withdrawal, cancellation and revocation of a licence are three legal acts and stay apart.
 */
export const certificateStatuses = [
  'draft',
  'valid',
  'suspended',
  'withdrawn',
  'cancelled',
  'revoked',
  'transferred',
  'superseded',
  'void',
] as const;
export type CertificateStatus = (typeof certificateStatuses)[number];

/** The statuses no certificate comes back from. */
export const endedStatuses = [
  'withdrawn',
  'cancelled',
  'revoked',
  'transferred',
  'superseded',
  'void',
] as const satisfies readonly CertificateStatus[];
export type EndedStatus = (typeof endedStatuses)[number];

/** What a certificate is at an instant: its status, and for a valid one what its dates say. The last two are never stored. */
export type CertificateState = CertificateStatus | 'notYetEffective' | 'expired';

/** Reads a status by its name here. Throws certificate-status-unknown. */
export function parseCertificateStatus(text: string): CertificateStatus {
  const found = certificateStatuses.find((status) => status === text.trim());
  if (found === undefined) throw new AppError('certificate-status-unknown');
  return found;
}

/** Tells whether a state is an end. */
export const isEnded = (state: CertificateState): state is EndedStatus =>
  endedStatuses.some((ended) => ended === state);

/** One authority's own codes for the statuses; several of its codes may mean one status, the first is written. */
export type StatusCodes = readonly (readonly [code: string, status: CertificateStatus])[];

/**
 * The codes of the construction ministry, as its systems carry them. Its 05 is "expired or void" in one and reads as
 * void; its 99 is "other, see text", which a person must read, so it is refused here.
 */
export const constructionMinistryStatusCodes: StatusCodes = [
  ['01', 'valid'],
  ['02', 'suspended'],
  ['03', 'withdrawn'],
  ['04', 'cancelled'],
  ['05', 'void'],
  ['06', 'transferred'],
  ['07', 'revoked'],
];

/** The codes of a real-estate registration system. */
export const realEstateStatusCodes: StatusCodes = [
  ['1', 'valid'],
  ['2', 'cancelled'],
];

/** Reads an authority's code. Throws certificate-status-unknown. */
export function statusOfCode(codes: StatusCodes, code: string): CertificateStatus {
  const found = codes.find(([known]) => known === code.trim());
  if (found === undefined) throw new AppError('certificate-status-unknown');
  return found[1];
}

/** Writes a status in an authority's codes. Throws certificate-status-unknown when it has none for it. */
export function codeOfStatus(codes: StatusCodes, status: CertificateStatus): string {
  const found = codes.find(([, known]) => known === status);
  if (found === undefined) throw new AppError('certificate-status-unknown');
  return found[0];
}

/** The days on a certificate, as they stand in Asia/Shanghai. */
export interface CertificateDates {
  issuedOn: CalendarDate;
  /** The first day of effect; without one, the day of issue. */
  validFrom?: CalendarDate | undefined;
  /** The last day of effect, that day included; without one, for good (长期). */
  validUntil?: CalendarDate | undefined;
}

/** Reads the days as typed; 长期 and an empty end mean for good. Throws date-invalid or certificate-dates-order. */
export function parseCertificateDates(dates: {
  issuedOn: string;
  validFrom?: string | undefined;
  validUntil?: string | undefined;
}): CertificateDates {
  const issuedOn = parseCalendarDate(dates.issuedOn);
  const validFrom = dates.validFrom?.trim() ? parseCalendarDate(dates.validFrom) : undefined;
  const end = dates.validUntil?.trim() ?? '';
  const validUntil = end === '' || end === '长期' ? undefined : parseCalendarDate(end);
  if (validUntil !== undefined && validUntil < (validFrom ?? issuedOn))
    throw new AppError('certificate-dates-order');
  return {
    issuedOn,
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
  };
}

/**
 * Tells what a certificate is at an instant. What an authority did goes before what the dates say; before the day of
 * issue nothing has effect, even when the first day of effect was set earlier.
 */
export function certificateStateAt(
  { status, issuedOn, validFrom, validUntil }: CertificateDates & { status: CertificateStatus },
  instant: Date,
): CertificateState {
  if (status !== 'valid') return status;
  const today = shanghaiDateOf(instant);
  if (today < issuedOn || (validFrom !== undefined && today < validFrom)) return 'notYetEffective';
  return validUntil !== undefined && today > validUntil ? 'expired' : 'valid';
}
