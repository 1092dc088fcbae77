import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { SignedDocument } from '../../crypto/index.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';

/** The newest rules of one region, as they were signed; the region's issuer is the record's identifier. */
export interface RulesRecord {
  _id: string;
  version: number;
  document: SignedDocument;
  outbox: DomainEvent[];
}

const rulesSchema = new Schema<RulesRecord>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    document: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'regionrules', minimize: false, versionKey: false },
);
withOutbox(rulesSchema);

export type RulesStore = ReturnType<typeof openRulesStore>;

/** Opens the rules of regions: a region's are replaced by a later version only. */
export function openRulesStore(connection: RecordConnection) {
  const model = connection.model<RulesRecord>('RegionRules', rulesSchema);
  return {
    outbox: outboxOf(model, 'regionrules'),
    ready: async () => {
      await model.init();
    },
    find: (issuer: string) => model.findById(issuer).lean<RulesRecord>().exec(),
    /** Writes a version; returns whether it is later than what was there. */
    async keep(record: RulesRecord): Promise<boolean> {
      if (await insertOnce(model.create(record))) return true;
      const { _id, version, document, outbox } = record;
      const { matchedCount } = await model.updateOne(
        { _id, version: { $lt: version } },
        { $set: { version, document }, $push: { outbox: { $each: outbox } } },
      );
      return matchedCount === 1;
    },
  };
}
