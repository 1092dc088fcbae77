import { isPolled, pollMethod, type Receipt, type Subscription } from '../signals/index.ts';
import { withHouse } from './with-house.ts';

const actor = 'command-line';

/** Takes exactly so many words; throws an Error that says how the command is used. */
const take = (words: readonly string[], count: number, usage: string): readonly string[] => {
  if (words.length !== count) throw new Error(`usage: yihao signals ${usage}`);
  return words;
};

/** Subscribes a client to events, or changes where and of what it is told. */
export async function subscribeToSignals(words: readonly string[]): Promise<void> {
  const usage = 'subscribe CLIENT URL|poll EVENT[,EVENT…], with events as certificate.* or passkey.removed';
  const [clientId = '', deliveryUrl = '', events = ''] = take(words, 3, usage);
  await withHouse(async ({ signals }) => {
    const eventTypes = events.split(',').filter(Boolean);
    const address = deliveryUrl === 'poll' ? pollMethod : deliveryUrl;
    const { created } = await signals.saveSubscription({
      clientId,
      deliveryUrl: address,
      eventTypes,
      actor,
    });
    const then =
      address === pollMethod ? 'it fetches at /api/signals/poll' : `try it: yihao signals test ${clientId}`;
    console.log(`${created ? 'subscribed' : 'changed   '} ${clientId}; ${then}`);
  });
}

/** Lists the subscriptions; with a client, what became of its last signals. */
export async function listSignals(words: readonly string[]): Promise<void> {
  const [clientId] = words;
  await withHouse(async ({ signals }) => {
    const lines =
      clientId === undefined
        ? (await signals.listSubscriptions()).map(lineOfSubscription)
        : (await signals.listReceipts(clientId)).map(lineOfReceipt);
    for (const line of lines) console.log(line);
  });
}

/** The address without its query, where a receiver may keep a secret. */
const lineOfSubscription = (one: Subscription): string => {
  const { origin, pathname } = new URL(one.deliveryUrl);
  const where = isPolled(one) ? 'polls' : `${origin}${pathname}`;
  const why = one.reason === null ? '' : ` (${one.reason})`;
  const counts = `${one.waiting} waiting, ${one.parked} parked`;
  const next = one.nextTryAt === null || isPolled(one) ? '' : `, next try ${one.nextTryAt.toISOString()}`;
  return `${one.state}${why} ${one.clientId} ${where}  ${counts}, last answer ${one.lastAnswer ?? '-'}${next}`;
};

const lineOfReceipt = ({ eventType, happenedAt, state, tries, lastAnswer }: Receipt): string =>
  `${state.padEnd(9)} ${eventType} ${happenedAt.toISOString()}  tries ${tries}, last answer ${lastAnswer ?? '-'}`;

/** Stops telling a client; what happens meanwhile is kept. */
export async function pauseSignals(words: readonly string[]): Promise<void> {
  const [clientId = ''] = take(words, 1, 'pause CLIENT');
  await withHouse(({ signals }) => signals.pauseSubscription({ clientId, actor }));
  console.log(`paused ${clientId}`);
}

/** Tells a client again, beginning with the oldest that waits or was parked. */
export async function resumeSignals(words: readonly string[]): Promise<void> {
  const [clientId = ''] = take(words, 1, 'resume CLIENT');
  await withHouse(({ signals }) => signals.resumeSubscription({ clientId, actor }));
  console.log(`resumed ${clientId}`);
}

/** Sends a verification event at once; returns whether the receiver took it. */
export async function testSignals(words: readonly string[]): Promise<boolean> {
  const [clientId = ''] = take(words, 1, 'test CLIENT');
  const answer = await withHouse(({ signals }) => signals.sendTest(clientId));
  console.log(`${answer.outcome}: ${answer.words}`);
  return answer.outcome === 'delivered';
}
