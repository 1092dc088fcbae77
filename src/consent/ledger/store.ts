import { Schema } from 'mongoose';
import type { RecordConnection } from '../../storage/index.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import { filterAfter, type Position, type Span } from '../page.ts';
import { type Person, personFilters } from '../person.ts';
import type { AccessRecord } from './access-row.ts';
import type { ReaderCount } from './list-accesses.ts';

const text = { type: String, required: true };
const mixed = { type: Schema.Types.Mixed, required: true };
const instant = { type: Date, required: true };
const only = (field: string) => ({ partialFilterExpression: { [field]: { $exists: true } } });

const accessSchema = new Schema<AccessRecord>(
  {
    _id: text,
    accountId: String,
    holderIndex: String,
    reader: mixed,
    what: mixed,
    cause: mixed,
    basis: mixed,
    outcome: mixed,
    channel: text,
    at: instant,
    recordedAt: instant,
    keepUntil: instant,
  } as never,
  { collection: 'accessrows', versionKey: false },
)
  // A list runs newest first, ties by identifier; for either name of a person, of all readers or of one.
  .index({ accountId: 1, at: 1, _id: 1 }, only('accountId'))
  .index({ holderIndex: 1, at: 1, _id: 1 }, only('holderIndex'))
  .index({ accountId: 1, 'reader.id': 1, at: 1, _id: 1 }, only('accountId'))
  .index({ holderIndex: 1, 'reader.id': 1, at: 1, _id: 1 }, only('holderIndex'));
withOutbox(accessSchema);

/** What part of a person's rows is wanted. */
export interface AccessPage extends Span {
  readerId?: string;
  position: Position | null;
  limit: number;
}

export type LedgerStore = ReturnType<typeof openLedgerStore>;

/** Opens the ledger. It can add and read; nothing here changes a row or takes it away, but for its outbox. */
export function openLedgerStore(connection: RecordConnection) {
  const rows = connection.model<AccessRecord>('AccessRow', accessSchema);
  return {
    outbox: outboxOf(rows, 'accessrows'),
    ready: async () => {
      await rows.init();
    },
    async insert(record: AccessRecord): Promise<void> {
      await rows.create(record);
    },
    byId: (accessId: string) => rows.findOne({ _id: accessId }).lean<AccessRecord>().exec(),
    /** Reads a list for each name the person goes by, newest first; no row is in two. */
    page: (person: Person, { readerId, position, limit, ...span }: AccessPage): Promise<AccessRecord[][]> =>
      Promise.all(
        personFilters(person).map((filter) =>
          rows
            .find({
              ...filter,
              ...(readerId === undefined ? {} : { 'reader.id': readerId }),
              ...filterAfter('at', position, span),
            })
            .sort({ at: -1, _id: -1 })
            .limit(limit)
            .lean<AccessRecord[]>()
            .exec(),
        ),
      ),
    /** Counts by reader, once for each name the person goes by. */
    async countByReader(person: Person, span: Span): Promise<ReaderCount[]> {
      const ofOutcome = (kind: string) => ({ $sum: { $cond: [{ $eq: ['$outcome.kind', kind] }, 1, 0] } });
      const counts = await Promise.all(
        personFilters(person).map((filter) =>
          rows
            .aggregate<Omit<ReaderCount, 'reader'> & Pick<AccessRecord, 'reader'>>([
              { $match: { ...filter, ...filterAfter('at', null, span) } },
              { $sort: { at: -1, _id: -1 } },
              {
                $group: {
                  _id: { kind: '$reader.kind', id: '$reader.id' },
                  reader: { $first: '$reader' },
                  granted: ofOutcome('granted'),
                  refused: ofOutcome('refused'),
                  lastAt: { $max: '$at' },
                },
              },
            ])
            .exec(),
        ),
      );
      return counts
        .flat()
        .map(({ reader, granted, refused, lastAt }) => ({ reader, granted, refused, lastAt }));
    },
  };
}
