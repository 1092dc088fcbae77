import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';

/**
 * A receipt (回执) of one question between regions, in collection `verificationreceipts`. Both sides keep one, with the
 * same digests, so that either can prove of a message it shows that it is the one. Nothing in it names a person.
 */
export interface Receipt {
  _id: string;
  side: 'asked' | 'answered' | 'scanned';
  /** The entity identifier of the other region. */
  peer: string;
  agreementId: string | null;
  agreementVersion: number | null;
  agreementDigest: string | null;
  purpose: string;
  /** The department that asked, as its own region registers it. */
  requesterId: string;
  /** `valid`, `revoked` …, or the code of a refusal. */
  result: string;
  /** Of the signed question and of the content of the answer; null where there was none. */
  requestHash: string | null;
  answerHash: string | null;
  at: Date;
  outbox: DomainEvent[];
}

const text = { type: String, required: true };
const maybe = { type: String, default: null };

const receiptSchema = new Schema<Receipt>(
  {
    _id: text,
    side: text,
    peer: text,
    agreementId: maybe,
    agreementVersion: { type: Number, default: null },
    agreementDigest: maybe,
    purpose: text,
    requesterId: text,
    result: text,
    requestHash: maybe,
    answerHash: maybe,
    at: { type: Date, required: true },
  } as never,
  { collection: 'verificationreceipts', versionKey: false },
).index({ agreementId: 1, at: -1, _id: 1 });
withOutbox(receiptSchema);

export type ReceiptStore = ReturnType<typeof openReceiptStore>;

/** Opens the receipts; one is written once and never changed. */
export function openReceiptStore(connection: RecordConnection) {
  const receipts = connection.model<Receipt>('VerificationReceipt', receiptSchema);
  return {
    outbox: outboxOf(receipts, 'verificationreceipts'),
    ready: async () => {
      await receipts.init();
    },
    async insert(receipt: Receipt): Promise<void> {
      await receipts.create(receipt);
    },
    byId: (receiptId: string) => receipts.findOne({ _id: receiptId }).lean<Receipt>().exec(),
    /** Reads the receipts of an agreement, the newest first. */
    ofAgreement: (agreementId: string, limit: number) =>
      receipts.find({ agreementId }).sort({ at: -1, _id: 1 }).limit(limit).lean<Receipt[]>().exec(),
  };
}
