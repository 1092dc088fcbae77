import { type Model, Schema } from 'mongoose';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';

/** That a counter is to be told of an answer; `_id` is its auth_req_id. Who was asked stands nowhere in it. */
export interface PingRecord {
  _id: string;
  tries: number;
  /** Until then nobody else tries: the wait, or the time a call may take. */
  nextTryAt: Date;
}

const pingSchema = new Schema<PingRecord>(
  {
    _id: { type: String, required: true },
    tries: { type: Number, required: true },
    nextTryAt: { type: Date, required: true },
  } as never,
  { collection: 'counterpings', versionKey: false },
).index({ nextTryAt: 1 });

const mostAtOnce = 50;

export type PingStore = ReturnType<typeof openPingStore>;

/** Opens the pings that are still to reach their counters. */
export function openPingStore(connection: RecordConnection) {
  const pings: Model<PingRecord> = connection.model<PingRecord>('CounterPing', pingSchema);
  return {
    ready: async () => {
      await pings.init();
    },
    insert: (record: PingRecord) => insertOnce(pings.create(record)),
    due: (now: Date): Promise<PingRecord[]> =>
      pings
        .find({ nextTryAt: { $lte: now } })
        .sort({ nextTryAt: 1 })
        .limit(mostAtOnce)
        .lean<PingRecord[]>()
        .exec(),
    /** Takes a ping for one try if nobody else has; returns whether it was. */
    async claim({ _id, nextTryAt }: PingRecord, until: Date): Promise<boolean> {
      const { matchedCount } = await pings.updateOne(
        { _id, nextTryAt },
        { $set: { nextTryAt: until }, $inc: { tries: 1 } },
      );
      return matchedCount === 1;
    },
    async postpone(id: string, nextTryAt: Date): Promise<void> {
      await pings.updateOne({ _id: id }, { $set: { nextTryAt } });
    },
    async remove(id: string): Promise<void> {
      await pings.deleteOne({ _id: id });
    },
  };
}
