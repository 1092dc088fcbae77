import type { DomainEvent } from '../base/event.ts';
import type { JsonObject, Seal } from '../crypto/ports.ts';
import type { CalendarDate } from '../terms/calendar-date.ts';
import type { CertificateIdentifier, CertificateTypeCode } from '../terms/certificate-identifier.ts';
import type { CertificateDates, CertificateState, CertificateStatus } from '../terms/certificate-status.ts';
import type { CreditCode } from '../terms/credit-code.ts';
import type { Holder } from '../terms/holder.ts';
import type { RegionCode } from '../terms/region-code.ts';
import type { TrustLevel } from '../terms/trust-level.ts';
import type { CertificateAct } from './lifecycle.ts';

/** What of a certificate is about persons: sealed at rest, opened only to be read. */
export interface CertificateContent {
  /** The number printed on it (证照编号). */
  number: string;
  holders: Holder[];
  /** The face fields (照面项) by name. */
  fields: JsonObject;
}

/** The content as it is sealed at rest. */
export interface SaltedContent extends CertificateContent {
  /**
   * Random, and part of what the authority's seal is over: the seal stands in the clear, and without a salt whoever stole
   * the records could try numbers and names against its digest.
   */
  salt: string;
}

/** The last act upon a certificate after its issue, so that the same act asked again is known. */
export interface ActRecord {
  act: CertificateAct;
  reasonCode: string;
  actedOn: CalendarDate;
}

/** What stands in the clear of a certificate: nothing of it names a person. */
export interface CertificatePlain extends CertificateDates {
  typeCode: CertificateTypeCode;
  typeVersion: number;
  issuerCode: CreditCode;
  issuerName: string;
  areaCode: RegionCode;
  status: CertificateStatus;
  trustLevel: TrustLevel;
  /** 1 to 999, as in the identifier; each change adds one. */
  version: number;
  seal: Seal;
  previousIdentifier?: CertificateIdentifier;
  nextIdentifier?: CertificateIdentifier;
  /** The day of the act that ended it. */
  endedOn?: CalendarDate;
  lastAct?: ActRecord;
  photoId?: string;
  /** SHA-256 of the photo, hexadecimal; the seal is over it. */
  photoDigest?: string;
}

/** A certificate (电子证照) as it is kept, in collection `certificates`. */
export interface CertificateRecord extends CertificatePlain {
  /** The certificate identifier (电子证照标识). */
  _id: CertificateIdentifier;
  /** A keyed digest of issuer, type and serial: all versions of one certificate share it. */
  serialKey: string;
  /** A keyed digest of the request that made it, to know the same request again. */
  requestDigest: string;
  /** Set on one that was superseded: by which request, under which version of its type. */
  change?: { requestDigest: string; typeVersion: number };
  /** Keyed digests of its holders, to find it by. */
  holderIndexes: string[];
  /** SaltedContent as JSON, sealed. */
  content: Buffer;
  /** Counts the writes; the compare-and-swap is on it. */
  revision: number;
  outbox: DomainEvent[];
  createdAt: Date;
  updatedAt: Date;
}

/** What lists show of a certificate, without opening it. */
export interface CertificateSummary extends CertificatePlain {
  identifier: CertificateIdentifier;
  /** What it is now: its status, and for a valid one what its dates say. */
  state: CertificateState;
  createdAt: Date;
  updatedAt: Date;
}

/** A certificate opened. Personal data. */
export type Certificate = CertificateSummary & CertificateContent;

/** Binds sealed content to its record. */
export const contentContext = (identifier: CertificateIdentifier): string =>
  `certificates.content:${identifier}`;
