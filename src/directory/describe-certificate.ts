import { parseCertificateIdentifier } from '../terms/certificate-identifier.ts';
import type { CertificateSummary } from './certificate.ts';
import type { CertificateType } from './certificate-type.ts';
import { typeVersionId } from './certificate-type.ts';
import { summaryOf } from './find-certificate.ts';
import { typeVersionOf } from './find-type.ts';
import { indexOfGivenHolder } from './list-certificates.ts';
import type { Work } from './ports.ts';

/** What is known of a certificate without opening it. */
export interface CertificateDescription {
  typeCode: string;
  type: CertificateType;
  summary: CertificateSummary;
  /** Blind indexes of its holders: for the ledger, and for nobody's eyes. */
  holderIndexes: string[];
}

/** Describes a certificate; null when there is none. Throws certificate-identifier-…. */
export async function describeCertificate(
  work: Work,
  identifier: string,
): Promise<CertificateDescription | null> {
  const record = await work.store.certificateById(parseCertificateIdentifier(identifier));
  if (record === null) return null;
  const { content, outbox, ...row } = record;
  const { typeCode, typeVersion: version, holderIndexes } = record;
  const type = await typeVersionOf(work, typeVersionId({ code: typeCode, version }));
  return { typeCode, type, summary: summaryOf(row, work.clock.now()), holderIndexes };
}

/** Tells whether somebody is a holder of a certificate; of one that is not there nobody is. */
export async function isHeldBy(
  work: Work,
  identifier: string,
  holder: { type: string; code: string },
): Promise<boolean> {
  const described = await describeCertificate(work, identifier);
  return described?.holderIndexes.includes(indexOfGivenHolder(work, holder)) === true;
}
