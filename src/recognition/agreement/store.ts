import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { StoreDeps } from '../ports.ts';
import type { Delay } from './delivery.ts';
import type { AgreementRecord, Heard } from './record.ts';

const text = { type: String, required: true };
const number = { type: Number, required: true };
const list = { type: [Schema.Types.Mixed], required: true };

const agreementSchema = new Schema<AgreementRecord>(
  {
    _id: text,
    agreementId: text,
    agreementVersion: number,
    kind: text,
    regions: { type: [String], required: true },
    mappings: { type: [String], required: true },
    digest: text,
    payload: text,
    signatures: list,
    chains: list,
    draftedBy: { type: String, default: null },
    suspendedBy: { type: String, default: null },
    heard: { type: Schema.Types.Mixed, default: null },
    undelivered: { type: Boolean, required: true },
    delay: { type: Schema.Types.Mixed, default: null },
    changedAt: { type: Date, default: null },
    version: number,
  } as never,
  { collection: 'agreements', versionKey: false, minimize: false },
)
  .index({ regions: 1, agreementId: 1, agreementVersion: -1 })
  .index({ agreementId: 1, agreementVersion: -1 })
  .index({ undelivered: 1, _id: 1 })
  .index({ mappings: 1 })
  .index({ suspendedBy: 1 })
  .index({ changedAt: 1 });
withOutbox(agreementSchema);

/** The outbox is pushed to and never set: the relay may be emptying it meanwhile. */
export type AgreementChanges = Partial<Omit<AgreementRecord, '_id' | 'outbox' | 'version'>>;

export type AgreementStore = ReturnType<typeof openAgreementStore>;

