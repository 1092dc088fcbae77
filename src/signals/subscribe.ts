import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { readEventTypes } from './news.ts';
import type { Work } from './ports.ts';
import { noLease, pollMethod, type SubscriptionRecord } from './subscription.ts';

/** What a client is to be told of, and where. */
export interface NewSubscription {
  clientId: string;
  /** An address, or `urn:ietf:rfc:8936` for a client that fetches its signals. */
  deliveryUrl: string;
  /** Names of events, or beginnings as `certificate.*`. */
  eventTypes: readonly string[];
  actor: string;
}

/** Names a subscription, and who acts upon it. */
export interface OwnSubscription {
  clientId: string;
  actor: string;
}

/**
 * Subscribes a client, or changes what it is told of and where; how its subscription stands is left as it is. Throws
 * signal-client-unknown, signal-address-refused, signal-event-unknown, signal-subscription-changed.
 */
export async function saveSubscription(
  work: Work,
  { clientId, actor, ...given }: NewSubscription,
): Promise<{ created: boolean }> {
  const [isClient, former] = await Promise.all([work.isClient(clientId), work.store.subscription(clientId)]);

  if (!isClient) throw new AppError('signal-client-unknown', { clientId });
  const deliveryUrl = readAddress(given.deliveryUrl, work.issuer);
  const eventTypes = readEventTypes(given.eventTypes);
  const event = newEvent(work.clock, 'signal-subscription.saved', actor, { events: eventTypes.join(' ') });

  const isWritten =
    former === null
      ? await work.store.insertSubscription({
          ...freshSubscription(clientId, event.at),
          deliveryUrl,
          eventTypes,
          outbox: [event],
        })
      : await work.store.swapSubscription(former, { deliveryUrl, eventTypes }, event);
  if (!isWritten) throw new AppError('signal-subscription-changed');

  return { created: former === null };
}

const freshSubscription = (
  clientId: string,
  now: Date,
): Omit<SubscriptionRecord, 'deliveryUrl' | 'eventTypes' | 'outbox'> => ({
  _id: clientId,
  state: 'enabled',
  reason: null,
  nextTryAt: null,
  failingSince: null,
  lastAnswer: null,
  filled: 0,
  ...noLease,
  version: 1,
  createdAt: now,
  updatedAt: now,
});

/** Reads where to deliver to, if the client does not fetch: over TLS, but where this server itself is reached without, on a developer's machine. */
const readAddress = (text: string, issuer: string): string => {
  if (text === pollMethod) return text;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isSafe =
    url !== null &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && issuer.startsWith('http:'))) &&
    url.username === '' &&
    url.password === '' &&
    url.hash === '';
  if (!isSafe) throw new AppError('signal-address-refused');
  return url.href;
};

/** Stops the sending; what happens is kept. Throws signal-subscription-missing, signal-subscription-changed. */
export async function pauseSubscription(work: Work, { clientId, actor }: OwnSubscription): Promise<void> {
  const read = await findSubscription(work, clientId);
  const event = newEvent(work.clock, 'signal-subscription.paused', actor);
  if (!(await work.store.swapSubscription(read, { state: 'paused' }, event)))
    throw new AppError('signal-subscription-changed');
}

/**
 * Sends again, from the oldest that waits, what was parked among it: a receiver may so get that after something younger.
 * Throws signal-subscription-missing, signal-subscription-changed.
 */
export async function resumeSubscription(work: Work, { clientId, actor }: OwnSubscription): Promise<void> {
  const read = await findSubscription(work, clientId);
  await work.store.unpark(clientId);
  const event = newEvent(work.clock, 'signal-subscription.resumed', actor);
  const changes = { state: 'enabled', reason: null, failingSince: null, nextTryAt: event.at } as const;
  if (!(await work.store.swapSubscription(read, changes, event)))
    throw new AppError('signal-subscription-changed');
}

/** Finds the subscription of a client. Throws signal-subscription-missing. */
export async function findSubscription(work: Work, clientId: string): Promise<SubscriptionRecord> {
  const found = await work.store.subscription(clientId);
  if (found === null) throw new AppError('signal-subscription-missing', { clientId });
  return found;
}
