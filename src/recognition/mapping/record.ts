import type { DomainEvent } from '../../base/event.ts';
import type { DocumentSignature, SignedDocument } from '../../crypto/index.ts';
import { type MappingDocument, parseMapping, type ReadMapping } from './document.ts';

/** The type in the header of a signature over a mapping. */
export const mappingSignatureType = 'yihao-mapping+jws';

/** One version of one mapping. */
export interface MappingPlace {
  mappingId: string;
  mappingVersion: number;
}

/** One version as it is kept; once it is published nothing of it changes. */
export interface MappingRecord extends MappingPlace {
  /** `id:version`. */
  _id: string;
  digest: string;
  /** The canonical bytes, base64url. */
  payload: string;
  /** By the publisher's agreement key; null while it is a draft. */
  signature: DocumentSignature | null;
  isPublished: boolean;
  /** When it was published here, or came here; null while it is a draft. */
  publishedAt: Date | null;
  /** The officer here who drafted it; null when it came from outside. */
  draftedBy: string | null;
  /** Counts the writes; the compare-and-swap is on it. */
  version: number;
  outbox: DomainEvent[];
}

/** One version as it is read. */
export interface Mapping {
  document: MappingDocument;
  digest: string;
  publishedAt: Date | null;
  draftedBy: string | null;
}

/** Names the record of a version. */
export const mappingRecordId = ({ mappingId, mappingVersion }: MappingPlace): string =>
  `${mappingId}:${mappingVersion}`;

/** Makes a record of a document that is not signed. */
export const newMappingRecord = (
  { document, bytes, digest }: ReadMapping,
  draftedBy: string | null,
): MappingRecord => {
  const place = { mappingId: document.id, mappingVersion: document.version };
  return {
    _id: mappingRecordId(place),
    ...place,
    digest,
    payload: bytes.toString('base64url'),
    signature: null,
    isPublished: false,
    publishedAt: null,
    draftedBy,
    version: 1,
    outbox: [],
  };
};

/** Reads a record. */
export const mappingOf = ({ payload, digest, publishedAt, draftedBy }: MappingRecord): Mapping => ({
  document: parseMapping(Buffer.from(payload, 'base64url')).document,
  digest,
  publishedAt,
  draftedBy,
});

/** Writes the document with its signature as it travels; null while there is none. */
export const signedMappingOf = ({
  payload,
  signature,
}: Pick<MappingRecord, 'payload' | 'signature'>): SignedDocument | null =>
  signature === null ? null : { payload, signatures: [signature] };
