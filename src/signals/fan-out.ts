import { type News, newsOf } from './news.ts';
import type { ChainedEvent, Work } from './ports.ts';
import { type SignalRecord, signalIdOf } from './signal.ts';
import type { SubscriptionRecord } from './subscription.ts';

/** How many entries are looked at in one pass. */
export const entriesAtOnce = 200;

/** Sets the cursor to the end of the chain where there is none yet: nobody had subscribed to what lies before. */
export async function placeCursor({ store, chain }: Work): Promise<void> {
  if ((await store.cursor()) === null) await store.insertCursor(await chain.lastSequence());
}

/**
 * Follows the chain and puts what subscribers may hear into their queues; returns how many entries it went on by. The
 * cursor moves last, and a signal is there once however often it is made: whoever is killed in between, or runs beside
 * another, loses nothing and doubles nothing.
 */
export async function fanOut(work: Work): Promise<number> {
  const { store, chain } = work;
  const from = (await store.cursor())?.sequence ?? 0;
  const entries = withoutGap(from, await chain.entriesFrom(from + 1, entriesAtOnce));
  const last = entries.at(-1);
  if (last === undefined) return 0;
  const subscriptions = await store.subscriptions();
  const filled = new Set<string>();
  for (const entry of entries)
    for (const clientId of await queueFor(work, subscriptions, entry)) filled.add(clientId);
  for (const clientId of filled) await store.wake(clientId, work.clock.now());
  await store.advanceCursor(from, last.sequence);
  return entries.length;
}

/** Where a storage shows a later entry before an earlier one, the earlier is waited for. */
const withoutGap = (from: number, entries: readonly ChainedEvent[]): ChainedEvent[] => {
  const gap = entries.findIndex(({ sequence }, i) => sequence !== from + 1 + i);
  return gap === -1 ? [...entries] : entries.slice(0, gap);
};

const queueFor = async (
  work: Work,
  subscriptions: readonly SubscriptionRecord[],
  entry: ChainedEvent,
): Promise<string[]> => {
  const news = newsOf(entry);
  if (news === null) return [];
  const wanting = subscriptions.filter(({ eventTypes }) => eventTypes.includes(news.eventType));
  if (wanting.length === 0) return [];
  const rights = await work.rightsTo(
    news,
    wanting.map(({ _id }) => _id),
  );
  const clientIds = [...rights.keys()];
  for (const clientId of clientIds)
    await work.store.insertSignal(newSignal(clientId, entry, news, work.clock.now()));
  return clientIds;
};

const newSignal = (clientId: string, entry: ChainedEvent, news: News, madeAt: Date): SignalRecord => ({
  _id: signalIdOf(clientId, entry.event.id),
  clientId,
  sequence: entry.sequence,
  ...news,
  madeAt,
  state: 'waiting',
  tries: 0,
  lastTriedAt: null,
  lastAnswer: null,
  recordedAt: null,
  settledAt: null,
});
