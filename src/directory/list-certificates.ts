import { AppError } from '../base/error.ts';
import { type CalendarDate, shanghaiDateOf } from '../terms/calendar-date.ts';
import {
  type CertificateIdentifier,
  parseCertificateIdentifier,
  parseCertificateTypeCode,
} from '../terms/certificate-identifier.ts';
import type { CertificateState } from '../terms/certificate-status.ts';
import { parseCreditCode } from '../terms/credit-code.ts';
import { parseHolderCode, parseHolderType } from '../terms/holder.ts';
import type { CertificateSummary } from './certificate.ts';
import { summaryOf } from './find-certificate.ts';
import { holderIndexOf } from './make-record.ts';
import type { Work } from './ports.ts';
import type { RecordFilter } from './store.ts';

/** What to list of a holder's certificates. */
export interface ListQuery {
  typeCode?: string;
  /** Only those of one authority. */
  issuerCode?: string;
  /** What they are now; left out, whatever they are. */
  states?: readonly CertificateState[];
  /** The last identifier of the page before. */
  after?: string;
  limit: number;
}

export interface CertificatePage {
  certificates: CertificateSummary[];
  /** What to give as `after` for the next page; null on the last. */
  next: CertificateIdentifier | null;
}

const mostOnPage = 100;

/**
 * Lists a holder's certificates by identifier, a page at a time, without opening any. Throws certificate-page-limit and
 * what the terms throw for the holder, the type code, the issuer and the identifier.
 */
export async function listCertificatesOfHolder(
  work: Work,
  holder: { type: string; code: string },
  { typeCode, issuerCode, states, after, limit }: ListQuery,
): Promise<CertificatePage> {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > mostOnPage)
    throw new AppError('certificate-page-limit', { most: mostOnPage });
  const holderIndex = indexOfGivenHolder(work, holder);
  const now = work.clock.now();
  const filter: RecordFilter = {
    ...(typeCode === undefined ? {} : { typeCode: parseCertificateTypeCode(typeCode) }),
    ...(issuerCode === undefined ? {} : { issuerCode: parseCreditCode(issuerCode) }),
    ...(after === undefined ? {} : { _id: { $gt: parseCertificateIdentifier(after) } }),
    ...(states === undefined ? {} : { $or: statesFilter(states, shanghaiDateOf(now)) }),
  };

  // One more than asked tells whether there is a next page.
  const rows = await work.store.certificatesOfHolder(holderIndex, filter, limit + 1);
  const page = rows.slice(0, limit);
  return {
    certificates: page.map((row) => summaryOf(row, now)),
    next: rows.length > limit ? (page.at(-1)?._id ?? null) : null,
  };
}

/**
 * Reads a holder and returns the keyed digest its certificates are found by, the same for every way to file it. Throws
 * holder-type-unknown, holder-code-invalid, and the codes of parseCitizenNumber and parseCreditCode.
 */
export function indexOfGivenHolder(work: Work, holder: { type: string; code: string }): string {
  const type = parseHolderType(holder.type);
  return holderIndexOf(work, { type, code: parseHolderCode(type, holder.code, work.clock) });
}

/** Asks the storage what certificateStateAt would say: days are kept as text and compare as text. */
function statesFilter(states: readonly CertificateState[], today: CalendarDate): RecordFilter[] {
  // No storage takes an empty choice; no record has this status.
  if (states.length === 0) return [{ status: 'none' }];
  const begun = { issuedOn: { $lte: today }, validFrom: { $not: { $gt: today } } };
  return states.map((state) => {
    switch (state) {
      case 'notYetEffective':
        return {
          status: 'valid',
          $or: [{ issuedOn: { $gt: today } }, { validFrom: { $gt: today } }],
        };
      case 'expired':
        return { status: 'valid', ...begun, validUntil: { $lt: today } };
      case 'valid':
        return { status: 'valid', ...begun, validUntil: { $not: { $lt: today } } };
      default:
        return { status: state };
    }
  });
}
