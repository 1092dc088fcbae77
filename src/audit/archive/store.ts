import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';

/** One segment whose entries were taken out of the store. */
export interface Cut {
  /** The entries up to this one are in files. */
  treeSize: number;
  /** Where the segment begins: after so many entries. */
  after: number;
  /** Hash of the last entry in the segment, which the first one in the store follows. */
  lastHash: string;
  /** When the segment's tree head was signed: all in it happened before. */
  headAt: Date;
  /** The name of its file, without the folder. */
  file: string;
  /** SHA-256 of the file, hexadecimal. */
  digest: string;
  at: Date;
}

type CutRecord = Cut & { _id: string; outbox: DomainEvent[] };

const text = { type: String, required: true };
const count = { type: Number, required: true };
const date = { type: Date, required: true };

const cutSchema = new Schema<CutRecord>(
  {
    _id: text,
    treeSize: { ...count, unique: true },
    after: count,
    lastHash: text,
    headAt: { ...date, index: true },
    file: text,
    digest: text,
    at: date,
  } as never,
  { collection: 'auditcuts', versionKey: false },
);
withOutbox(cutSchema);

const cutOf = ({ treeSize, after, lastHash, headAt, file, digest, at }: CutRecord): Cut => ({
  treeSize,
  after,
  lastHash,
  headAt,
  file,
  digest,
  at,
});

export type CutStore = ReturnType<typeof openCutStore>;

/** Opens the cuts; each is inserted once and never changed. */
export function openCutStore(connection: RecordConnection) {
  const cuts = connection.model<CutRecord>('AuditCut', cutSchema);
  const first = async (filter: Record<string, unknown>, sort: Record<string, 1 | -1>) => {
    const found = await cuts.findOne(filter).sort(sort).lean<CutRecord>().exec();
    return found === null ? null : cutOf(found);
  };
  return {
    outbox: outboxOf(cuts, 'auditcuts'),
    ready: async () => {
      await cuts.init();
    },
    latest: () => first({}, { treeSize: -1 }),
    /** Finds the cut whose segment has an entry. */
    holding: (sequence: number) => first({ treeSize: { $gte: sequence } }, { treeSize: 1 }),
    /** Finds the cut whose segment has what happened at an instant. */
    covering: (at: Date) => first({ headAt: { $gte: at } }, { headAt: 1 }),
    /** Adds a cut; false when another process made it. */
    insert: (cut: Cut, event: DomainEvent) =>
      insertOnce(cuts.create({ _id: String(cut.treeSize), ...cut, outbox: [event] })),
  };
}
