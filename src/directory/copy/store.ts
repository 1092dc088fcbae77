import { Schema } from 'mongoose';
import { bytesOf } from '../../storage/bytes.ts';
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
    callerName: Buffer,
    purpose: { type: Buffer, required: true },
    form: text,
    digest: { ...text, index: true },
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
    /** Finds the copy whose bytes have a digest; null when none was made. */
    async byDigest(digest: string): Promise<CopyRecord | null> {
      const raw = await copies.findOne({ digest }).lean<CopyRecord>().exec();
      if (raw === null) return null;
      const { callerName, ...rest } = raw;
      return {
        ...rest,
        purpose: bytesOf(raw.purpose),
        ...(callerName === undefined ? {} : { callerName: bytesOf(callerName) }),
      };
    },
  };
}
