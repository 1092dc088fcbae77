import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { PublicJwk } from '../../crypto/index.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';

/** An entity right below this instance (直接下级实体), as it is kept; its identifier is the record's. */
export interface SubordinateRecord {
  _id: string;
  /** Its federation keys, as it handed them over: they are pinned, whatever it publishes. */
  keys: PublicJwk[];
  /** What it and all below it may be; with `federation_entity` it may have entities below it. */
  entityTypes: string[];
  state: 'active' | 'removed';
  version: number;
  outbox: DomainEvent[];
}

const subordinateSchema = new Schema<SubordinateRecord>(
  {
    _id: { type: String, required: true },
    keys: { type: Schema.Types.Mixed, required: true },
    entityTypes: { type: [String], required: true },
    state: { type: String, required: true, enum: ['active', 'removed'] },
    version: { type: Number, required: true },
  },
  { collection: 'federationsubordinates', minimize: false, versionKey: false, timestamps: true },
);
withOutbox(subordinateSchema);

/** How many entities may be right below one instance: they are told in one answer. */
const mostListed = 5000;

/** Reads and writes the entities below; a write is a compare-and-swap on `version`. */
export function openSubordinateStore(connection: RecordConnection) {
  const model = connection.model<SubordinateRecord>('FederationSubordinate', subordinateSchema);
  return {
    outbox: outboxOf(model, 'federationsubordinates'),
    ready: async () => {
      await model.init();
    },
    find: (entityId: string) => model.findById(entityId).lean<SubordinateRecord>().exec(),
    hasActive: async () =>
      (await model.findOne({ state: 'active' }).select({ _id: 1 }).lean().exec()) !== null,
    list: () => model.find({}).sort({ _id: 1 }).limit(mostListed).lean<SubordinateRecord[]>().exec(),
    insert: (record: SubordinateRecord): Promise<boolean> => insertOnce(model.create(record)),
    /** Replaces the record if its version is still the one given; returns whether it was. */
    swap: async (version: number, record: SubordinateRecord): Promise<boolean> => {
      const { outbox, ...fields } = record;
      const { matchedCount } = await model.updateOne(
        { _id: record._id, version },
        { $set: fields, $push: { outbox: { $each: outbox } } },
      );
      return matchedCount === 1;
    },
  };
}
