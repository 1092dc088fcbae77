import type { DomainEvent } from '../base/event.ts';
import type { AssuranceLevel } from '../terms/assurance.ts';
import type { Evidence } from './evidence.ts';
import type { ProvenOrigin } from './passkey-policy.ts';

export type AccountStatus = 'active' | 'suspended' | 'closed';

/** A citizen's account as it is kept: what names the person is sealed, what finds the person is a keyed digest. */
export interface AccountRecord {
  _id: string;
  /** Unique. While no number is known it is made of the telephone's (`indexWithoutNumber`). */
  numberIndex: string;
  phoneIndex?: string;
  number?: Buffer;
  name?: Buffer;
  phone?: Buffer;
  /** Null once a recovery took it away. */
  password?: { hash: string; changedAt: Date } | null;
  /** An app that shows codes (验证器); null once it was taken away. The secret is sealed; a step serves once. */
  totp?: { secret: Buffer; lastStep: number; since: Date } | null;
  /** Keyed digests of the recovery codes (恢复码) that were not used yet. */
  recovery?: string[];
  status: AccountStatus;
  /** What was granted when the account was made; `evidence` raises it (evidence.ts). */
  assurance: AssuranceLevel;
  evidence?: Evidence[];
  /** Of a guest: which region vouches, under which agreement, and what it released, sealed. */
  linked?: { issuer: string; agreementId: string; claims: Buffer; at: Date };
  /** Of a guest: the account of this region that is the same person's; null once the person unlinked it. */
  ownerId?: string | null;
  ownership?: { since: Date; by: 'sign-in' | 'number' };
  /** Since when the person wants the account closed, and when it will be; null once that was stopped. */
  closing?: { askedAt: Date; dueAt: Date } | null;
  /** A change of telephone (sealed) that waits; null once it was made or stopped. */
  phoneChange?: { phone: Buffer; askedAt: Date; dueAt: Date } | null;
  region: string;
  lastSignInAt?: Date;
  version: number;
  outbox: DomainEvent[];
  createdAt: Date;
  updatedAt: Date;
}

/** What another region released of its citizen. */
export interface LinkedClaims {
  name?: string;
  birthdate?: string;
  phone_number?: string;
  id_number?: string;
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
  /** What its maker's attestation proved when it was made; null when nothing, absent in records from before. */
  origin?: ProvenOrigin | null;
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
  /** As of now. */
  assurance: AssuranceLevel;
  /** Absent, like the name, until they are confirmed. */
  number?: string;
  name?: string;
  phone?: string;
  evidence: readonly Evidence[];
  /** Of a guest only; nobody here has checked it. */
  linked?: LinkedClaims;
  hasPassword: boolean;
  /** Since when an app shows codes for this account; null when none does. */
  totpSince: Date | null;
  recoveryCodesLeft: number;
  /** When the account will be closed, if its person asked for that. */
  closingDueAt: Date | null;
  region: string;
  updatedAt: Date;
}

/** An account whose person is known by name and number. */
export type KnownPerson = AccountProfile & { number: string; name: string };

/** Tells whether the person of an account is known by name and number. */
export const isKnown = (profile: AccountProfile): profile is KnownPerson =>
  profile.number !== undefined && profile.name !== undefined;

/** Finds the one account of a telephone whose person is not known yet; no index of a number has a colon. */
export const indexWithoutNumber = (phoneIndex: string): string => `phone:${phoneIndex}`;

/** A sign-in that holds: who, by which methods (RFC 8176), how surely. */
export interface SignedIn {
  accountId: string;
  amr: string[];
  assurance: AssuranceLevel;
}
