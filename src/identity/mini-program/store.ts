import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { BindingRecord } from './binding.ts';

const text = { type: String, required: true };

const bindingSchema = new Schema<BindingRecord>(
  {
    _id: text,
    platformIndex: { ...text, unique: true },
    accountId: text,
    boundAt: { type: Date, required: true },
    lastUsedAt: { type: Date, default: null },
    removedAt: { type: Date, default: null },
    version: { type: Number, required: true },
  } as never,
  { collection: 'mini-program-bindings', versionKey: false },
).index({ accountId: 1, boundAt: -1 });
withOutbox(bindingSchema);

const mostBindings = 50;

export type BindingStore = ReturnType<typeof openBindingStore>;

/** Opens the bindings; every change is one compare-and-swap that carries its event. */
export function openBindingStore(connection: RecordConnection) {
  const bindings = connection.model<BindingRecord>('MiniProgramBinding', bindingSchema);
  return {
    outboxes: [outboxOf(bindings, 'mini-program-bindings')],
    ready: async () => {
      await bindings.init();
    },
    byPlatformIndex: (platformIndex: string) =>
      bindings.findOne({ platformIndex }).lean<BindingRecord>().exec(),
    byId: (_id: string) => bindings.findOne({ _id }).lean<BindingRecord>().exec(),
    ofAccount: (accountId: string) =>
      bindings
        .find({ accountId, removedAt: null })
        .sort({ boundAt: -1, _id: 1 })
        .limit(mostBindings)
        .lean<BindingRecord[]>()
        .exec(),
    /** Adds a binding; false when that user of the platform has one. */
    insert: (record: BindingRecord) => insertOnce(bindings.create(record)),
    /** Writes changed fields and an event if the binding is still at the version read; returns whether it was. */
    async swap(read: BindingRecord, changes: Partial<BindingRecord>, event: DomainEvent): Promise<boolean> {
      const { matchedCount } = await bindings.updateOne(
        { _id: read._id, version: read.version },
        { $set: { ...changes, version: read.version + 1 }, $push: { outbox: event } },
      );
      return matchedCount === 1;
    },
  };
}
