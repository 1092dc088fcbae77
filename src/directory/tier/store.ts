import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce, isDuplicate } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { RegionCode } from '../../terms/region-code.ts';
import type { RecordFilter } from '../store.ts';
import type { ChildRecord, EntryRecord } from './entry.ts';
import type { LinkRecord } from './link.ts';

const text = { type: String, required: true };
const number = { type: Number, required: true };
const date = { type: Date, required: true };

const entrySchema = new Schema<EntryRecord>(
  {
    _id: text,
    region: text,
    identifier: text,
    typeCode: text,
    issuerCode: text,
    areaCode: text,
    status: text,
    revision: number,
    keyId: text,
    bucket: number,
    holderIndexes: { type: [String], required: true },
    receivedAt: date,
  } as never,
  { collection: 'directoryentries', versionKey: false },
);
// Which libraries hold a certificate of a type for a holder.
entrySchema.index({ holderIndexes: 1, typeCode: 1 });
// A bucket of a library, a page at a time.
entrySchema.index({ region: 1, bucket: 1, _id: 1 });

const childSchema = new Schema<ChildRecord>(
  {
    _id: text,
    clientId: { ...text, unique: true },
    name: { zh: text, en: text },
    address: text,
    enabled: { type: Boolean, required: true },
    behind: Number,
    stored: number,
    refused: number,
    differing: { type: [Number], default: [] },
    lastPushAt: Date,
    lastComparedAt: Date,
    revision: number,
    createdAt: date,
    updatedAt: date,
  } as never,
  { collection: 'directorychildren', versionKey: false },
);
withOutbox(childSchema);

const linkSchema = new Schema<LinkRecord>(
  {
    _id: text,
    // Empty before the first page.
    fillAfter: String,
    filled: { type: Boolean, required: true },
    position: number,
    stored: number,
    refused: number,
    skipped: number,
    lastRefusal: Schema.Types.Mixed,
    differing: number,
    lastPushAt: Date,
    lastReconciledAt: Date,
    revision: number,
    createdAt: date,
    updatedAt: date,
  } as never,
  { collection: 'directorylinks', versionKey: false },
);
withOutbox(linkSchema);

const mostChildren = 5000;

/** What a batch adds to the record of a child. */
export type ChildNote = Partial<Pick<ChildRecord, 'behind' | 'differing' | 'lastPushAt' | 'lastComparedAt'>>;

export type ParentStore = ReturnType<typeof openParentStore>;
export type LinkStore = ReturnType<typeof openLinkStore>;

/** Opens the entries that regions below sent, and the register of those regions. */
export function openParentStore(connection: RecordConnection) {
  const entries = connection.model<EntryRecord>('DirectoryEntry', entrySchema);
  const children = connection.model<ChildRecord>('DirectoryChild', childSchema);
  return {
    outbox: outboxOf(children, 'directorychildren'),
    ready: async () => {
      await Promise.all([entries.init(), children.init()]);
    },
    entriesByIds: (ids: readonly string[]) =>
      entries
        .find({ _id: { $in: [...ids] } })
        .limit(ids.length)
        .lean<EntryRecord[]>()
        .exec(),
    /** Inserts entries; false when another call was first with one of them. */
    async insertEntries(made: readonly EntryRecord[]): Promise<boolean> {
      try {
        if (made.length > 0) await entries.insertMany(made, { ordered: false, lean: true });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    /** Writes entries over those read, unless something was written since; the later revision wins by being asked again. */
    async swapEntries(changes: readonly { read: EntryRecord; next: EntryRecord }[]): Promise<boolean> {
      if (changes.length === 0) return true;
      const { matchedCount } = await entries.bulkWrite(
        changes.map(({ read: { _id, revision, keyId }, next: { _id: _same, ...fields } }) => ({
          updateOne: { filter: { _id, revision, keyId }, update: { $set: fields } },
        })),
      );
      return matchedCount === changes.length;
    },
    /** Reads a page of a bucket of a library by identifier, as far as it is counted. */
    bucketPage: (region: string, bucket: number, after: string, limit: number) =>
      entries
        .find({ region, bucket, _id: { $gt: after } } as RecordFilter, {
          identifier: 1,
          status: 1,
          revision: 1,
          keyId: 1,
        })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Pick<EntryRecord, '_id' | 'identifier' | 'status' | 'revision' | 'keyId'>[]>()
        .exec(),
    entriesOfHolder: (holderIndex: string, typeCode: string, limit: number) =>
      entries
        .find({ holderIndexes: holderIndex, typeCode } as RecordFilter)
        .limit(limit)
        .lean<EntryRecord[]>()
        .exec(),
    childOfClient: (clientId: string) => children.findOne({ clientId }).lean<ChildRecord>().exec(),
    childByRegion: (region: RegionCode) => children.findOne({ _id: region }).lean<ChildRecord>().exec(),
    children: () => children.find({}).sort({ _id: 1 }).limit(mostChildren).lean<ChildRecord[]>().exec(),
    insertChild: (record: ChildRecord) => insertOnce(children.create(record)),
    async swapChild(read: ChildRecord, changes: Partial<ChildRecord>, event: DomainEvent): Promise<boolean> {
      const { matchedCount } = await children.updateOne(
        { _id: read._id, revision: read.revision },
        {
          $set: { ...changes, revision: read.revision + 1, updatedAt: event.at },
          $push: { outbox: event },
        },
      );
      return matchedCount === 1;
    },
    /** Notes what came of a call of a child; it touches no field that an operator sets, so it needs no compare. */
    async noteChild(
      region: RegionCode,
      note: ChildNote,
      counts: { stored: number; refused: number },
      event: DomainEvent | null,
    ): Promise<void> {
      await children.updateOne(
        { _id: region },
        { $set: note, $inc: counts, ...(event === null ? {} : { $push: { outbox: event } }) },
      );
    },
  };
}

/** Opens the record of how far a parent has been told. */
export function openLinkStore(connection: RecordConnection) {
  const links = connection.model<LinkRecord>('DirectoryLink', linkSchema);
  return {
    outbox: outboxOf(links, 'directorylinks'),
    ready: async () => {
      await links.init();
    },
    link: (id: string) => links.findOne({ _id: id }).lean<LinkRecord>().exec(),
    insertLink: (record: LinkRecord) => insertOnce(links.create(record)),
    async swapLink(
      read: LinkRecord,
      changes: Partial<LinkRecord>,
      event: DomainEvent | null,
    ): Promise<boolean> {
      const { matchedCount } = await links.updateOne(
        { _id: read._id, revision: read.revision },
        {
          $set: { ...changes, revision: read.revision + 1 },
          ...(event === null ? {} : { $push: { outbox: event } }),
        },
      );
      return matchedCount === 1;
    },
  };
}
