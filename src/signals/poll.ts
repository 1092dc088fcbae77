import { AppError } from '../base/error.ts';
import { errorCodes } from './answer.ts';
import type { Work } from './ports.ts';
import type { SignalRecord } from './signal.ts';
import { findSubscription } from './subscribe.ts';
import { isPolled } from './subscription.ts';
import { tokenOf } from './token.ts';

/** What a client asks for, and what it says of the tokens it had before. */
export interface Poll {
  clientId: string;
  /** How many tokens at most. */
  maxEvents: number;
  /** The tokens it has kept safely, by `jti`. */
  ack: readonly string[];
  /** Those it cannot take, and why. */
  setErrs: Readonly<Record<string, { err: string }>>;
}

/** What it gets: the tokens it has not answered for, by `jti`, oldest first. */
export interface Polled {
  sets: Record<string, string>;
  moreAvailable: boolean;
}

/**
 * Takes down what a client says of earlier tokens and gives it the next; one that was not answered for is given again, under
 * the same `jti`. The person's ledger is written before a token goes out. The answer never waits for something to happen.
 * Names and meaning of the members are those of RFC 8936 sections 2.2 and 2.3, as others quote them; the rest of it is from
 * memory [M]. Throws signal-subscription-missing, signal-not-polled.
 */
export async function poll(work: Work, { clientId, maxEvents, ack, setErrs }: Poll): Promise<Polled> {
  const { store, clock } = work;
  const subscription = await findSubscription(work, clientId);
  if (!isPolled(subscription)) throw new AppError('signal-not-polled', { clientId });

  const settledAt = clock.now();
  const answered = (state: 'delivered' | 'parked', lastAnswer: string) => ({ state, settledAt, lastAnswer });
  await store.settleWaiting(clientId, ack, answered('delivered', 'ack'));
  for (const [signalId, { err }] of Object.entries(setErrs)) {
    const code = errorCodes.find((known) => known === err) ?? 'error';
    await store.settleWaiting(clientId, [signalId], answered('parked', code));
  }

  if (subscription.state !== 'enabled') return { sets: {}, moreAvailable: false };
  const waiting = await store.waiting(clientId, maxEvents + 1);
  const sets: Polled['sets'] = {};
  for (const signal of waiting.slice(0, maxEvents)) {
    const token = await giveOut(work, signal);
    if (token !== null) sets[signal._id] = token;
  }
  return { sets, moreAvailable: waiting.length > maxEvents };
}

/** Makes the token of a signal that its client may still hear of; null when it may not. */
const giveOut = async (work: Work, signal: SignalRecord): Promise<string | null> => {
  const { store, clock } = work;
  const right = (await work.rightsTo(signal, [signal.clientId])).get(signal.clientId);
  const token = right === undefined ? null : await tokenOf(work, signal);
  if (right === undefined || token === null) {
    await store.updateSignal(signal._id, { state: 'withheld', settledAt: clock.now() });
    return null;
  }
  if (signal.recordedAt === null) await right.record();
  await store.updateSignal(signal._id, {
    recordedAt: signal.recordedAt ?? clock.now(),
    tries: signal.tries + 1,
    lastTriedAt: clock.now(),
  });
  return token;
};
