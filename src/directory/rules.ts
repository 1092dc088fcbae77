import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import { type CalendarDate, shanghaiDateOf } from '../terms/calendar-date.ts';
import { serialOf } from '../terms/certificate-identifier.ts';
import { parseCitizenNumber } from '../terms/citizen-number.ts';
import type { CreditCode } from '../terms/credit-code.ts';
import { type Holder, holderKeyOf, kindOfHolder } from '../terms/holder.ts';
import type { ActRecord } from './certificate.ts';
import type { CertificateParts } from './certificate-request.ts';
import type { CertificateType } from './certificate-type.ts';
import { readFields } from './face-fields.ts';
import { fitDates } from './validity.ts';

/**
 * Fits the parts of a certificate to its type: who may issue, who may hold, how long, which fields, whether with a
 * photo. Throws certificate-issuer-not-entitled, certificate-holder-…, certificate-field-…, certificate-validity,
 * certificate-photo-required and certificate-photo-digest.
 */
export function fitToType(
  type: CertificateType,
  issuerCode: CreditCode,
  parts: CertificateParts,
): CertificateParts {
  if (!type.issuers.includes(issuerCode)) throw new AppError('certificate-issuer-not-entitled');
  checkHolders(type, parts.holders);
  const fields = readFields(type, parts.fields);
  const dates = fitDates(type.validity, parts.dates, parts.holders);
  if (type.photoProfile !== null && parts.photo === null) throw new AppError('certificate-photo-required');
  if (type.photoProfile === null && parts.photo !== null) throw new AppError('certificate-photo-digest');
  return { ...parts, fields, dates };
}

function checkHolders(type: CertificateType, holders: readonly Holder[]): void {
  const { leastHolders, mostHolders, holderCategory } = type;
  if (holders.length < leastHolders || holders.length > mostHolders)
    throw new AppError('certificate-holder-count', { least: leastHolders, most: mostHolders });
  if (holders.some((holder) => kindOfHolder(holder) !== holderCategory))
    throw new AppError('certificate-holder-category');
  if (new Set(holders.map(holderKeyOf)).size !== holders.length)
    throw new AppError('certificate-holder-repeated');
}

/** A holder's code this long is not inside a serial by chance. */
const tellingLength = 8;

/**
 * Refuses a serial that would carry a personal number into the identifier, where everyone reads it: a holder's code, its
 * 15 digits of the first generation, or any citizen number at all. Throws certificate-serial-personal.
 */
export function checkSerial(serial: string, holders: readonly Holder[], clock: Clock): void {
  const codes = holders.flatMap(({ code }) => {
    const written = serialOf(code);
    return /^\d{17}[\dX]$/.test(written) ? [written, written.slice(0, 6) + written.slice(8, 17)] : [written];
  });
  const holdsCode = codes.some((code) =>
    code.length < tellingLength ? serial === code : serial.includes(code),
  );
  if (holdsCode || isCitizenNumber(serial, clock)) throw new AppError('certificate-serial-personal');
}

/** Only the 18 of today: three letters and twelve digits, as a permanent residence ID of 2017, are many a serial's form. */
function isCitizenNumber(serial: string, clock: Clock): boolean {
  if (serial.length !== 18) return false;
  try {
    parseCitizenNumber(serial, clock);
    return true;
  } catch {
    return false;
  }
}

/** Refuses a reason that is no code: free text may name a person, and reasons stand in events. Throws certificate-reason-invalid. */
export function checkReason(reasonCode: string): void {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(reasonCode)) throw new AppError('certificate-reason-invalid');
}

/** Refuses an act dated after today, or before the day of issue unless that is still to come. Throws certificate-act-date. */
export function checkActDay(
  { actedOn }: Pick<ActRecord, 'actedOn'>,
  { issuedOn }: { issuedOn: CalendarDate },
  clock: Clock,
): void {
  const today = shanghaiDateOf(clock.now());
  const earliest = issuedOn < today ? issuedOn : today;
  if (actedOn > today || actedOn < earliest) throw new AppError('certificate-act-date');
}
