import type { DomainEvent } from '../base/event.ts';

/**
 * How a subscription stands: paused by an officer, or disabled since its receiver failed too long. What happens meanwhile
 * is kept and told when it is resumed.
 */
export type SubscriptionState = 'enabled' | 'paused' | 'disabled';

/** What one client wants to be told of, and where (推送订阅). */
export interface SubscriptionRecord {
  /** The client identifier: each client has one subscription. */
  _id: string;
  /** Where signals are sent, or `pollMethod`. */
  deliveryUrl: string;
  /** Names of events, as they are in this house. */
  eventTypes: string[];
  state: SubscriptionState;
  /** The answer that a disabled one was given up for. */
  reason: string | null;
  /** When the first of what waits is to be sent; null when nothing waits. */
  nextTryAt: Date | null;
  /** Since when every try has failed; null when the last one did not. */
  failingSince: Date | null;
  /** The last answer of the receiver, in words of ours. */
  lastAnswer: string | null;
  /** Counts what was put into the queue: who finds it empty writes so only if nothing came in meanwhile. */
  filled: number;
  /** Who sends now, and until when at most. */
  leaseToken: string;
  leaseUntil: Date;
  /** Counts the changes of officers; the compare-and-swap is on it. */
  version: number;
  outbox: DomainEvent[];
  createdAt: Date;
  updatedAt: Date;
}

/** What stands in place of an address where the client fetches its signals: the method's name in the framework [M]. */
export const pollMethod = 'urn:ietf:rfc:8936';

/** Tells whether a client fetches its signals, and none are sent to it. */
export const isPolled = ({ deliveryUrl }: Pick<SubscriptionRecord, 'deliveryUrl'>): boolean =>
  deliveryUrl === pollMethod;

/** A subscription as officers see it. */
export type Subscription = Pick<
  SubscriptionRecord,
  'deliveryUrl' | 'eventTypes' | 'state' | 'reason' | 'nextTryAt' | 'failingSince' | 'lastAnswer'
> & { clientId: string; waiting: number; parked: number };

/** Whose a moment long gone is: a lease that nobody holds. */
export const noLease = { leaseToken: '', leaseUntil: new Date(0) } as const;
