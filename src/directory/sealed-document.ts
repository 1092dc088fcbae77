import type { JsonObject, Seal } from '../crypto/ports.ts';
import { type CertificateIdentifier, parseCertificateIdentifier } from '../terms/certificate-identifier.ts';
import { documentOf } from './document.ts';
import { openContent } from './find-certificate.ts';
import type { Work } from './ports.ts';

/** A certificate as its authority sealed it, to be kept as a file: the document and the seal over it. Personal data. */
export interface SealedDocument {
  document: JsonObject;
  seal: Seal;
}

/** Writes a certificate as it was sealed; null when there is none. Throws certificate-identifier-… and -record-damaged. */
export async function sealedDocumentOf(work: Work, identifier: string): Promise<SealedDocument | null> {
  const record = await work.store.certificateById(parseCertificateIdentifier(identifier));
  if (record === null) return null;
  return { document: documentOf(record, openContent(work, record)), seal: record.seal };
}

/**
 * Tells which certificate a sealed document is: it must be the one kept under its identifier, to the byte, and its seal
 * must hold. Null for any other, of whatever shape.
 */
export async function identifyDocument(work: Work, given: unknown): Promise<CertificateIdentifier | null> {
  if (!isSealedDocument(given)) return null;
  const { document, seal } = given;
  const identifier = identifierIn(document);
  const record = identifier === null ? null : await work.store.certificateById(identifier);
  // The digests first: what is not the document kept is not put into canonical form, whoever sent it.
  if (record === null || seal.digest !== record.seal.digest) return null;
  const verdict = await work.sealer.verify(record.issuerCode, document, seal);
  return verdict === 'genuine' ? record._id : null;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The sealer looks at the shape of a seal itself; strangers' seals come to it too. */
const isSealedDocument = (value: unknown): value is SealedDocument =>
  isObject(value) && isObject(value['document']) && isObject(value['seal']);

function identifierIn({ identifier }: JsonObject): CertificateIdentifier | null {
  if (typeof identifier !== 'string') return null;
  try {
    return parseCertificateIdentifier(identifier);
  } catch {
    return null;
  }
}
