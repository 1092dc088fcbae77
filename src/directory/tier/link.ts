import type { DomainEvent } from '../../base/event.ts';
import type { StatusCount } from './tally.ts';

/** How far this instance has told its parent, in collection `directorylinks`. */
export interface LinkRecord {
  /** The parent's address and the name this instance has there: another parent begins anew. */
  _id: string;
  /** The last certificate of the first filling that was sent. */
  fillAfter: string;
  filled: boolean;
  /** The place in the audit chain up to which changes were sent. */
  position: number;
  stored: number;
  refused: number;
  /** Certificates that stay out: of another region, or not to be opened. */
  skipped: number;
  lastRefusal: { identifier: string; code: string } | null;
  /** How many buckets differed at the end of the last reconciliation. */
  differing: number;
  lastPushAt: Date | null;
  lastReconciledAt: Date | null;
  revision: number;
  outbox: DomainEvent[];
  createdAt: Date;
  updatedAt: Date;
}

/** What a push did. */
export interface Pushed {
  /** Entries the parent took as new or later. */
  stored: number;
  /** Entries it had. */
  unchanged: number;
  refused: number;
  skipped: number;
}

/** What a reconciliation found and mended. */
export interface Reconciled {
  /** Buckets that differed before and after the entries of those were sent again. */
  differingBefore: number;
  differingAfter: number;
  resent: number;
  /** By type and status, where the two counts differ at the end. */
  differences: (StatusCount & { atParent: number })[];
}

/** How a link stands; `behind` is null while it fills for the first time. */
export type LinkState = Omit<
  LinkRecord,
  '_id' | 'revision' | 'outbox' | 'createdAt' | 'updatedAt' | 'fillAfter'
> & {
  parent: string;
  behind: number | null;
};
