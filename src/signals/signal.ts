import { createHash } from 'node:crypto';
import type { News } from './news.ts';

/** `withheld`: its client had lost the right to hear of it before it was sent. */
export type SignalState = 'waiting' | 'delivered' | 'parked' | 'withheld';

/** One piece of news on its way to one client, and what became of it. */
export interface SignalRecord extends News {
  /** The `jti` of its token: the same however often it is sent. */
  _id: string;
  clientId: string;
  /** Its place in the audit chain: signals of a client go out in this order. */
  sequence: number;
  madeAt: Date;
  state: SignalState;
  tries: number;
  lastTriedAt: Date | null;
  lastAnswer: string | null;
  /** When the ledger was told; set before the first try. */
  recordedAt: Date | null;
  settledAt: Date | null;
}

/** What became of a signal, as officers see it: whom it is about is not in it. */
export type Receipt = Pick<
  SignalRecord,
  'eventType' | 'happenedAt' | 'state' | 'tries' | 'lastTriedAt' | 'lastAnswer' | 'settledAt'
> & { signalId: string };

/**
 * Names the signal of one event to one client. It follows from both, so that what was made twice is found to be there;
 * and it is a digest, so that two receivers who compare theirs do not find the same event by it.
 */
export const signalIdOf = (clientId: string, eventId: string): string =>
  createHash('sha256').update(`${clientId} ${eventId}`).digest('base64url').slice(0, 22);
