import type { DomainEvent } from '../../base/event.ts';
import type { CredentialStatus } from '../../crypto/status-list.ts';
import type { CertificateIdentifier } from '../../terms/certificate-identifier.ts';
import { type CertificateState, isEnded } from '../../terms/certificate-status.ts';

/** Where the status of a certificate stands, in collection `credentials`; the same for every copy made of it. */
export interface CredentialRecord {
  /** The certificate identifier. */
  _id: CertificateIdentifier;
  listId: string;
  index: number;
  /** The key that the last bound copy was bound to, by its RFC 7638 thumbprint; absent when no copy was. */
  holderKeyThumbprint?: string;
  /** Counts the writes; the compare-and-swap is on it. */
  revision: number;
  outbox: DomainEvent[];
  createdAt: Date;
  updatedAt: Date;
}

/** A list of statuses, in collection `statuslists`. Its bytes are public, so they are not sealed. */
export interface StatusListRecord {
  /** The number of the list in the order of making, as text. */
  _id: string;
  sequence: number;
  bytes: Buffer;
  /** Counts the writes; the compare-and-swap is on it, and a signed list is as old as the revision it was made of. */
  revision: number;
  outbox: DomainEvent[];
  createdAt: Date;
  updatedAt: Date;
}

/** A credential just issued, and where its status stands. Personal data. */
export interface IssuedCredential {
  /** SD-JWT VC, all disclosures with it. */
  credential: string;
  listId: string;
  index: number;
}

/**
 * Tells what the list says of a certificate (null: there is none any more). Dates are no matter of the list: whoever
 * holds a credential reads them in it.
 */
export function statusOfState(state: CertificateState | null): CredentialStatus {
  if (state === 'suspended') return 'suspended';
  return state === null || state === 'draft' || isEnded(state) ? 'invalid' : 'valid';
}
