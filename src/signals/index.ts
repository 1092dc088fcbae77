/**
 * Who is told. Owns the subscriptions of sites and departments, the queue of what each is to be told of certificates and
 * accounts (事件推送), the sending and its receipts. It does not own what happened (audit: it follows the chain by
 * position), who may hear of what (house hands `rightsTo` in, asked when a signal is made and again before each try),
 * keys (crypto signs) nor who may subscribe (staff, later; now whoever runs the command). A signal names a certificate by
 * its identifier and a person by the subject their client knows; nothing else personal is in it.
 * Standards: Security Event Tokens (RFC 8417) pushed as RFC 8935 has it or fetched as RFC 8936 has it, from memory but for the introduction of the
 * latter and the registry of its error codes; one subscription a client stands for a stream of the Shared Signals
 * Framework, whose management interface is not built. Order, waits and limits are our design.
 * Control leaves by a value, by an AppError with a code, and by calls to the receivers; an officer's act rides in the
 * outbox of the subscription.
 */
import type { Loop } from '../base/loop.ts';
import type { OutboxSource } from '../storage/outbox.ts';
import type { Answer } from './answer.ts';
import { sendTest } from './deliver.ts';
import { placeCursor } from './fan-out.ts';
import { listReceipts, listSubscriptions } from './list.ts';
import { type Poll, type Polled, poll } from './poll.ts';
import type { SignalsDeps, Work } from './ports.ts';
import { createRounds, startRounds } from './rounds.ts';
import type { Receipt } from './signal.ts';
import { openSignalStore } from './store.ts';
import {
  type NewSubscription,
  type OwnSubscription,
  pauseSubscription,
  resumeSubscription,
  saveSubscription,
} from './subscribe.ts';
import type { Subscription } from './subscription.ts';

export type { Answer } from './answer.ts';
export { isForAuthorityOnly, type News } from './news.ts';
export type { Chain, ChainedEvent, Right, SignalsDeps } from './ports.ts';
export { createPost, type Post } from './post.ts';
export type { Receipt } from './signal.ts';
export type { NewSubscription } from './subscribe.ts';
export type { Subscription } from './subscription.ts';
export { isPolled, pollMethod } from './subscription.ts';

/** What can be asked of the domain. */
export interface Signals {
  /** What officers did to subscriptions, for the audit relay. */
  outboxes: readonly OutboxSource[];
  /** Resolves when the indexes stand and the cursor has its place; the audit chain must be ready before. */
  ready(): Promise<void>;
  saveSubscription(input: NewSubscription): Promise<{ created: boolean }>;
  pauseSubscription(own: OwnSubscription): Promise<void>;
  resumeSubscription(own: OwnSubscription): Promise<void>;
  listSubscriptions(): Promise<Subscription[]>;
  listReceipts(clientId: string): Promise<Receipt[]>;
  /** Gives a client that fetches its signals the next ones. Throws signal-subscription-missing, signal-not-polled. */
  poll(asked: Poll): Promise<Polled>;
  /** Sends a verification event at once and says what the receiver answered. */
  sendTest(clientId: string): Promise<Answer>;
  /** Follows the chain and sends what is due; resolves when every call has ended. */
  runOnce(): Promise<void>;
  /** Does so again and again until it is stopped; a slow receiver holds up no other. */
  start(idleMilliseconds?: number): Loop;
}

const usualIdleMilliseconds = 1000;

/** Opens the domain on its store. */
export function createSignals({ connection, ...deps }: SignalsDeps): Signals {
  const store = openSignalStore(connection);
  const work: Work = { ...deps, store };
  return {
    outboxes: store.outboxes,
    ready: async () => {
      await store.ready();
      await placeCursor(work);
    },
    saveSubscription: (input) => saveSubscription(work, input),
    pauseSubscription: (own) => pauseSubscription(work, own),
    resumeSubscription: (own) => resumeSubscription(work, own),
    listSubscriptions: () => listSubscriptions(work),
    listReceipts: (clientId) => listReceipts(work, clientId),
    poll: (asked) => poll(work, asked),
    sendTest: (clientId) => sendTest(work, clientId),
    runOnce: async () => {
      const rounds = createRounds(work);
      await rounds.begin();
      await rounds.ended();
    },
    start: (idleMilliseconds = usualIdleMilliseconds) => startRounds(work, idleMilliseconds),
  };
}
