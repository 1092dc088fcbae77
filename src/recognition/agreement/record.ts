import type { DomainEvent } from '../../base/event.ts';
import { canonicalBytes, type DocumentSignature, digestOf, type SignedDocument } from '../../crypto/index.ts';
import { referencesOf } from '../mapping/find-mapping.ts';
import { follow, type Progress, startOf } from './chain.ts';
import type { Delay } from './delivery.ts';
import { type AgreementDocument, parseDocument, type ReadDocument } from './document.ts';
import { readEvent } from './event.ts';
import type { Agreement } from './lifecycle.ts';

/** One version of an agreement as it is kept: the signed text and the chain of each party, all verified when they came. */
export interface AgreementRecord {
  /** `id:version`. */
  _id: string;
  agreementId: string;
  agreementVersion: number;
  kind: AgreementDocument['kind'];
  /** The region codes of its parties. */
  regions: string[];
  /** The identifiers of the mappings its rules refer to. */
  mappings: string[];
  digest: string;
  /** The canonical bytes, base64url. */
  payload: string;
  /** In the order of the parties. */
  signatures: (DocumentSignature & { party: string })[];
  /** A party each, in their order; an event is `header.payload.signature`. */
  chains: { party: string; events: string[] }[];
  /** The officer here who drafted it; null when it came from outside. */
  draftedBy: string | null;
  /** The officer here who suspended it alone, until it is confirmed or lifted. */
  suspendedBy: string | null;
  heard: Heard | null;
  /** Whether the peer has not yet said that it holds all that was written here. */
  undelivered: boolean;
  /** Until when what is undelivered waits, since the peer refused it; null when it does not. */
  delay: Delay | null;
  /** Counts the writes; the compare-and-swap is on it. */
  version: number;
  outbox: DomainEvent[];
}

/** What the peer last said of an agreement. */
export interface Heard {
  at: Date;
  /** How far its own chain goes, and how far it knows ours. */
  peerSequence: number;
  ownSequence: number;
}

/** Names the record of a version. */
export const recordId = (agreementId: string, agreementVersion: number): string =>
  `${agreementId}:${agreementVersion}`;

/** Makes a record of a document that nobody has signed. */
export const newRecord = (
  { document, bytes, digest }: ReadDocument,
  draftedBy: string | null,
): AgreementRecord => ({
  _id: recordId(document.id, document.version),
  agreementId: document.id,
  agreementVersion: document.version,
  kind: document.kind,
  regions: document.parties.map(({ regionCode }) => regionCode),
  mappings: [...new Set(referencesOf(document).map(({ id }) => id))],
  digest,
  payload: bytes.toString('base64url'),
  signatures: [],
  chains: document.parties.map(({ entityId }) => ({ party: entityId, events: [] })),
  draftedBy,
  suspendedBy: null,
  heard: null,
  undelivered: false,
  delay: null,
  version: 1,
  outbox: [],
});

/** Writes the document with its signatures as it travels; the same bytes on both sides once they hold the same. */
export const signedOf = ({
  payload,
  signatures,
}: Pick<AgreementRecord, 'payload' | 'signatures'>): SignedDocument => ({
  payload,
  signatures: signatures.map(({ protected: header, signature }) => ({ protected: header, signature })),
});

/** Hashes the document with the signatures of all its parties; null while one is missing. */
export const signedDigestOf = (
  record: Pick<AgreementRecord, 'payload' | 'signatures' | 'chains'>,
): string | null =>
  record.signatures.length < record.chains.length
    ? null
    : digestOf(canonicalBytes(signedOf(record) as never));

/** Reads the document of a record. */
export const documentOf = (record: AgreementRecord): AgreementDocument =>
  parseDocument(Buffer.from(record.payload, 'base64url')).document;

/** Follows a stored chain to where its party is; what is stored was verified. */
export function progressOf(record: AgreementRecord, document: AgreementDocument): Progress[] {
  return document.parties.map((party) => {
    const events = record.chains.find((chain) => chain.party === party.entityId)?.events ?? [];
    return events.reduce(
      (progress, signed) => {
        const next = follow(progress, readEvent(signed), { document, digest: record.digest });
        if (typeof next === 'string') throw new Error(`A stored chain of ${record._id} is broken (${next}).`);
        return next;
      },
      startOf(party, record.digest),
    );
  });
}

/** Reads a record as it is judged; `own` is this region, `successor` the next version where there is one. */
export function agreementOf(
  record: AgreementRecord,
  own: string,
  successor: Agreement | null = null,
): Agreement {
  const known = read.get(record);
  const agreement = known?.own === own ? known.agreement : readAgreement(record, own);
  read.set(record, { own, agreement });
  return { ...agreement, successor };
}

/** What was read of a record: one that is held is judged again and again, and none is changed in place. */
const read = new WeakMap<AgreementRecord, { own: string; agreement: Agreement }>();

const readAgreement = (record: AgreementRecord, own: string): Agreement => {
  const document = documentOf(record);
  const progress = progressOf(record, document);
  const peer = progress.find(({ party }) => party !== own);
  return {
    document,
    digest: record.digest,
    signedDigest: signedDigestOf(record),
    signedBy: record.signatures.map(({ party }) => party),
    progress,
    heardAt: record.heard?.at ?? null,
    isBehind: peer !== undefined && (record.heard?.peerSequence ?? 0) > peer.sequence,
    successor: null,
  };
};
