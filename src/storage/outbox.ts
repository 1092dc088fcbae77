import { type Model, Schema } from 'mongoose';
import type { DomainEvent } from '../base/event.ts';

/** The events that wait in one record, oldest first. */
export interface Outbox {
  recordId: string;
  events: DomainEvent[];
}

/** One collection of records as the audit relay sees it: their events, and nothing else of them. */
export interface OutboxSource {
  /** The collection; it is written beside each event in the chain. */
  readonly name: string;
  /** Resolves when the index that finds waiting events stands. */
  ready(): Promise<void>;
  /** Finds at most `limit` records that hold an event, other than the events to be passed over. */
  next(limit: number, passedOver?: readonly string[]): Promise<Outbox[]>;
  /** Takes events out of a record; those added meanwhile stay, and its version does not change. */
  drop(recordId: string, eventIds: readonly string[]): Promise<void>;
}

const eventSchema = new Schema<DomainEvent>(
  {
    id: { type: String, required: true },
    type: { type: String, required: true },
    at: { type: Date, required: true },
    actor: { type: String, required: true },
    detail: { type: Schema.Types.Mixed, required: true },
  },
  { _id: false, id: false, minimize: false },
);

/**
 * Gives a schema its outbox (发件箱) and the index by which the relay finds records with events without looking at the
 * others: sparse, so that a record whose outbox is empty costs it nothing. After its insert a record's events are only
 * ever pushed: who writes back an outbox he has read brings back what the relay has taken.
 */
export function withOutbox<T>(schema: Schema<T>): void {
  schema.add({ outbox: { type: [eventSchema], default: [] } } as never);
  schema.index({ 'outbox.id': 1 }, { sparse: true });
}

interface WithOutbox {
  _id: string;
  outbox: DomainEvent[];
}

/** Opens the outboxes of a model whose schema went through `withOutbox`. */
export function outboxOf<T extends WithOutbox>(records: Model<T>, name: string): OutboxSource {
  const model = records as unknown as Model<WithOutbox>;
  return {
    name,
    ready: async () => {
      await model.init();
    },
    async next(limit, passedOver = []) {
      const others = passedOver.length === 0 ? {} : { outbox: { $elemMatch: { id: { $nin: passedOver } } } };
      const found = await model
        // Greater than the empty text: any identifier, in a form that the sparse index can answer.
        .find({ 'outbox.id': { $gt: '' }, ...others })
        .select({ outbox: 1 })
        .limit(limit)
        .lean<WithOutbox[]>()
        .exec();
      return found.map(({ _id, outbox }) => ({ recordId: _id, events: outbox.map(eventOf) }));
    },
    async drop(recordId, eventIds) {
      await model.updateOne(
        { _id: recordId },
        { $pull: { outbox: { id: { $in: eventIds } } } },
        // The record itself has not changed.
        { timestamps: false },
      );
    },
  };
}

/** Only the fields of an event; older records may have lost an empty `detail` on the way to storage. */
const eventOf = ({ id, type, at, actor, detail }: DomainEvent): DomainEvent => ({
  id,
  type,
  at,
  actor,
  detail: detail ?? {},
});
