import { AppError } from '../../base/error.ts';
import {
  type DocumentSignature,
  readHeader,
  type SignedDocument,
  thumbprintOf,
  verifyDocument,
} from '../../crypto/index.ts';
import { type Party, parseDocument, type ReadDocument } from './document.ts';

/** The type in the header of a signature over an agreement. */
export const agreementSignatureType = 'yihao-agreement+jws';

/** A document and the signature of each party that has signed, in the order of its parties. */
export interface VerifiedAgreement extends ReadDocument {
  signatures: Map<string, DocumentSignature>;
}

/**
 * Verifies an agreement that came from outside: each signature for itself, by the key that its party has in the document,
 * and that key by the thumbprint pinned for the party. `pinned` returns the thumbprints that may sign for an entity.
 * Throws agreement-document-invalid, agreement-signature-invalid.
 */
export async function verifyAgreement(
  { payload, signatures }: SignedDocument,
  pinned: (entityId: string) => readonly string[],
): Promise<VerifiedAgreement> {
  const read = parseDocument(Buffer.from(payload, 'base64url'));
  const found = new Map<string, DocumentSignature>();
  for (const { protected: header, signature } of signatures) {
    const entityId = readHeader(header)?.['iss'];
    const party = read.document.parties.find((candidate) => candidate.entityId === entityId);
    if (!party || found.has(party.entityId)) throw new AppError('agreement-signature-invalid');
    await verifyParty(party, { payload, protected: header, signature }, pinned(party.entityId));
    found.set(party.entityId, { protected: header, signature });
  }
  return { ...read, signatures: inOrder(read.document.parties, found) };
}

async function verifyParty(
  { agreementKey }: Party,
  jws: DocumentSignature & { payload: string },
  thumbprints: readonly string[],
): Promise<void> {
  const isPinned = thumbprints.includes(thumbprintOf(agreementKey));
  if (!isPinned || (await verifyDocument(agreementKey, agreementSignatureType, jws)) === null)
    throw new AppError('agreement-signature-invalid');
}

/** Puts signatures in the order of the parties, so that both sides hold the same bytes. */
export const inOrder = (
  parties: readonly Party[],
  signatures: ReadonlyMap<string, DocumentSignature>,
): Map<string, DocumentSignature> =>
  new Map(
    parties.flatMap(({ entityId }) => {
      const signature = signatures.get(entityId);
      return signature === undefined ? [] : [[entityId, signature] as const];
    }),
  );
