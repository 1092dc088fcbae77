import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import { bytesOf } from '../../storage/bytes.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { CalendarDate } from '../../terms/calendar-date.ts';
import type { Delay } from '../agreement/delivery.ts';
import type { CaseRecord } from './objection.ts';

const text = { type: String, required: true };
const instant = { type: Date, required: true };

const moveSchema = new Schema(
  {
    act: text,
    side: text,
    at: { type: Number, required: true },
    finding: String,
    outcome: String,
    text: { type: Buffer, required: true },
  },
  { _id: false },
);

const caseSchema = new Schema<CaseRecord>(
  {
    _id: text,
    agreementId: text,
    peer: text,
    side: text,
    about: { type: Schema.Types.Mixed, required: true },
    ground: text,
    text: { type: Buffer, required: true },
    openedAt: instant,
    dueOn: text,
    moves: { type: [moveSchema], required: true },
    state: text,
    place: text,
    overdueAt: { type: Date, default: null },
    citizenObjectionId: { type: String, default: null },
    undelivered: { type: Boolean, required: true },
    delay: { type: Schema.Types.Mixed, default: null },
    version: { type: Number, required: true },
  } as never,
  { collection: 'regionobjections', versionKey: false },
)
  .index({ place: 1 })
  .index({ agreementId: 1, place: 1 })
  .index({ peer: 1, undelivered: 1, _id: 1 })
  .index({ citizenObjectionId: 1 });
withOutbox(caseSchema);

const recordOf = (raw: CaseRecord): CaseRecord => ({
  ...raw,
  text: bytesOf(raw.text),
  moves: raw.moves.map((move) => ({ ...move, text: bytesOf(move.text) })),
});

/** The outbox is pushed to and never set: the relay may be emptying it meanwhile. */
export type CaseChanges = Partial<Omit<CaseRecord, '_id' | 'outbox' | 'version'>>;

/** Which cases to list. */
export interface CaseFilter {
  /** Under any of these agreements. */
  agreementIds?: readonly string[];
  state?: CaseRecord['state'];
  /** Only those whose last day is before this one. */
  dueBefore?: CalendarDate;
  /** Only those where this has not been noted. */
  isNoted?: false;
  citizenObjectionIds?: readonly string[];
}

const filterOf = (asked: CaseFilter): Record<string, unknown> => ({
  ...(asked.agreementIds === undefined ? {} : { agreementId: { $in: asked.agreementIds } }),
  ...(asked.state === undefined ? {} : { state: asked.state }),
  ...(asked.dueBefore === undefined ? {} : { dueOn: { $lt: asked.dueBefore } }),
  ...(asked.isNoted === undefined ? {} : { overdueAt: null }),
  ...(asked.citizenObjectionIds === undefined
    ? {}
    : { citizenObjectionId: { $in: asked.citizenObjectionIds } }),
});

export type CaseStore = ReturnType<typeof openCaseStore>;

/** Opens the cases between regions; every change is one compare-and-swap that carries its event. */
export function openCaseStore(connection: RecordConnection) {
  const cases = connection.model<CaseRecord>('RegionObjection', caseSchema);
  return {
    outbox: outboxOf(cases, 'regionobjections'),
    ready: async () => {
      await cases.init();
    },
    async byId(_id: string): Promise<CaseRecord | null> {
      const raw = await cases.findOne({ _id }).lean<CaseRecord>().exec();
      return raw === null ? null : recordOf(raw);
    },
    async page(asked: CaseFilter, after: string, limit: number): Promise<CaseRecord[]> {
      const found = await cases
        .find({ ...filterOf(asked), place: { $gt: after } })
        .sort({ place: 1 })
        .limit(limit)
        .lean<CaseRecord[]>()
        .exec();
      return found.map(recordOf);
    },
    /** Reads what waits to be sent to a peer and is not put off. */
    async due(peer: string, now: Date, limit: number): Promise<CaseRecord[]> {
      const found = await cases
        .find({ peer, undelivered: true, $or: [{ delay: null }, { 'delay.nextTryAt': { $lte: now } }] })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<CaseRecord[]>()
        .exec();
      return found.map(recordOf);
    },
    /** Adds a case; false when there is one of that identifier. */
    insert: (record: CaseRecord): Promise<boolean> => insertOnce(cases.create(record)),
    /** Writes changes and an event if the case is still at the version read; returns whether it was. */
    async swap({ _id, version }: CaseRecord, changes: CaseChanges, event: DomainEvent): Promise<boolean> {
      const { matchedCount } = await cases.updateOne({ _id, version }, {
        $set: { ...changes, version: version + 1 },
        $push: { outbox: event },
      } as never);
      return matchedCount === 1;
    },
    /** Notes how the sending went, if the case is still as it was sent. No act, so no event. */
    async note(
      { _id, version }: CaseRecord,
      told: { undelivered: boolean; delay: Delay | null },
    ): Promise<void> {
      await cases.updateOne({ _id, version }, { $set: told } as never);
    },
  };
}
