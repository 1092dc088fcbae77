import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { isDuplicate } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import { filterAfter, type Position } from '../page.ts';
import { type Person, personFilters } from '../person.ts';
import type { AuthorisationRecord } from './authorisation.ts';

const text = { type: String, required: true };
const mixed = { type: Schema.Types.Mixed, required: true };
const list = { type: [Schema.Types.Mixed], required: true };
const instant = { type: Date, required: true };
const number = { type: Number, required: true };
const only = (field: string) => ({ partialFilterExpression: { [field]: { $exists: true } } });

const authorisationSchema = new Schema<AuthorisationRecord>(
  {
    _id: text,
    accountId: String,
    holderIndex: String,
    requestKey: String,
    item: mixed,
    requester: mixed,
    asked: list,
    allowed: list,
    purpose: text,
    requestedBy: text,
    useSeconds: number,
    matchCode: String,
    wrongCodes: number,
    state: text,
    requestedAt: instant,
    answerBy: instant,
    answeredAt: Date,
    usableUntil: Date,
    withdrawnAt: Date,
    version: number,
  } as never,
  { collection: 'authorisations', versionKey: false },
)
  .index({ accountId: 1, requestedAt: 1, _id: 1 }, only('accountId'))
  .index({ holderIndex: 1, requestedAt: 1, _id: 1 }, only('holderIndex'))
  .index({ requestKey: 1, 'requester.id': 1 }, { unique: true, ...only('requestKey') });
withOutbox(authorisationSchema);

/** The outbox is pushed to and never set: the relay may be emptying it meanwhile. */
export type Changes = Partial<Omit<AuthorisationRecord, 'outbox' | 'version'>>;

export type AuthorisationStore = ReturnType<typeof openAuthorisationStore>;

/** Opens the use authorisations; every change is one compare-and-swap that carries its event. */
export function openAuthorisationStore(connection: RecordConnection) {
  const authorisations = connection.model<AuthorisationRecord>('Authorisation', authorisationSchema);
  const one = (filter: Record<string, unknown>) =>
    authorisations.findOne(filter).lean<AuthorisationRecord>().exec();
  return {
    outbox: outboxOf(authorisations, 'authorisations'),
    ready: async () => {
      await authorisations.init();
    },
    byId: (authorisationId: string) => one({ _id: authorisationId }),
    /** Reads what was approved by any of these holders and has not run out. */
    usable: (holderIndexes: readonly string[], now: Date, limit: number) =>
      authorisations
        .find({ holderIndex: { $in: holderIndexes }, state: 'approved', usableUntil: { $gt: now } })
        .limit(limit)
        .lean<AuthorisationRecord[]>()
        .exec(),
    byKey: (requesterId: string, requestKey: string) => one({ requestKey, 'requester.id': requesterId }),
    /** Adds a request; false when its requester used the key before. */
    async insert(record: AuthorisationRecord): Promise<boolean> {
      try {
        await authorisations.create(record);
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    /** Writes changed fields and an event if the record is still at the version read; returns whether it was. */
    async swap(
      { _id, version }: AuthorisationRecord,
      changes: Changes,
      event: DomainEvent,
    ): Promise<boolean> {
      const { matchedCount } = await authorisations.updateOne({ _id, version }, {
        $set: { ...changes, version: version + 1 },
        $push: { outbox: event },
      } as never);
      return matchedCount === 1;
    },
    /** Reads a list for each name the person goes by, newest first; no record is in two. */
    page: (person: Person, position: Position | null, limit: number): Promise<AuthorisationRecord[][]> =>
      Promise.all(
        personFilters(person).map((filter) =>
          authorisations
            .find({ ...filter, ...filterAfter('requestedAt', position) })
            .sort({ requestedAt: -1, _id: -1 })
            .limit(limit)
            .lean<AuthorisationRecord[]>()
            .exec(),
        ),
      ),
  };
}
