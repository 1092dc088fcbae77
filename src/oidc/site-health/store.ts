import { Schema } from 'mongoose';
import type { RecordConnection } from '../../storage/index.ts';
import { isDuplicate } from '../../storage/insert.ts';
import type { CalendarDate } from '../../terms/calendar-date.ts';

/** What was counted of one site on one day, by name. */
export interface SiteCountsRecord {
  /** Site and day, `property 2026-11-24`. */
  _id: string;
  clientId: string;
  day: CalendarDate;
  counts: Record<string, number>;
}

const text = { type: String, required: true };

const countsSchema = new Schema<SiteCountsRecord>(
  { _id: text, clientId: text, day: text, counts: { type: Schema.Types.Mixed, required: true } } as never,
  { collection: 'sitecounts', versionKey: false, minimize: false },
)
  .index({ clientId: 1, day: -1 })
  .index({ day: 1 });

/** The most sites of one day that are read at once. */
const mostSites = 2000;

/** Opens the day counts of sites. */
export function openSiteCountsStore(connection: RecordConnection) {
  const model = connection.model<SiteCountsRecord>('SiteCounts', countsSchema);
  const increment = async ({ _id, clientId, day, counts }: SiteCountsRecord): Promise<void> => {
    const added = Object.entries(counts).map(([name, count]) => [`counts.${name}`, count]);
    await model.updateOne(
      { _id },
      { $inc: Object.fromEntries(added), $setOnInsert: { clientId, day } },
      { upsert: true },
    );
  };
  return {
    ready: async () => {
      await model.init();
    },
    /** Adds counts to those of a day; the first of a day in two processes at once makes one record all the same. */
    async add(record: SiteCountsRecord): Promise<void> {
      try {
        await increment(record);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        await increment(record);
      }
    },
    since: (clientId: string, day: CalendarDate) =>
      model
        .find({ clientId, day: { $gte: day } })
        .lean<SiteCountsRecord[]>()
        .exec(),
    ofDay: (day: CalendarDate) => model.find({ day }).limit(mostSites).lean<SiteCountsRecord[]>().exec(),
    async deleteBefore(day: CalendarDate): Promise<void> {
      await model.deleteMany({ day: { $lt: day } });
    },
  };
}

export type SiteCountsStore = ReturnType<typeof openSiteCountsStore>;
