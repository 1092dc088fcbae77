import { Schema } from 'mongoose';
import type { RecordConnection } from '../../storage/index.ts';
import { isDuplicate } from '../../storage/insert.ts';
import type { CalendarDate } from '../../terms/calendar-date.ts';
import type { SignInSide } from './sign-in-traffic.ts';

/** How often one thing came of sign-ins on one day: a number and nothing of anybody. */
export interface DayCountRecord {
  /** Agreement, day, side and cause. */
  _id: string;
  agreementId: string;
  day: CalendarDate;
  side: SignInSide;
  cause: string;
  count: number;
}

const text = { type: String, required: true };

const dayCountSchema = new Schema<DayCountRecord>(
  {
    _id: text,
    agreementId: text,
    day: text,
    side: text,
    cause: text,
    count: { type: Number, required: true },
  } as never,
  { collection: 'signindaycounts', versionKey: false },
).index({ agreementId: 1, day: -1 });

/** Opens the counts; nothing in them is an act, so they have no outbox. */
export function openDayCountStore(connection: RecordConnection) {
  const counts = connection.model<DayCountRecord>('SignInDayCount', dayCountSchema);
  const increment = async ({ _id, ...named }: Omit<DayCountRecord, 'count'>): Promise<void> => {
    await counts.updateOne({ _id }, { $inc: { count: 1 }, $setOnInsert: named }, { upsert: true });
  };
  return {
    ready: async () => {
      await counts.init();
    },
    /** Adds one; the first of a day in two processes at once makes one record all the same. */
    async increment(named: Omit<DayCountRecord, 'count'>): Promise<void> {
      try {
        await increment(named);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        await increment(named);
      }
    },
    since: (agreementId: string, day: CalendarDate) =>
      counts
        .find({ agreementId, day: { $gte: day } })
        .sort({ day: -1 })
        .lean<DayCountRecord[]>()
        .exec(),
  };
}
