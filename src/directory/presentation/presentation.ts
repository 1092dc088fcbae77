import type { CertificateIdentifier } from '../../terms/certificate-identifier.ts';
import type { Verdict } from '../../terms/verdict.ts';
import type { Bilingual } from '../certificate-type.ts';

/** What a holder shows (亮证): kept for a minute under a code that can be scanned once. */
export interface Presentation {
  identifier: CertificateIdentifier;
  typeCode: string;
  accountId: string;
  /** The blind index of the holder who shows it; it never leaves the process. */
  holderIndex: string;
  /** Names of the face fields the holder chose to show. */
  fields: string[];
}

/** One face field as it is shown at a counter. */
export interface PresentedField {
  name: string;
  label: Bilingual;
  value: string;
}

/** What a counter sees of a certificate that is shown to it. Personal data. */
export interface PresentedCertificate {
  verdict: Verdict;
  identifier: CertificateIdentifier;
  typeName: Bilingual;
  issuerName: string;
  /** The holder who shows it, the family name hidden. */
  maskedName: string;
  validUntil: string | null;
  photoId: string | null;
  fields: PresentedField[];
}

export const presentationTtlSeconds = 60;
