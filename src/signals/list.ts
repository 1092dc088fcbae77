import type { Work } from './ports.ts';
import type { Receipt } from './signal.ts';
import { findSubscription } from './subscribe.ts';
import type { Subscription } from './subscription.ts';

/** Lists the subscriptions, with how much waits and how much was given up. */
export async function listSubscriptions({ store }: Work): Promise<Subscription[]> {
  return await Promise.all(
    (await store.subscriptions()).map(async (record) => {
      const { _id: clientId, deliveryUrl, eventTypes, state, reason, nextTryAt } = record;
      const [waiting, parked] = await Promise.all([
        store.count(clientId, 'waiting'),
        store.count(clientId, 'parked'),
      ]);
      const { failingSince, lastAnswer } = record;
      return {
        clientId,
        deliveryUrl,
        eventTypes,
        state,
        reason,
        nextTryAt,
        failingSince,
        lastAnswer,
        waiting,
        parked,
      };
    }),
  );
}

const fewReceipts = 20;

/** Lists what became of the last signals to a client, newest first. Throws signal-subscription-missing. */
export async function listReceipts(work: Work, clientId: string): Promise<Receipt[]> {
  await findSubscription(work, clientId);
  const records = await work.store.newestSignals(clientId, fewReceipts);
  return records.map(({ _id, eventType, happenedAt, state, tries, lastTriedAt, lastAnswer, settledAt }) => ({
    signalId: _id,
    eventType,
    happenedAt,
    state,
    tries,
    lastTriedAt,
    lastAnswer,
    settledAt,
  }));
}