/** Opens the agreements; the text, the signatures and both chains of a version are one record, so that a step is one write. */
export function openAgreementStore(connection: RecordConnection, { clock, written }: StoreDeps) {
  const agreements = connection.model<AgreementRecord>('Agreement', agreementSchema);
  const find = (filter: Record<string, unknown>, sort: Record<string, 1 | -1>, limit: number) =>
    agreements.find(filter).sort(sort).limit(limit).lean<AgreementRecord[]>().exec();
  return {
    outbox: outboxOf(agreements, 'agreements'),
    ready: async () => {
      await agreements.init();
    },
    byId: (recordId: string) => agreements.findOne({ _id: recordId }).lean<AgreementRecord>().exec(),
    /** Reads all versions of one agreement, the newest first. */
    versionsOf: (agreementId: string) => find({ agreementId }, { agreementVersion: -1 }, 100),
    /** Reads agreements that a region is a party of, the versions of each one after another, the newest first. */
    ofRegion: (regionCode: string, limit = 1000) =>
      find({ regions: regionCode }, { agreementId: 1, agreementVersion: -1 }, limit),
    /** Reads versions that refer to any version of a mapping. */
    referringTo: (mappingId: string, limit: number) => find({ mappings: mappingId }, { _id: 1 }, limit),
    /** Reads versions between this region and another that refer to mappings. */
    referring: (regionCode: string, limit: number) =>
      find({ mappings: { $gt: '' }, regions: regionCode }, { _id: 1 }, limit),
    /** Reads what a region has joined, and what others joined where it is the operator; the newest version first. */
    accessionsOf: (regionCode: string) =>
      find({ kind: 'accession', regions: regionCode }, { agreementId: 1, agreementVersion: -1 }, 2000),
    frameworks: () => find({ kind: 'framework' }, { agreementId: 1, agreementVersion: -1 }, 200),
    /** Reads the frameworks that have a region as their operator, and what was written to join them. */
    underOperator: (regionCode: string) =>
      find(
        { kind: { $in: ['framework', 'accession'] }, regions: regionCode },
        { agreementId: 1, agreementVersion: -1 },
        2000,
      ),
    /** Counts the writes to the frameworks of a region and to what was written to join them; 0 where it has no framework. */
    async editionOf(regionCode: string): Promise<number> {
      const found = await agreements
        .find({ kind: { $in: ['framework', 'accession'] }, regions: regionCode })
        .select({ kind: 1, version: 1 })
        .lean<Pick<AgreementRecord, 'kind' | 'version'>[]>()
        .exec();
      const isOperator = found.some(({ kind }) => kind === 'framework');
      return isOperator ? found.reduce((sum, { version }) => sum + version, 0) : 0;
    },
    changedSince: (at: Date | null) =>
      agreements
        .find(at === null ? {} : { changedAt: { $gte: at } })
        .lean<AgreementRecord[]>()
        .exec(),
    stampOf: ({ version, heard }: AgreementRecord): string => JSON.stringify([version, heard]),
    /** Reads all agreements by identifier, after one. */
    page: (after: string | null, limit: number) =>
      find(after === null ? {} : { _id: { $gt: after } }, { _id: 1 }, limit),
    /** Reads whole agreements after one, with a region where it is given: the versions of each together, the newest first. */
    following: (after: string, regionCode: string | null, limit: number) =>
      find(
        { agreementId: { $gt: after }, ...(regionCode === null ? {} : { regions: regionCode }) },
        { agreementId: 1, agreementVersion: -1 },
        limit,
      ),
    /** Reads what one officer suspended alone and is neither confirmed nor lifted. */
    suspendedByOne: (limit: number) => find({ suspendedBy: { $gt: '' } }, { _id: 1 }, limit),
    undelivered: (limit: number) => find({ undelivered: true }, { _id: 1 }, limit),
    /** Reads what waits to be sent to a region and is not put off. */
    due: (regionCode: string, now: Date, limit: number) =>
      find(
        {
          undelivered: true,
          regions: regionCode,
          $or: [{ delay: null }, { 'delay.nextTryAt': { $lte: now } }],
        },
        { _id: 1 },
        limit,
      ),
    byIds: (recordIds: string[]) => find({ _id: { $in: recordIds } }, { _id: 1 }, recordIds.length),
    /** Reads the regions that something waits to be sent to and is not put off. */
    async dueRegions(now: Date): Promise<string[]> {
      const found = await agreements
        .find({ undelivered: true, $or: [{ delay: null }, { 'delay.nextTryAt': { $lte: now } }] })
        .select({ regions: 1 })
        .limit(1000)
        .lean<Pick<AgreementRecord, 'regions'>[]>()
        .exec();
      return [...new Set(found.flatMap(({ regions }) => regions))];
    },
    /** Adds a version; false when there is one of that identifier and number. */
    async insert(record: AgreementRecord): Promise<boolean> {
      const isNew = await insertOnce(agreements.create({ ...record, changedAt: clock.now() } as never));
      written();
      return isNew;
    },
    /** Writes changes and events if the record is still at the version read; returns whether it was. */
    async swap(
      { _id, version }: AgreementRecord,
      changes: AgreementChanges,
      events: DomainEvent[],
    ): Promise<boolean> {
      const { matchedCount } = await agreements.updateOne({ _id, version }, {
        $set: { ...changes, version: version + 1, changedAt: clock.now() },
        $push: { outbox: { $each: events } },
      } as never);
      written();
      return matchedCount === 1;
    },
    /** Puts off what is to be sent, if the record is still at the version read. No act, so no event. */
    async delay({ _id, version }: AgreementRecord, delay: Delay): Promise<void> {
      await agreements.updateOne({ _id, version }, { $set: { delay } } as never);
    },
    /** Notes what the peer said, if the record is still at the version it was compared with. No act, so no event. */
    async hear({ _id, version }: AgreementRecord, heard: Heard, undelivered: boolean): Promise<boolean> {
      const { matchedCount } = await agreements.updateOne({ _id, version }, {
        $set: { heard, undelivered, changedAt: clock.now() },
      } as never);
      return matchedCount === 1;
    },
  };
}
