import { createHash } from 'node:crypto';
import type { DomainEvent } from '../../base/event.ts';
import type { CertificateIdentifier } from '../../terms/certificate-identifier.ts';
import type { CertificateStatus } from '../../terms/certificate-status.ts';
import type { RegionCode } from '../../terms/region-code.ts';

/**
 * A thin entry (目录条目) on its way up: that a library holds a certificate, and nothing of what the certificate says.
 * Type and issuer are parts of the identifier and are read from there, so that they cannot say something else.
 */
export interface ThinEntry {
  identifier: string;
  areaCode: string;
  status: string;
  /** Counts the changes of the certificate in its library; the higher one is the later. */
  revision: number;
  /** Its holders, as the directory key calls them. */
  holderBlinds: readonly string[];
}

/** An entry as the parent keeps it, in collection `directoryentries`. */
export interface EntryRecord {
  /** `region/identifier`: no library can take the place of another's entry. */
  _id: string;
  region: RegionCode;
  identifier: CertificateIdentifier;
  typeCode: string;
  issuerCode: string;
  areaCode: RegionCode;
  status: CertificateStatus;
  revision: number;
  /** Which directory key its holders were called by. */
  keyId: string;
  bucket: number;
  /** The blinds once more under the index secret of this storage: the directory key alone finds no one in it. */
  holderIndexes: string[];
  receivedAt: Date;
}

/** A region below and its library, in collection `directorychildren`. */
export interface ChildRecord {
  _id: RegionCode;
  /** The machine that sends its entries. */
  clientId: string;
  name: { zh: string; en: string };
  /** Where its instance answers: who wants a certificate is sent there. */
  address: string;
  enabled: boolean;
  /** Events of its own that the library had still to look at when it last sent; null while it sends for the first time. */
  behind: number | null;
  /** Entries of its that were stored, and that were refused, so far. */
  stored: number;
  refused: number;
  /** The buckets that differed when each was last compared. */
  differing: number[];
  lastPushAt: Date | null;
  lastComparedAt: Date | null;
  revision: number;
  outbox: DomainEvent[];
  createdAt: Date;
  updatedAt: Date;
}

export const bucketCount = 256;

/** Returns the bucket an entry is counted in: the first byte of SHA-256 of its identifier. */
export const bucketOf = (identifier: string): number =>
  createHash('sha256').update(identifier).digest().readUInt8(0);
