import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { RecoveryRecord } from './recovery.ts';

const text = { type: String, required: true };
const instant = { type: Date, required: true };

const recoverySchema = new Schema<RecoveryRecord>(
  {
    _id: text,
    accountId: text,
    openSlot: { ...text, unique: true },
    way: text,
    state: text,
    askedAt: instant,
    readyAt: instant,
    readyAloneAt: instant,
    expiresAt: instant,
    codeDigest: { type: String, default: null },
    stopDigest: { type: String, default: null, index: { sparse: true } },
    told: { type: Boolean, required: true },
    officers: { type: [String], required: true },
    completion: { type: Schema.Types.Mixed, default: null },
    settled: { type: Boolean, required: true },
    version: { type: Number, required: true },
  } as never,
  { collection: 'recoveries', versionKey: false, minimize: false },
)
  .index({ state: 1, settled: 1 })
  .index({ state: 1, expiresAt: 1 });
withOutbox(recoverySchema);

type Changes = Partial<Omit<RecoveryRecord, 'outbox' | 'version'>>;

export type RecoveryStore = ReturnType<typeof openRecoveryStore>;

/** Opens the recoveries; every change is one compare-and-swap that carries its event. */
export function openRecoveryStore(connection: RecordConnection) {
  const recoveries = connection.model<RecoveryRecord>('Recovery', recoverySchema);
  const one = (filter: Record<string, string>): Promise<RecoveryRecord | null> =>
    recoveries.findOne(filter).lean<RecoveryRecord>().exec();
  const some = (filter: Record<string, unknown>, limit: number): Promise<RecoveryRecord[]> =>
    recoveries.find(filter).limit(limit).lean<RecoveryRecord[]>().exec();
  return {
    outboxes: [outboxOf(recoveries, 'recoveries')],
    ready: async () => {
      await recoveries.init();
    },
    byId: (recoveryId: string) => one({ _id: recoveryId }),
    /** Finds the one that holds an account's slot; its time may be over. */
    openOf: (accountId: string) => one({ openSlot: accountId }),
    byStopDigest: (stopDigest: string) => one({ stopDigest }),
    /** False when the account has one already, or this one was inserted before. */
    insert: (record: RecoveryRecord) => insertOnce(recoveries.create(record)),
    async swap(read: RecoveryRecord, changes: Changes, event: DomainEvent | null): Promise<boolean> {
      const { matchedCount } = await recoveries.updateOne(
        { _id: read._id, version: read.version },
        {
          $set: { ...changes, version: read.version + 1 },
          ...(event === null ? {} : { $push: { outbox: event } }),
        },
      );
      return matchedCount === 1;
    },
    lapsed: (now: Date, limit: number) => some({ state: 'waiting', expiresAt: { $lte: now } }, limit),
    untold: (limit: number) => some({ state: 'waiting', told: false }, limit),
    unsettled: (limit: number) => some({ state: 'done', settled: false }, limit),
  };
}
