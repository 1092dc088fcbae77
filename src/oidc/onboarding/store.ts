import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce, isDuplicate } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { CalendarDate } from '../../terms/calendar-date.ts';
import type { Site } from '../sites.ts';

/** One version of a production site (网站版本); what it says never changes, only what became of it. */
export interface ReleaseRecord {
  /** Site and number, `property@3`. */
  _id: string;
  clientId: string;
  number: number;
  site: Site;
  state: 'asked' | 'applied' | 'declined';
  /** The developer's account, or the officer who rolled back. */
  askedBy: string;
  askedAt: Date;
  settledAt: Date | null;
  outbox: DomainEvent[];
}

/** What came of sign-ins at one site on one day. */
export interface SiteDayRecord {
  _id: string;
  clientId: string;
  day: CalendarDate;
  outcome: string;
  count: number;
}

const text = { type: String, required: true };

const releaseSchema = new Schema<ReleaseRecord>(
  {
    _id: text,
    clientId: text,
    number: { type: Number, required: true },
    site: { type: Schema.Types.Mixed, required: true },
    state: text,
    askedBy: text,
    askedAt: { type: Date, required: true },
    settledAt: Date,
  } as never,
  { collection: 'sitereleases', versionKey: false, minimize: false },
)
  .index({ clientId: 1, number: -1 })
  .index({ state: 1, askedAt: 1 });
withOutbox(releaseSchema);

const daySchema = new Schema<SiteDayRecord>(
  { _id: text, clientId: text, day: text, outcome: text, count: { type: Number, required: true } } as never,
  { collection: 'sitedaycounts', versionKey: false },
).index({ clientId: 1, day: -1 });

/** Opens versions of sites and their day counts. */
export function openOnboardingStore(connection: RecordConnection) {
  const releases = connection.model<ReleaseRecord>('SiteRelease', releaseSchema);
  const days = connection.model<SiteDayRecord>('SiteDayCount', daySchema);
  const increment = async ({ _id, ...named }: Omit<SiteDayRecord, 'count'>): Promise<void> => {
    await days.updateOne({ _id }, { $inc: { count: 1 }, $setOnInsert: named }, { upsert: true });
  };
  return {
    outbox: outboxOf(releases, 'sitereleases'),
    ready: async () => {
      await Promise.all([releases.init(), days.init()]);
    },
    /** Inserts a version; false when its number is taken. */
    insertRelease: (record: ReleaseRecord) => insertOnce(releases.create(record)),
    release: (id: string) => releases.findById(id).lean<ReleaseRecord>().exec(),
    releasesOf: (clientId: string, limit: number) =>
      releases.find({ clientId }).sort({ number: -1 }).limit(limit).lean<ReleaseRecord[]>().exec(),
    asked: (limit: number) =>
      releases.find({ state: 'asked' }).sort({ askedAt: 1 }).limit(limit).lean<ReleaseRecord[]>().exec(),
    /** Settles a version that is asked for; returns whether it was. */
    settle: async (
      id: string,
      state: ReleaseRecord['state'],
      { at, event }: { at: Date; event: DomainEvent },
    ): Promise<boolean> => {
      const { matchedCount } = await releases.updateOne(
        { _id: id, state: 'asked' },
        { $set: { state, settledAt: at }, $push: { outbox: event } },
      );
      return matchedCount === 1;
    },
    /** Adds one; the first of a day in two processes at once makes one record all the same. */
    async countDay(named: Omit<SiteDayRecord, 'count'>): Promise<void> {
      try {
        await increment(named);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        await increment(named);
      }
    },
    daysSince: (clientId: string, day: CalendarDate) =>
      days
        .find({ clientId, day: { $gte: day } })
        .sort({ day: -1 })
        .lean<SiteDayRecord[]>()
        .exec(),
  };
}

export type OnboardingStore = ReturnType<typeof openOnboardingStore>;
