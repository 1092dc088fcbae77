import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { MappingRecord } from './record.ts';

const text = { type: String, required: true };
const number = { type: Number, required: true };

const mappingSchema = new Schema<MappingRecord>(
  {
    _id: text,
    mappingId: text,
    mappingVersion: number,
    digest: text,
    payload: text,
    signature: { type: Schema.Types.Mixed, default: null },
    isPublished: { type: Boolean, required: true },
    publishedAt: { type: Date, default: null },
    draftedBy: { type: String, default: null },
    version: number,
  } as never,
  { collection: 'mappings', versionKey: false },
)
  .index({ mappingId: 1, mappingVersion: -1 })
  .index({ isPublished: 1, publishedAt: -1 });
withOutbox(mappingSchema);

/** The outbox is pushed to and never set: the relay may be emptying it meanwhile. */
type MappingChanges = Partial<Omit<MappingRecord, '_id' | 'outbox' | 'version'>>;

export type MappingStore = ReturnType<typeof openMappingStore>;

/** Opens the mappings; a version is one record. */
export function openMappingStore(connection: RecordConnection) {
  const mappings = connection.model<MappingRecord>('Mapping', mappingSchema);
  const find = (filter: Record<string, unknown>, sort: Record<string, 1 | -1>, limit: number) =>
    mappings.find(filter).sort(sort).limit(limit).lean<MappingRecord[]>().exec();
  return {
    outbox: outboxOf(mappings, 'mappings'),
    ready: async () => {
      await mappings.init();
    },
    byId: (recordId: string) => mappings.findOne({ _id: recordId }).lean<MappingRecord>().exec(),
    byIds: (recordIds: readonly string[]) => find({ _id: { $in: recordIds } }, { _id: 1 }, recordIds.length),
    /** Reads all versions of one mapping, the newest first. */
    versionsOf: (mappingId: string) => find({ mappingId }, { mappingVersion: -1 }, 1000),
    /** Reads versions by identifier, after one. */
    page: (after: string, limit: number) => find({ _id: { $gt: after } }, { _id: 1 }, limit),
    published: (limit: number) => find({ isPublished: true }, { publishedAt: -1 }, limit),
    /** Adds a version; false when there is one of that identifier and number. */
    insert: (record: MappingRecord): Promise<boolean> => insertOnce(mappings.create(record)),
    /** Writes changes and an event if the record is still the draft that was read; returns whether it was. */
    async swap(
      { _id, version }: MappingRecord,
      changes: MappingChanges,
      event: DomainEvent,
    ): Promise<boolean> {
      const { matchedCount } = await mappings.updateOne({ _id, version, isPublished: false }, {
        $set: { ...changes, version: version + 1 },
        $push: { outbox: event },
      } as never);
      return matchedCount === 1;
    },
  };
}
