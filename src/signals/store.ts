import { type Model, Schema } from 'mongoose';
import type { DomainEvent } from '../base/event.ts';
import type { RecordConnection } from '../storage/index.ts';
import { insertOnce } from '../storage/insert.ts';
import { outboxOf, withOutbox } from '../storage/outbox.ts';
import type { SignalRecord } from './signal.ts';
import { noLease, pollMethod, type SubscriptionRecord } from './subscription.ts';

const text = { type: String, required: true };
const number = { type: Number, required: true };
const date = { type: Date, required: true };
const mixed = { type: Schema.Types.Mixed, required: true };

const subscriptionSchema = new Schema<SubscriptionRecord>(
  {
    _id: text,
    deliveryUrl: text,
    eventTypes: { type: [String], required: true },
    state: text,
    reason: String,
    nextTryAt: Date,
    failingSince: Date,
    lastAnswer: String,
    filled: number,
    leaseToken: { type: String, default: '' },
    leaseUntil: date,
    version: number,
    createdAt: date,
    updatedAt: date,
  } as never,
  { collection: 'signalsubscriptions', versionKey: false },
).index({ nextTryAt: 1 });
withOutbox(subscriptionSchema);

const signalSchema = new Schema<SignalRecord>(
  {
    _id: text,
    clientId: text,
    sequence: number,
    eventType: text,
    about: mixed,
    payload: mixed,
    happenedAt: date,
    madeAt: date,
    state: text,
    tries: number,
    lastTriedAt: Date,
    lastAnswer: String,
    recordedAt: Date,
    settledAt: Date,
  } as never,
  { collection: 'signals', versionKey: false, minimize: false },
)
  .index({ clientId: 1, state: 1, sequence: 1 })
  .index({ clientId: 1, sequence: 1 })
  .index({ madeAt: 1 });

/** How far the audit chain was followed. */
interface CursorRecord {
  _id: string;
  sequence: number;
}

const cursorSchema = new Schema<CursorRecord>({ _id: text, sequence: number } as never, {
  collection: 'signalcursors',
  versionKey: false,
});
const cursorId = 'audit-chain';

/** What an officer or the sender changes of a subscription; events are pushed and never set. */
export type Changes = Partial<Omit<SubscriptionRecord, '_id' | 'outbox' | 'version'>>;

export type SignalStore = ReturnType<typeof openSignalStore>;

/** Opens subscriptions, signals and the cursor. */
export function openSignalStore(connection: RecordConnection) {
  const subscriptions = connection.model<SubscriptionRecord>('SignalSubscription', subscriptionSchema);
  const signals = connection.model<SignalRecord>('Signal', signalSchema);
  const cursors = connection.model<CursorRecord>('SignalCursor', cursorSchema);
  return {
    outboxes: [outboxOf(subscriptions, 'signalsubscriptions')],
    ready: async () => {
      await Promise.all([subscriptions.init(), signals.init(), cursors.init()]);
    },
    ...subscriptionMethods(subscriptions),
    ...leaseMethods(subscriptions),
    ...signalMethods(signals),
    ...cursorMethods(cursors),
  };
}

const mostSubscriptions = 1000;

const subscriptionMethods = (subscriptions: Model<SubscriptionRecord>) => ({
  subscription: (clientId: string) => subscriptions.findById(clientId).lean<SubscriptionRecord>().exec(),
  subscriptions: () =>
    subscriptions.find({}).sort({ _id: 1 }).limit(mostSubscriptions).lean<SubscriptionRecord[]>().exec(),
  insertSubscription: (record: SubscriptionRecord) => insertOnce(subscriptions.create(record)),
  /** Writes changed fields and an event if the subscription is still at the version read; returns whether it was. */
  async swapSubscription(
    { _id, version }: Pick<SubscriptionRecord, '_id' | 'version'>,
    changes: Changes,
    event: DomainEvent,
  ): Promise<boolean> {
    const { matchedCount } = await subscriptions.updateOne(
      { _id, version },
      { $set: { ...changes, version: version + 1, updatedAt: event.at }, $push: { outbox: event } },
    );
    return matchedCount === 1;
  },
  /** Says that something waits: whoever sends at the moment does not stop, and where nobody does it is due. */
  async wake(clientId: string, now: Date): Promise<void> {
    await subscriptions.updateOne({ _id: clientId }, { $inc: { filled: 1 } });
    await subscriptions.updateOne({ _id: clientId, nextTryAt: null }, { $set: { nextTryAt: now } });
  },
});

