import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce, isDuplicate } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { NetIdRecord } from './binding.ts';

const text = { type: String, required: true };

const bindingSchema = new Schema<NetIdRecord>(
  {
    _id: text,
    subjectIndex: { ...text, unique: true },
    slot: { ...text, unique: true },
    accountId: text,
    boundAt: { type: Date, required: true },
    lastUsedAt: { type: Date, default: null },
    removedAt: { type: Date, default: null },
    version: { type: Number, required: true },
  } as never,
  { collection: 'net-id-bindings', versionKey: false },
);
withOutbox(bindingSchema);

export type NetIdStore = ReturnType<typeof openNetIdStore>;

/** Opens the bindings; every change is one compare-and-swap that carries its event. */
export function openNetIdStore(connection: RecordConnection) {
  const bindings = connection.model<NetIdRecord>('NetIdBinding', bindingSchema);
  return {
    outboxes: [outboxOf(bindings, 'net-id-bindings')],
    ready: async () => {
      await bindings.init();
    },
    bySubject: (subjectIndex: string) => bindings.findOne({ subjectIndex }).lean<NetIdRecord>().exec(),
    ofAccount: (accountId: string) => bindings.findOne({ slot: accountId }).lean<NetIdRecord>().exec(),
    /** Adds a binding; false when that net-ID has one, or the account. */
    insert: (record: NetIdRecord) => insertOnce(bindings.create(record)),
    /** Writes changes and an event if the binding is still at the version read, and its slot free; returns whether. */
    async swap(read: NetIdRecord, changes: Partial<NetIdRecord>, event: DomainEvent): Promise<boolean> {
      try {
        const { matchedCount } = await bindings.updateOne(
          { _id: read._id, version: read.version },
          { $set: { ...changes, version: read.version + 1 }, $push: { outbox: event } },
        );
        return matchedCount === 1;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
  };
}
