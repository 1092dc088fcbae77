import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import { bytesOf } from '../../storage/bytes.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import { filterAfter, type Position } from '../page.ts';
import { type Person, personFilters } from '../person.ts';
import type { ObjectionRecord } from './objection.ts';
import type { ObjectionState } from './objection-lifecycle.ts';
import type { RatingRecord, Stars } from './rating.ts';

const text = { type: String, required: true };
const instant = { type: Date, required: true };
const number = { type: Number, required: true };
const only = (field: string) => ({ partialFilterExpression: { [field]: { $exists: true } } });

const stepSchema = new Schema({ state: text, at: instant, actor: text, answer: Buffer }, { _id: false });

const objectionSchema = new Schema<ObjectionRecord>(
  {
    _id: text,
    accountId: String,
    holderIndex: String,
    accessId: { ...text, index: true },
    openSlot: { ...text, unique: true },
    reason: text,
    text: { type: Buffer, required: true },
    state: text,
    history: { type: [stepSchema], required: true },
    openedAt: instant,
    version: number,
  } as never,
  { collection: 'objections', versionKey: false },
)
  .index({ accountId: 1, openedAt: 1, _id: 1 }, only('accountId'))
  .index({ holderIndex: 1, openedAt: 1, _id: 1 }, only('holderIndex'))
  .index({ state: 1, openedAt: 1, _id: 1 });
withOutbox(objectionSchema);

const ratingSchema = new Schema<RatingRecord>(
  {
    _id: text,
    accountId: String,
    holderIndex: String,
    readerId: text,
    stars: number,
    comment: { type: Buffer, default: null },
    ratedAt: instant,
    changedAt: instant,
    version: number,
  } as never,
  { collection: 'ratings', versionKey: false },
).index({ readerId: 1, stars: 1 });
withOutbox(ratingSchema);

const objectionOf = (raw: ObjectionRecord): ObjectionRecord => ({
  ...raw,
  text: bytesOf(raw.text),
  history: raw.history.map(({ answer, ...step }) => ({
    ...step,
    ...(answer === undefined ? {} : { answer: bytesOf(answer) }),
  })),
});

const ratingOf = (raw: RatingRecord): RatingRecord => ({
  ...raw,
  comment: raw.comment === null ? null : bytesOf(raw.comment),
});

/** The outbox is pushed to and never set: the relay may be emptying it meanwhile. */
export type Changes = Partial<Omit<ObjectionRecord, 'outbox' | 'version'>>;

export type ResponseStore = ReturnType<typeof openResponseStore>;

/** Opens what citizens say to uses of their data; every change is one compare-and-swap that carries its event. */
export function openResponseStore(connection: RecordConnection) {
  const objections = connection.model<ObjectionRecord>('Objection', objectionSchema);
  const ratings = connection.model<RatingRecord>('Rating', ratingSchema);
  const newest = async (filter: Record<string, unknown>, position: Position | null, limit: number) => {
    const found = await objections
      .find({ ...filter, ...filterAfter('openedAt', position) })
      .sort({ openedAt: -1, _id: -1 })
      .limit(limit)
      .lean<ObjectionRecord[]>()
      .exec();
    return found.map(objectionOf);
  };
  return {
    outboxes: [outboxOf(objections, 'objections'), outboxOf(ratings, 'ratings')],
    ready: async () => {
      await Promise.all([objections.init(), ratings.init()]);
    },
    async objectionById(objectionId: string): Promise<ObjectionRecord | null> {
      const raw = await objections.findOne({ _id: objectionId }).lean<ObjectionRecord>().exec();
      return raw === null ? null : objectionOf(raw);
    },
    /** Adds a case; false when one is open on the row. */
    insertObjection: (record: ObjectionRecord) => insertOnce(objections.create(record)),
    /** Writes changed fields and an event if the case is still at the version read; returns whether it was. */
    async swapObjection(
      { _id, version }: ObjectionRecord,
      changes: Changes,
      event: DomainEvent,
    ): Promise<boolean> {
      const { matchedCount } = await objections.updateOne({ _id, version }, {
        $set: { ...changes, version: version + 1 },
        $push: { outbox: event },
      } as never);
      return matchedCount === 1;
    },
    /** Reads a list for each name the person goes by, newest first; no case is in two. */
    objectionsOf: (person: Person, position: Position | null, limit: number): Promise<ObjectionRecord[][]> =>
      Promise.all(personFilters(person).map((filter) => newest(filter, position, limit))),
    objectionsByState: (state: ObjectionState, position: Position | null, limit: number) =>
      newest({ state }, position, limit),
    async ratingById(accessId: string): Promise<RatingRecord | null> {
      const raw = await ratings.findOne({ _id: accessId }).lean<RatingRecord>().exec();
      return raw === null ? null : ratingOf(raw);
    },
    /** Adds a rating; false when there is one of that row. */
    insertRating: (record: RatingRecord) => insertOnce(ratings.create(record)),
    /** Replaces a rating by its next version if it still is the one before; returns whether it was. */
    async swapRating({ _id, outbox: events, ...changes }: RatingRecord): Promise<boolean> {
      const { matchedCount } = await ratings.updateOne({ _id, version: changes.version - 1 }, {
        $set: changes,
        $push: { outbox: { $each: events } },
      } as never);
      return matchedCount === 1;
    },
    async countRatings(readerId: string): Promise<{ stars: Stars; count: number }[]> {
      const counts = await ratings
        .aggregate<{ _id: Stars; count: number }>([
          { $match: { readerId } },
          { $group: { _id: '$stars', count: { $sum: 1 } } },
        ])
        .exec();
      return counts.map(({ _id, count }) => ({ stars: _id, count }));
    },
  };
}
