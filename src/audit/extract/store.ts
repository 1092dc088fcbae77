import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';

/** That somebody took what a search found out of the house. */
export interface ExtractRecord {
  _id: string;
  officerId: string;
  queryDigest: string;
  at: Date;
  outbox: DomainEvent[];
}

const text = { type: String, required: true };

const extractSchema = new Schema<ExtractRecord>(
  { _id: text, officerId: text, queryDigest: text, at: { type: Date, required: true } } as never,
  { collection: 'auditextracts', versionKey: false },
);
withOutbox(extractSchema);

export type ExtractStore = ReturnType<typeof openExtractStore>;

/** Opens the extracts; each is inserted once and never changed. */
export function openExtractStore(connection: RecordConnection) {
  const extracts = connection.model<ExtractRecord>('AuditExtract', extractSchema);
  return {
    outbox: outboxOf(extracts, 'auditextracts'),
    insert: async (record: ExtractRecord): Promise<void> => {
      await extracts.create(record);
    },
  };
}
