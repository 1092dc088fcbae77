import type { DomainEvent } from '../../base/event.ts';
import type { PlaceName } from '../../terms/place.ts';

/** A session of the provider as it is kept for its person; `_id` is its uid, which opens nothing. */
export interface SessionRecord {
  _id: string;
  accountId: string;
  startedAt: Date;
  usedAt: Date;
  /** When its grants are over at the latest. */
  expiresAt: Date;
  acr: string;
  /** The browser in a few words of a closed list, and its network with the rest hidden. */
  browser: string;
  network: string;
  /** Where that is; null when not known, absent in records from before. */
  place?: PlaceName | null;
  sites: SessionSite[];
  endedAt: Date | null;
  outbox: DomainEvent[];
}

/** A site within a session, with the grant the person gave it there. */
export interface SessionSite {
  clientId: string;
  sid: string;
  grantId: string;
}

/** A sign-in at a site that went through. */
export interface EntryRecord {
  _id: string;
  accountId: string;
  clientId: string;
  at: Date;
  acr: string;
  amr: string[];
  /** The person proved who they are for it; otherwise the session did. */
  isProven: boolean;
  /** Where from; null when not known, absent in records from before. */
  place?: PlaceName | null;
}

/** `waiting` is tried again; the others are the end. */
export type NoticeState = 'waiting' | 'reached' | 'refused' | 'given-up';

/** A sign-out notice to a site; `_id` is the session identifier the site knows, one for each session and site. */
export interface SignOutNotice {
  _id: string;
  accountId: string;
  clientId: string;
  state: NoticeState;
  tries: number;
  madeAt: Date;
  /** Until then nobody else tries: the wait, or the time a call may take. */
  nextTryAt: Date;
  settledAt: Date | null;
}
