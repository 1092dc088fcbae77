import type { DomainEvent } from '../base/event.ts';
import type { AssuranceLevel } from '../terms/assurance.ts';

export type AccountStatus = 'active' | 'suspended' | 'closed';

/** A citizen's account as it is kept: what names the person is sealed, what finds the person is a keyed digest. */
export interface AccountRecord {
  _id: string;
  numberIndex: string;
  phoneIndex?: string;
  number: Buffer;
  name: Buffer;
  phone?: Buffer;
  password?: { hash: string; changedAt: Date };
  status: AccountStatus;
  assurance: AssuranceLevel;
  region: string;
  lastSignInAt?: Date;
  version: number;
  outbox: DomainEvent[];
  createdAt: Date;
  updatedAt: Date;
}

/** A passkey (通行密钥) of an account; `_id` is the credential id, base64url. */
export interface PasskeyRecord {
  _id: string;
  accountId: string;
  publicKey: Buffer;
  /** Rises with each use on authenticators that count; 0 on those that do not. */
  counter: number;
  transports: string[];
  deviceType: 'singleDevice' | 'multiDevice';
  backedUp: boolean;
  aaguid: string;
  name: string;
  createdAt: Date;
  lastUsedAt?: Date;
  /** Set when its owner took it away: it is kept for the record and opens nothing any more. */
  removedAt?: Date;
  version: number;
  outbox: DomainEvent[];
}

/** An account as the rest of the house sees it, opened. */
export interface AccountProfile {
  accountId: string;
  status: AccountStatus;
  assurance: AssuranceLevel;
  number: string;
  name: string;
  phone?: string;
  region: string;
  updatedAt: Date;
}

/** A sign-in that holds: who, by which methods (RFC 8176), how surely. */
export interface SignedIn {
  accountId: string;
  amr: string[];
  assurance: AssuranceLevel;
}
