import { Schema } from 'mongoose';
import type { RecordConnection } from '../../storage/index.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { CopyRecord } from './copy.ts';

const text = { type: String, required: true };
const date = { type: Date, required: true };

const copySchema = new Schema<CopyRecord>(
  {
    _id: text,
    identifier: { ...text, index: true },
    callerId: text,
    purpose: { type: Buffer, required: true },
    form: text,
    digest: text,
    expiresOn: text,
    createdAt: date,
    updatedAt: date,
  } as never,
  { collection: 'certificatecopies', versionKey: false },
);
withOutbox(copySchema);

export type CopyStore = ReturnType<typeof openCopyStore>;

/** Opens the records of copies; each is written once, with its event. */
export function openCopyStore(connection: RecordConnection) {
  const copies = connection.model<CopyRecord>('CertificateCopy', copySchema);
  return {
    ready: async () => {
      await copies.init();
    },
    outboxes: [outboxOf(copies, 'certificatecopies')],
    insert: async (record: CopyRecord): Promise<void> => {
      await copies.create(record);
    },
  };
}
