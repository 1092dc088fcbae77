import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import type { JsonObject } from '../crypto/ports.ts';
import { type CertificateDates, parseCertificateDates } from '../terms/certificate-status.ts';
import type { CreditCode } from '../terms/credit-code.ts';
import { type Holder, parseHolder } from '../terms/holder.ts';
import { parseRegionCode, type RegionCode } from '../terms/region-code.ts';
import { parseTrustLevel, type TrustLevel } from '../terms/trust-level.ts';
import { tidyFields } from './face-fields.ts';

/** Everything that stands on a certificate, as it comes in: texts as typed. */
export interface GivenParts {
  issuerName: string;
  areaCode: string;
  number: string;
  holders: { type: string; code: string; name: string }[];
  dates: { issuedOn: string; validFrom?: string | undefined; validUntil?: string | undefined };
  fields: JsonObject;
  /** SHA-256 of the photo, hexadecimal. */
  photoDigest?: string;
  /** The photo's identifier, if it is kept in this directory. */
  photoId?: string;
  /** A when left out: the authority made it itself. */
  trustLevel?: string;
}

/** A certificate that an authority issues (签发). */
export interface NewCertificate extends Omit<GivenParts, 'issuerName'> {
  issuer: { code: string; name: string };
  typeCode: string;
  /** The authority's own: it makes the identifier, and a request that is repeated finds its certificate by it. */
  serial: string;
  /** Who issues: an officer's or client's identifier. */
  actor: string;
  /** Its photo may still wait for review, as those of a stock that is imported do; nobody is shown one before. */
  photoMayWait?: boolean;
}

/** Everything that stands on a certificate, read into terms. */
export interface CertificateParts {
  issuerName: string;
  areaCode: RegionCode;
  number: string;
  holders: Holder[];
  dates: CertificateDates;
  fields: JsonObject;
  photo: { digest: string; id: string | null } | null;
  trustLevel: TrustLevel;
}

/**
 * Reads the authority that issues or acts, by the rules of an organisation's code and name. Throws credit-code-length,
 * -characters or -check, or organisation-name-invalid.
 */
export function parseIssuer(
  issuer: { code: string; name: string },
  clock: Clock,
): { code: CreditCode; name: string } {
  const { code, name } = parseHolder({ type: '001', ...issuer }, clock);
  return { code: code as CreditCode, name };
}

/**
 * Reads every part but the issuer, which parseIssuer reads. Throws what the terms throw for region code, holders, dates
 * and trust level, certificate-number-invalid and certificate-photo-digest.
 */
export const parseParts = (given: GivenParts, clock: Clock): CertificateParts => ({
  issuerName: given.issuerName,
  areaCode: parseRegionCode(given.areaCode),
  number: parseNumber(given.number),
  holders: given.holders.map((holder) => parseHolder(holder, clock)),
  dates: parseCertificateDates(given.dates),
  fields: tidyFields(given.fields),
  photo: parsePhoto(given),
  trustLevel: parseTrustLevel(given.trustLevel ?? 'A'),
});

const longestNumber = 128;

function parseNumber(text: string): string {
  const number = text.normalize('NFC').trim();
  if (number === '' || [...number].length > longestNumber || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(number))
    throw new AppError('certificate-number-invalid');
  return number;
}

function parsePhoto({
  photoDigest,
  photoId,
}: Pick<GivenParts, 'photoDigest' | 'photoId'>): CertificateParts['photo'] {
  if (photoDigest === undefined && photoId === undefined) return null;
  const digest = photoDigest?.trim().toLowerCase() ?? '';
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new AppError('certificate-photo-digest');
  return { digest, id: photoId ?? null };
}
