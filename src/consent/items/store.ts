import { Schema } from 'mongoose';
import type { RecordConnection } from '../../storage/index.ts';
import { isDuplicate } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { ServiceItemQuery } from './find-service-item.ts';
import type { ServiceItemRecord } from './service-item.ts';

const text = { type: String, required: true };
const mixed = { type: Schema.Types.Mixed, required: true };

const itemSchema = new Schema<ServiceItemRecord>(
  {
    _id: text,
    name: mixed,
    department: mixed,
    needs: { type: [Schema.Types.Mixed], required: true },
    basis: mixed,
    minimumAssurance: Number,
    longestUseSeconds: { type: Number, required: true },
    enabled: { type: Boolean, required: true },
    version: { type: Number, required: true },
    updatedAt: { type: Date, required: true },
  } as never,
  { collection: 'serviceitems', versionKey: false },
).index({ 'department.code': 1, _id: 1 });
withOutbox(itemSchema);

export type ItemStore = ReturnType<typeof openItemStore>;

/** Opens the service items; a change is one compare-and-swap on the version. */
export function openItemStore(connection: RecordConnection) {
  const items = connection.model<ServiceItemRecord>('ServiceItem', itemSchema);
  return {
    outbox: outboxOf(items, 'serviceitems'),
    ready: async () => {
      await items.init();
    },
    byCode: (code: string) => items.findOne({ _id: code }).lean<ServiceItemRecord>().exec(),
    /** Adds an item; false when there is one of that code. */
    async insert(record: ServiceItemRecord): Promise<boolean> {
      try {
        await items.create(record);
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    /** Replaces an item by its next version if it still is the one before; returns whether it was. */
    async swap({ _id, outbox, ...changes }: ServiceItemRecord): Promise<boolean> {
      const { matchedCount } = await items.updateOne({ _id, version: changes.version - 1 }, {
        $set: changes,
        $push: { outbox: { $each: outbox } },
      } as never);
      return matchedCount === 1;
    },
    page({ after, departmentCode, onlyEnabled = false, limit = 1 }: ServiceItemQuery) {
      const filter: Record<string, unknown> = {
        ...(after === undefined ? {} : { _id: { $gt: after } }),
        ...(departmentCode === undefined ? {} : { 'department.code': departmentCode }),
        ...(onlyEnabled ? { enabled: true } : {}),
      };
      return items.find(filter).sort({ _id: 1 }).limit(limit).lean<ServiceItemRecord[]>().exec();
    },
  };
}
