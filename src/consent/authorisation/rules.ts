import { AppError } from '../../base/error.ts';
import type { AssuranceLevel } from '../../terms/assurance.ts';
import {
  type CertificateIdentifier,
  describeCertificateIdentifier,
  parseCertificateIdentifier,
  parseCertificateTypeCode,
} from '../../terms/certificate-identifier.ts';
import type { ServiceItem } from '../items/service-item.ts';
import { fieldInvalid, readFieldNames } from '../text.ts';
import type { Cover } from './authorisation.ts';

/** A cover as a caller writes it. */
export interface CoverDraft {
  typeCode: string;
  certificateIdentifier?: string;
  fields: readonly string[];
}

const mostCovers = 20;

/** Reads what is asked for or allowed. Throws consent-field-invalid and what the terms throw for codes. */
export function readCovers(given: readonly CoverDraft[]): Cover[] {
  const covers = given.map(
    ({ typeCode, certificateIdentifier, fields }, i): Cover => ({
      typeCode: parseCertificateTypeCode(typeCode),
      ...(certificateIdentifier === undefined
        ? {}
        : { certificateIdentifier: readOfType(certificateIdentifier, typeCode) }),
      fields: readFieldNames(fields, `covers[${i}].fields`),
    }),
  );
  if (covers.length > mostCovers || new Set(covers.map(keyOf)).size < covers.length)
    throw fieldInvalid('covers', `1-${mostCovers}, each certificate once`);
  return covers;
}

/** A certificate of one type asked for as another would be read under needs that are not its own. */
function readOfType(text: string, typeCode: string): CertificateIdentifier {
  const identifier = parseCertificateIdentifier(text);
  if (describeCertificateIdentifier(identifier).typeCode !== parseCertificateTypeCode(typeCode))
    throw fieldInvalid('certificateIdentifier', 'of the type code given');
  return identifier;
}

const keyOf = ({ typeCode, certificateIdentifier }: Cover): string =>
  `${typeCode} ${certificateIdentifier ?? ''}`;

const isWithin = (fields: readonly string[], limit: readonly string[]): boolean =>
  fields.every((field) => limit.includes(field));

/**
 * Refuses a request the item does not bear. Throws service-item-disabled, authorisation-not-needed when the law is its
 * ground, authorisation-beyond-item for a type or field it does not need.
 */
export function checkAgainstItem(covers: readonly Cover[], item: ServiceItem): void {
  if (!item.enabled) throw new AppError('service-item-disabled');
  if (item.basis.kind === 'law') throw new AppError('authorisation-not-needed');
  if (covers.length === 0) throw fieldInvalid('covers', '1 at least');
  const isNeeded = covers.every(({ typeCode, fields }) => {
    const need = item.needs.find((known) => known.typeCode === typeCode);
    return need !== undefined && isWithin(fields, need.fields);
  });
  if (!isNeeded) throw new AppError('authorisation-beyond-item');
}

/** Refuses an answer that allows more than was asked, or nothing. Throws authorisation-widened, authorisation-empty. */
export function checkNarrowing(allowed: readonly Cover[], asked: readonly Cover[]): void {
  if (allowed.length === 0) throw new AppError('authorisation-empty');
  // A certificate the person picks for a type that was asked for is narrower than the type.
  const isAsked = allowed.every((cover) =>
    asked.some(
      ({ typeCode, certificateIdentifier, fields }) =>
        typeCode === cover.typeCode &&
        (certificateIdentifier === undefined || certificateIdentifier === cover.certificateIdentifier) &&
        isWithin(cover.fields, fields),
    ),
  );
  if (!isAsked) throw new AppError('authorisation-widened');
}

/** Refuses an answer of a person known less surely than the item asks. Throws authorisation-assurance-low {level}. */
export function checkAssurance(
  { minimumAssurance = 1 }: Pick<ServiceItem, 'minimumAssurance'>,
  assurance: AssuranceLevel,
): void {
  if (assurance < minimumAssurance)
    throw new AppError('authorisation-assurance-low', { level: minimumAssurance });
}

/** Reads for how long; throws authorisation-too-long {longestSeconds} beyond what the item allows. */
export function readUseSeconds(seconds: number, longestSeconds: number): number {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > longestSeconds)
    throw new AppError('authorisation-too-long', { longestSeconds });
  return seconds;
}

/** One read as it is held against what was allowed. */
export interface ReadAsked {
  typeCode: string;
  certificateIdentifier?: string;
  fields: readonly string[];
  /** Only whether the certificate is good is asked, and nothing of it: no field need be covered. */
  verdictOnly?: boolean;
}

/**
 * Tells whether a read is allowed by one cover, every field of it. A cover of one certificate does not cover a read
 * that names none; a read of no fields would be allowed by anything, so it is not.
 */
export const isCovered = (allowed: readonly Cover[], read: ReadAsked): boolean =>
  (read.fields.length > 0 || read.verdictOnly === true) &&
  allowed.some(
    ({ typeCode, certificateIdentifier, fields }) =>
      typeCode === read.typeCode &&
      (certificateIdentifier === undefined || certificateIdentifier === read.certificateIdentifier) &&
      isWithin(read.fields, fields),
  );
