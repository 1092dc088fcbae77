import { existsSync, readFileSync } from 'node:fs';
import type { PublicEcJwk } from '../../src/crypto/index.ts';
import type { Envelope } from '../../src/recognition/index.ts';

/** Where the vectors of questions about certificates are. */
export const certificateVectorFile = new URL('../vectors/recognition/certificates.json', import.meta.url);

/** One question between two regions and what has to be answered. */
export interface CertificateCase {
  name: string;
  now: string;
  /** When the region that is asked last heard the one that asks; null when it never did. */
  heardAt: string | null;
  /** The state of an agreement, in `agreements`, by which it is decided. */
  agreement: string;
  question: string;
  status: number;
  answer: string;
  /** The kind of the verdict, or the code of the refusal. */
  outcome: string;
}

/** What another implementation needs to prove that it asks and answers about certificates alike. */
export interface CertificateVectors {
  /** The region that asks and the one that is asked. */
  asker: string;
  asked: string;
  regionCodes: Record<string, string>;
  agreementKeys: Record<string, PublicEcJwk>;
  /** The operational keys of each side, signed by its agreement key. */
  keySets: Record<string, string>;
  /** The signed answer that tells the keys of the credentials, and the list of their statuses. */
  credentialKeys: string;
  statusList: { uri: string; token: string };
  /** The envelopes of both sides, in the order of the parties. */
  agreements: Record<string, Envelope[]>;
  cases: CertificateCase[];
}

/** Reads the vectors; whoever changes the form of messages takes the file away, and they are made anew. */
export async function readCertificateVectors(): Promise<CertificateVectors> {
  if (!existsSync(certificateVectorFile))
    await (await import('./write-certificate-vectors.ts')).writeCertificateVectors();
  return JSON.parse(readFileSync(certificateVectorFile, 'utf8'));
}
