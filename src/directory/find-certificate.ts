import { AppError } from '../base/error.ts';
import type { SealVerdict } from '../crypto/ports.ts';
import { parseCertificateIdentifier } from '../terms/certificate-identifier.ts';
import { certificateStateAt } from '../terms/certificate-status.ts';
import {
  type Certificate,
  type CertificateRecord,
  type CertificateSummary,
  contentContext,
  type SaltedContent,
} from './certificate.ts';
import { documentOf } from './document.ts';
import type { Work } from './ports.ts';
import type { CertificateRow } from './store.ts';

/** Shows what stands in the clear of a record, and what it is at an instant. */
export function summaryOf(row: CertificateRow, now: Date): CertificateSummary {
  const { _id, serialKey, requestDigest, change, holderIndexes, revision, ...plain } = row;
  return { identifier: _id, state: certificateStateAt(row, now), ...plain };
}

/** Opens the content of a record. Throws certificate-record-damaged when it was altered, moved, or its key is lost. */
export function openContent(work: Pick<Work, 'cipher'>, record: CertificateRecord): SaltedContent {
  try {
    return JSON.parse(work.cipher.open(record.content, contentContext(record._id))) as SaltedContent;
  } catch {
    // The cause is not passed on: a parser may quote what it could not read.
    throw new AppError('certificate-record-damaged');
  }
}

/** Opens a record whole. Throws certificate-record-damaged. */
export function openCertificate(work: Work, record: CertificateRecord): Certificate {
  const { content, outbox, ...row } = record;
  const { number, holders, fields } = openContent(work, record);
  return { ...summaryOf(row, work.clock.now()), number, holders, fields };
}

/** Reads a record that must be there. Throws certificate-identifier-… and certificate-unknown. */
export async function recordOf(work: Work, identifier: string): Promise<CertificateRecord> {
  const record = await work.store.certificateById(parseCertificateIdentifier(identifier));
  if (record === null) throw new AppError('certificate-unknown');
  return record;
}

/**
 * Finds a certificate and opens it; null when there is none. Throws certificate-identifier-… and
 * certificate-record-damaged.
 */
export async function findCertificate(work: Work, identifier: string): Promise<Certificate | null> {
  const record = await work.store.certificateById(parseCertificateIdentifier(identifier));
  return record === null ? null : openCertificate(work, record);
}

/** Verifies the seal over a record as it was opened. */
export const checkSeal = (
  work: Work,
  record: CertificateRecord,
  content: SaltedContent,
): Promise<SealVerdict> => work.sealer.verify(record.issuerCode, documentOf(record, content), record.seal);

/**
 * Verifies the authority's seal of a certificate as it is kept. Throws certificate-identifier-…, certificate-unknown and
 * certificate-record-damaged.
 */
export async function verifySeal(work: Work, identifier: string): Promise<SealVerdict> {
  const record = await recordOf(work, identifier);
  return checkSeal(work, record, openContent(work, record));
}
