import { createHash } from 'node:crypto';
import type { DomainEvent } from '../base/event.ts';
import { canonicalBytes } from '../crypto/canonical-json.ts';
import type { JsonObject } from '../crypto/ports.ts';

/** An event on its way into the chain: what happened, and in whose outbox it lay. */
export interface Arrival {
  event: DomainEvent;
  /** The collection of the record it happened to. */
  source: string;
  recordId: string;
}

/** An entry of the chain (审计链): each holds the hash of the one before, so that none can be altered or taken out alone. */
export interface ChainEntry extends Arrival {
  /** 1, 2, 3 …, without a gap. */
  sequence: number;
  /** Hash of the entry before, hexadecimal; zeros for the first. */
  previousHash: string;
  /** SHA-256 over the canonical bytes (RFC 8785) of all the above, hexadecimal. */
  hash: string;
}

/** What the first entry has in place of the hash of one before. */
export const noHash = '0'.repeat(64);

/** Writes an entry as JSON, with instants in ISO 8601, as it stands in a proof. */
export const documentOf = ({ hash, ...rest }: ChainEntry): JsonObject => ({ ...hashedPart(rest), hash });

const hashedPart = (entry: Omit<ChainEntry, 'hash'>): JsonObject => ({
  sequence: entry.sequence,
  event: eventDocument(entry.event),
  source: entry.source,
  recordId: entry.recordId,
  previousHash: entry.previousHash,
});

/** Writes an event as JSON. */
export const eventDocument = ({ id, type, at, actor, detail }: DomainEvent): JsonObject => ({
  id,
  type,
  at: at.toISOString(),
  actor,
  detail,
});

/** Computes the hash of an entry written as JSON, whatever hash stands in it. Throws document-not-sealable. */
export function hashOf({ hash: _hash, ...hashed }: JsonObject): string {
  return createHash('sha256').update(canonicalBytes(hashed)).digest('hex');
}

/** Makes the entries that follow `head`, null being the empty chain. */
export function chainOn(head: ChainEntry | null, arrivals: readonly Arrival[]): ChainEntry[] {
  let sequence = head?.sequence ?? 0;
  let previousHash = head?.hash ?? noHash;
  return arrivals.map((arrival) => {
    sequence += 1;
    const entry = { ...arrival, sequence, previousHash };
    previousHash = hashOf(hashedPart(entry));
    return { ...entry, hash: previousHash };
  });
}

/** What can be wrong with an entry where it stands: one is missing before it, it follows another, or it was altered. */
export type EntryFault = 'gap' | 'link' | 'hash';

/** Says what is wrong with an entry as the one after `before`; null when nothing is. */
export function faultOf(
  before: Pick<ChainEntry, 'sequence' | 'hash'> | null,
  entry: ChainEntry,
): EntryFault | null {
  if (entry.sequence !== (before?.sequence ?? 0) + 1) return 'gap';
  if (entry.previousHash !== (before?.hash ?? noHash)) return 'link';
  return holdsItsHash(entry) ? null : 'hash';
}

/** Whoever altered an entry may have left what cannot be written as JSON at all. */
const holdsItsHash = (entry: ChainEntry): boolean => {
  try {
    return hashOf(documentOf(entry)) === entry.hash;
  } catch {
    return false;
  }
};
