import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { newId } from '../base/id.ts';
import { type Answer, readAnswer, stepAfter } from './answer.ts';
import type { Work } from './ports.ts';
import type { SignalRecord } from './signal.ts';
import { findSubscription } from './subscribe.ts';
import { pollMethod, type SubscriptionRecord } from './subscription.ts';
import { tokenOf, verificationToken } from './token.ts';

const leaseSeconds = 60;
/** No call is begun in the last part of a lease: it may take its whole time. */
const lastCallSeconds = 30;

/**
 * Sends what waits for a client, oldest first, until nothing does, one fails, the lease ends or the server stops. The
 * lease is a compare-and-swap on the subscription, so that of two processes one sends. Who is killed between a call and
 * writing down its answer makes it again, with the same `jti`.
 */
export async function deliver(
  work: Work,
  clientId: string,
  isStopping: () => boolean = () => false,
): Promise<void> {
  const { store, clock } = work;
  const token = newId();
  const begunAt = clock.now().getTime();
  const until = new Date(begunAt + leaseSeconds * 1000);
  if (!(await store.takeLease(clientId, token, new Date(begunAt), until))) return;
  try {
    while (!isStopping() && clock.now().getTime() - begunAt < lastCallSeconds * 1000) {
      const subscription = await store.leased(clientId, token);
      if (subscription === null) return;
      const signal = await store.firstWaiting(clientId);
      if (signal === null) {
        await store.rest(subscription);
        return;
      }
      if ((await tryOnce(work, subscription, signal)) === 'stop') return;
    }
  } finally {
    await store.releaseLease(clientId, token);
  }
}

/** Sends one signal, if its client may still hear of it; the person's ledger is written before it goes out. */
const tryOnce = async (
  work: Work,
  subscription: SubscriptionRecord,
  signal: SignalRecord,
): Promise<'on' | 'stop'> => {
  const { store, clock } = work;
  const right = (await work.rightsTo(signal, [signal.clientId])).get(signal.clientId);
  const token = right === undefined ? null : await tokenOf(work, signal);
  if (right === undefined || token === null) {
    await store.updateSignal(signal._id, { state: 'withheld', settledAt: clock.now() });
    return 'on';
  }
  if (signal.recordedAt === null) {
    await right.record();
    await store.updateSignal(signal._id, { recordedAt: clock.now() });
  }
  const begunAt = clock.now();
  const answer = readAnswer(await work.post(subscription.deliveryUrl, token));
  work.answered(signal.clientId, { begunAt, isTaken: answer.outcome === 'delivered' });
  return await settle(work, subscription, signal, answer);
};

const settle = async (
  work: Work,
  { _id: clientId, leaseToken, failingSince }: SubscriptionRecord,
  signal: SignalRecord,
  answer: Answer,
): Promise<'on' | 'stop'> => {
  const { store, clock } = work;
  const now = clock.now();
  const tries = signal.tries + 1;
  const step = stepAfter(answer, { tries, failingSince, now });
  const { words: lastAnswer } = answer;
  const isSettled = step.kind === 'delivered' || step.kind === 'parked';
  await store.updateSignal(signal._id, {
    ...(isSettled ? { state: step.kind, settledAt: now } : {}),
    tries,
    lastTriedAt: now,
    lastAnswer,
  });
  if (step.kind === 'disable') {
    await disable(work, clientId, lastAnswer);
    return 'stop';
  }
  if (step.kind === 'again') {
    const { nextTryAt, failingSince } = step;
    await store.note(clientId, leaseToken, { nextTryAt, failingSince, lastAnswer });
    return 'stop';
  }
  const ended = step.kind === 'delivered' ? { failingSince: null } : {};
  await store.note(clientId, leaseToken, { lastAnswer, ...ended });
  return 'on';
};

/** Gives a receiver up; should an officer change the subscription at this moment, the next try finds the same. */
const disable = async ({ store, clock, log }: Work, clientId: string, lastAnswer: string): Promise<void> => {
  const read = await store.subscription(clientId);
  if (read === null) return;
  const event = newEvent(clock, 'signal-subscription.disabled', 'system', { lastAnswer });
  const changes = { state: 'disabled', reason: lastAnswer, lastAnswer } as const;
  if (await store.swapSubscription(read, changes, event))
    log.warn({ clientId, lastAnswer }, 'a receiver of signals failed for three days and was disabled');
};

/** Sends the event that only shows whether a receiver hears, at once; says what was answered. Throws signal-subscription-missing, signal-not-pushed. */
export async function sendTest(work: Work, clientId: string): Promise<Answer> {
  const { deliveryUrl } = await findSubscription(work, clientId);
  if (deliveryUrl === pollMethod) throw new AppError('signal-not-pushed', { clientId });
  return readAnswer(await work.post(deliveryUrl, await verificationToken(work, clientId)));
}
