import type { DomainEvent } from '../../base/event.ts';

/** That who holds a net-ID is let in to an account (网号). */
export interface NetIdRecord {
  _id: string;
  /** Blind index over issuer and subject: the subject itself is kept nowhere. */
  subjectIndex: string;
  /** Unique: the account while it is bound, the record itself once it is not, so that an account has one at most. */
  slot: string;
  accountId: string;
  boundAt: Date;
  lastUsedAt: Date | null;
  /** Set when it was unbound; it opens nothing any more, and may be bound anew. */
  removedAt: Date | null;
  version: number;
  outbox: DomainEvent[];
}

/** A binding as its person sees it. */
export interface NetIdBinding {
  boundAt: Date;
  lastUsedAt: Date | null;
}

/** Who unbinds. */
export type Unbinder = 'person' | 'recovery' | 'closing';

/** What the platform vouches for, verified. */
export interface NetIdAnswer {
  issuer: string;
  subject: string;
  acr: string | null;
  /** What the platform says of who it is, to be compared with and not to be read; null when it says nothing. */
  personDigest: { salt: string; digest: string } | null;
}

/** The method that such a sign-in names; no registered one of RFC 8176 was found to fit, the word is our design [D]. */
export const netIdMethod = 'netid';
