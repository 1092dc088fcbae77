import { type Model, Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { EntryRecord, SessionRecord, SignOutNotice } from './records.ts';

const text = { type: String, required: true };
const instant = { type: Date, required: true };
const lists = { type: [Schema.Types.Mixed], default: [] };

const sessionSchema = new Schema<SessionRecord>(
  {
    _id: text,
    accountId: text,
    startedAt: instant,
    usedAt: instant,
    expiresAt: instant,
    acr: text,
    browser: text,
    network: text,
    place: Schema.Types.Mixed,
    sites: lists,
    endedAt: { type: Date, default: null },
  } as never,
  { collection: 'sessions', versionKey: false },
)
  .index({ accountId: 1, expiresAt: 1 })
  .index({ expiresAt: 1 });
withOutbox(sessionSchema);

const entrySchema = new Schema<EntryRecord>(
  {
    _id: text,
    accountId: text,
    clientId: text,
    at: instant,
    acr: text,
    amr: [String],
    isProven: { type: Boolean, required: true },
    place: Schema.Types.Mixed,
  } as never,
  { collection: 'signins', versionKey: false },
)
  .index({ accountId: 1, at: 1 })
  .index({ at: 1 });

const noticeSchema = new Schema<SignOutNotice>(
  {
    _id: text,
    accountId: text,
    clientId: text,
    state: text,
    tries: { type: Number, required: true },
    madeAt: instant,
    nextTryAt: instant,
    settledAt: { type: Date, default: null },
  } as never,
  { collection: 'signoutnotices', versionKey: false },
)
  .index({ state: 1, nextTryAt: 1 })
  .index({ accountId: 1, madeAt: 1 })
  .index({ madeAt: 1 });

const mostSessions = 200;
const mostNotices = 50;
const mostFailedNotices = 10_000;

export type SessionStore = ReturnType<typeof openSessionStore>;

/** Opens sessions, sign-ins and sign-out notices as they are kept for the people whose they are. */
export function openSessionStore(connection: RecordConnection) {
  const sessions = connection.model<SessionRecord>('Session', sessionSchema);
  const entries = connection.model<EntryRecord>('SignIn', entrySchema);
  const notices = connection.model<SignOutNotice>('SignOutNotice', noticeSchema);
  return {
    outboxes: [outboxOf(sessions, 'sessions')],
    ready: async () => {
      await Promise.all([sessions.init(), entries.init(), notices.init()]);
    },
    /** Writes what a session is now; its event goes in with the first write only. */
    async keepSession({ _id, startedAt, outbox, ...now }: SessionRecord): Promise<void> {
      const { matchedCount } = await sessions.updateOne({ _id }, { $set: now } as never);
      if (matchedCount === 0) await insertOnce(sessions.create({ _id, startedAt, outbox, ...now }));
    },
    /** Finds the newest sessions of an account whose grants may still live. */
    sessionsOf: (accountId: string, now: Date): Promise<SessionRecord[]> =>
      sessions
        .find({ accountId, expiresAt: { $gt: now } })
        .sort({ expiresAt: -1 })
        .limit(mostSessions)
        .lean<SessionRecord[]>()
        .exec(),
    session: (uid: string): Promise<SessionRecord | null> =>
      sessions.findOne({ _id: uid }).lean<SessionRecord>().exec(),
    /** Marks a session as ended, once; returns whether it was this call. */
    async endSession(uid: string, event: DomainEvent): Promise<boolean> {
      const { matchedCount } = await sessions.updateOne({ _id: uid, endedAt: null }, {
        $set: { endedAt: event.at },
        $push: { outbox: event },
      } as never);
      return matchedCount === 1;
    },
    /** Takes a site out of a session. */
    async dropSite(uid: string, clientId: string, event: DomainEvent): Promise<void> {
      await sessions.updateOne({ _id: uid }, {
        $pull: { sites: { clientId } },
        $push: { outbox: event },
      } as never);
    },
    insertEntry: async (record: EntryRecord): Promise<void> => {
      await entries.create(record);
    },
    /** Finds the newest sign-ins of an account before an instant. */
    entriesOf: (accountId: string, to: Date, limit: number): Promise<EntryRecord[]> =>
      entries
        .find({ accountId, at: { $lt: to } })
        .sort({ at: -1 })
        .limit(limit)
        .lean<EntryRecord[]>()
        .exec(),
    async deleteEntriesOf(accountId: string): Promise<void> {
      await entries.deleteMany({ accountId });
    },
    async deleteBefore(at: Date): Promise<void> {
      await entries.deleteMany({ at: { $lt: at } });
      await notices.deleteMany({ madeAt: { $lt: at }, state: { $ne: 'waiting' } });
      await sessions.deleteMany({ expiresAt: { $lt: at }, 'outbox.id': { $exists: false } });
    },
    ...noticeMethods(notices),
  };
}

const noticeMethods = (notices: Model<SignOutNotice>) => ({
  /** Adds a notice; false when there is one for that session at that site. */
  insertNotice: (record: SignOutNotice) => insertOnce(notices.create(record)),
  notice: (sid: string) => notices.findOne({ _id: sid }).lean<SignOutNotice>().exec(),
  noticesBySid: (sids: readonly string[]): Promise<SignOutNotice[]> =>
    notices
      .find({ _id: { $in: [...sids] } })
      .limit(mostNotices)
      .lean<SignOutNotice[]>()
      .exec(),
  noticesOf: (accountId: string): Promise<SignOutNotice[]> =>
    notices.find({ accountId }).sort({ madeAt: -1 }).limit(mostNotices).lean<SignOutNotice[]>().exec(),
  /** Finds notices made since an instant that no site took so far. */
  failedNotices: (from: Date): Promise<Pick<SignOutNotice, 'clientId' | 'state'>[]> =>
    notices
      .find({
        madeAt: { $gte: from },
        $or: [{ state: { $in: ['refused', 'given-up'] } }, { state: 'waiting', tries: { $gt: 0 } }],
      })
      .select({ clientId: 1, state: 1 })
      .limit(mostFailedNotices)
      .lean<SignOutNotice[]>()
      .exec(),
  due: (now: Date): Promise<SignOutNotice[]> =>
    notices
      .find({ state: 'waiting', nextTryAt: { $lte: now } })
      .sort({ nextTryAt: 1 })
      .limit(mostNotices)
      .lean<SignOutNotice[]>()
      .exec(),
  /** Takes a waiting notice for one try if nobody else has; returns whether it was. */
  async claim({ _id, tries, nextTryAt }: SignOutNotice, until: Date): Promise<boolean> {
    const { matchedCount } = await notices.updateOne(
      { _id, state: 'waiting', tries, nextTryAt },
      { $set: { nextTryAt: until } },
    );
    return matchedCount === 1;
  },
  async settle(sid: string, changes: Partial<SignOutNotice>): Promise<void> {
    await notices.updateOne({ _id: sid, state: 'waiting' }, { $set: changes, $inc: { tries: 1 } });
  },
});
