import { parseCertificateIdentifier } from '../terms/certificate-identifier.ts';
import { certificateStateAt } from '../terms/certificate-status.ts';
import { type FalseReason, type Verdict, verdictOf } from '../terms/verdict.ts';
import type { CertificateRecord, SaltedContent } from './certificate.ts';
import { type CertificateClaims, type ClaimMatches, doAllHold, isSame, matchesOf } from './claims.ts';
import { checkSeal, openContent } from './find-certificate.ts';
import type { Work } from './ports.ts';

export interface VerificationQuestion {
  identifier: string;
  claims?: CertificateClaims;
  /** SHA-256 of the photo shown, hexadecimal. */
  photoDigest?: string;
}

/**
 * Verifies a certificate as it is shown: known here, sealed, as claimed, in force. Of claims that differ it never tells
 * which. Throws certificate-identifier-…, and certificate-record-damaged, since what cannot be read proves nothing.
 */
export async function verifyCertificate(work: Work, question: VerificationQuestion): Promise<Verdict> {
  const record = await work.store.certificateById(parseCertificateIdentifier(question.identifier));
  if (record === null) return verdictOf(null);
  const content = openContent(work, record);
  const differsIn = await differenceOf(work, question, record, content);
  return verdictOf({
    state: certificateStateAt(record, work.clock.now()),
    ...(record.endedOn === undefined ? {} : { endedOn: record.endedOn }),
    ...(differsIn === null ? {} : { differsIn }),
  });
}

/** The seal first: nothing can be said of claims about a record that is not as it was sealed. */
async function differenceOf(
  work: Work,
  { claims = {}, photoDigest }: VerificationQuestion,
  record: CertificateRecord,
  content: SaltedContent,
): Promise<FalseReason | null> {
  if ((await checkSeal(work, record, content)) !== 'genuine') return 'seal';
  if (!doAllHold(matchesOf(claims, content))) return 'claims';
  const isPhoto =
    photoDigest === undefined || isSame(photoDigest.trim().toLowerCase(), record.photoDigest ?? '');
  return isPhoto ? null : 'digest';
}

/**
 * Compares claims with a certificate one by one, for whoever may read what is claimed: a match is as good as the value.
 * Null when there is no such certificate, or its record is not as it was sealed. Throws as verifyCertificate does.
 */
export async function compareClaims(
  work: Work,
  { identifier, claims }: { identifier: string; claims: CertificateClaims },
): Promise<ClaimMatches | null> {
  const record = await work.store.certificateById(parseCertificateIdentifier(identifier));
  if (record === null) return null;
  const content = openContent(work, record);
  return (await checkSeal(work, record, content)) === 'genuine' ? matchesOf(claims, content) : null;
}