const leaseMethods = (subscriptions: Model<SubscriptionRecord>) => ({
  /** Names the clients to whom something is to be sent now and is not being sent. */
  async dueClients(now: Date): Promise<string[]> {
    const found = await subscriptions
      .find({
        state: 'enabled',
        deliveryUrl: { $ne: pollMethod },
        // Later than the first moment: a null is none, in a form that the index can answer.
        nextTryAt: { $gt: new Date(0), $lte: now },
        leaseUntil: { $lte: now },
      })
      .select({ _id: 1 })
      .limit(mostSubscriptions)
      .lean<{ _id: string }[]>()
      .exec();
    return found.map(({ _id }) => _id);
  },
  /** Takes the lease of a subscription; false when another process has it or it is not enabled. */
  async takeLease(clientId: string, token: string, now: Date, until: Date): Promise<boolean> {
    const { matchedCount } = await subscriptions.updateOne(
      { _id: clientId, state: 'enabled', leaseUntil: { $lte: now } },
      { $set: { leaseToken: token, leaseUntil: until } },
    );
    return matchedCount === 1;
  },
  /** Reads an enabled subscription under a lease; null when the lease, or the officer's leave, is gone. */
  leased: (clientId: string, token: string) =>
    subscriptions
      .findOne({ _id: clientId, leaseToken: token, state: 'enabled' })
      .lean<SubscriptionRecord>()
      .exec(),
  /** Writes what the sender knows, under its lease. */
  async note(clientId: string, token: string, changes: Changes): Promise<void> {
    await subscriptions.updateOne({ _id: clientId, leaseToken: token }, { $set: changes });
  },
  /** Says that nothing waits, unless something came in since the subscription was read; what fails next is a new failing. */
  async rest({ _id, filled, leaseToken }: SubscriptionRecord): Promise<void> {
    await subscriptions.updateOne(
      { _id, filled, leaseToken },
      { $set: { nextTryAt: null, failingSince: null } },
    );
  },
  async releaseLease(clientId: string, token: string): Promise<void> {
    await subscriptions.updateOne({ _id: clientId, leaseToken: token }, { $set: noLease });
  },
});

const signalMethods = (signals: Model<SignalRecord>) => ({
  insertSignal: (record: SignalRecord) => insertOnce(signals.create(record)),
  firstWaiting: (clientId: string) =>
    signals.findOne({ clientId, state: 'waiting' }).sort({ sequence: 1 }).lean<SignalRecord>().exec(),
  waiting: (clientId: string, limit: number) =>
    signals
      .find({ clientId, state: 'waiting' })
      .sort({ sequence: 1 })
      .limit(limit)
      .lean<SignalRecord[]>()
      .exec(),
  /** Settles those of a client's signals that wait; the others stay as they are. */
  async settleWaiting(
    clientId: string,
    signalIds: readonly string[],
    settled: Pick<SignalRecord, 'state' | 'settledAt' | 'lastAnswer'>,
  ): Promise<void> {
    if (signalIds.length === 0) return;
    await signals.updateMany({ _id: { $in: [...signalIds] }, clientId, state: 'waiting' }, { $set: settled });
  },
  async updateSignal(
    signalId: string,
    changes: Partial<Omit<SignalRecord, '_id' | 'clientId'>>,
  ): Promise<void> {
    await signals.updateOne({ _id: signalId }, { $set: changes });
  },
  count: (clientId: string, state: SignalRecord['state']) => signals.countDocuments({ clientId, state }),
  newestSignals: (clientId: string, limit: number) =>
    signals.find({ clientId }).sort({ sequence: -1 }).limit(limit).lean<SignalRecord[]>().exec(),
  /** Puts what was parked back into the queue. */
  async unpark(clientId: string): Promise<void> {
    await signals.updateMany(
      { clientId, state: 'parked' },
      { $set: { state: 'waiting', tries: 0, settledAt: null } },
    );
  },
  async deleteMadeBefore(instant: Date): Promise<void> {
    await signals.deleteMany({ madeAt: { $lt: instant } });
  },
});

const cursorMethods = (cursors: Model<CursorRecord>) => ({
  cursor: () => cursors.findById(cursorId).lean<CursorRecord>().exec(),
  insertCursor: (sequence: number) => insertOnce(cursors.create({ _id: cursorId, sequence })),
  /** Moves the cursor on from where it was read; another process may have moved it already. */
  async advanceCursor(from: number, to: number): Promise<void> {
    await cursors.updateOne({ _id: cursorId, sequence: from }, { $set: { sequence: to } });
  },
});
