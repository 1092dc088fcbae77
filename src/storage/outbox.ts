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
  /** Tells whether this process wrote there since `next` last found all; what other processes write it does not see. */
  wasWritten(): boolean;
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

/** Models that this process wrote by and whose outboxes it has not read since. */
const written = new WeakSet<object>();

/** The writes of mongoose by which an event can come into a record; a save is of a document and has its own hook. */
const queriesThatWrite = ['updateOne', 'updateMany', 'findOneAndUpdate', 'replaceOne', 'findOneAndReplace'];

const noteWrites = (schema: Schema): void => {
  schema.post('save', (document: object) => void written.add(document.constructor));
  for (const query of queriesThatWrite)
    schema.post(query as 'updateOne', function noteQuery(this: { model: object }) {
      written.add(this.model);
    });
  for (const many of ['insertMany', 'bulkWrite'] as const)
    schema.post(many as 'insertMany', function noteMany(this: object) {
      written.add(this);
    });
};

/**
 * Gives a schema its outbox (发件箱) and the index by which the relay finds records with events without looking at the
 * others: sparse, so that a record whose outbox is empty costs it nothing. After its insert a record's events are only
 * ever pushed: who writes back an outbox he has read brings back what the relay has taken.
 */
export function withOutbox<T>(schema: Schema<T>): void {
  schema.add({ outbox: { type: [eventSchema], default: [] } } as never);
  schema.index({ 'outbox.id': 1 }, { sparse: true });
  noteWrites(schema as never);
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
    wasWritten: () => written.has(model),
    async next(limit, passedOver = []) {
      // Before it is read: what is written meanwhile is noted anew.
      written.delete(model);
      const others = passedOver.length === 0 ? {} : { outbox: { $elemMatch: { id: { $nin: passedOver } } } };
      const found = await model
        // Greater than the empty text: any identifier, in a form that the sparse index can answer.
        .find({ 'outbox.id': { $gt: '' }, ...others })
        .select({ outbox: 1 })
        .limit(limit)
        .lean<WithOutbox[]>()
        .exec();
      if (found.length === limit) written.add(model);
      return found.map(({ _id, outbox }) => ({ recordId: _id, events: outbox.map(eventOf) }));
    },
    async drop(recordId, eventIds) {
      // Past the model, so that the record counts neither as changed nor as written to.
      await model.collection.updateOne(
        { _id: recordId } as never,
        { $pull: { outbox: { id: { $in: [...eventIds] } } } } as never,
        // What a power cut undoes the relay does again, and the chain takes no event twice.
        { writeConcern: { w: 1, j: false } },
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
