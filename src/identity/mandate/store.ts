import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import { bytesOf } from '../../storage/bytes.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { DependantRecord, MandateRecord, OrganisationRecord } from './mandate.ts';

const text = { type: String, required: true };
const instant = { type: Date, required: true };
const version = { type: Number, required: true };

const organisationSchema = new Schema<OrganisationRecord>(
  {
    _id: text,
    creditCodeIndex: { ...text, unique: true },
    creditCode: { type: Buffer, required: true },
    name: text,
    version,
    createdAt: instant,
  } as never,
  { collection: 'organisations', versionKey: false },
);
withOutbox(organisationSchema);

const dependantSchema = new Schema<DependantRecord>(
  {
    _id: text,
    numberIndex: { ...text, unique: true },
    number: { type: Buffer, required: true },
    name: { type: Buffer, required: true },
    version,
    createdAt: instant,
  } as never,
  { collection: 'dependants', versionKey: false },
);
withOutbox(dependantSchema);

const mandateSchema = new Schema<MandateRecord>(
  {
    _id: text,
    kind: text,
    principalId: text,
    agentId: text,
    role: text,
    items: { type: [String], required: true },
    status: text,
    offeredBy: text,
    answererId: { type: String, default: null },
    answerBy: { type: Date, default: null },
    expiresAt: { type: Date, default: null },
    provenBy: { type: String, default: null },
    attested: { type: { evidenceDigest: text, officer: text, _id: false }, default: null },
    endedFor: { type: String, default: null },
    offeredAt: instant,
    version,
  } as never,
  { collection: 'mandates', versionKey: false },
)
  .index({ agentId: 1, offeredAt: -1 })
  .index({ principalId: 1, offeredAt: -1 });
withOutbox(mandateSchema);

const mostMandates = 200;

type Changes<T> = Partial<Omit<T, '_id' | 'outbox' | 'version'>>;

export type MandateStore = ReturnType<typeof openMandateStore>;

/** Opens organisations, people without an account and mandates; every change is one compare-and-swap that carries its event. */
export function openMandateStore(connection: RecordConnection) {
  const organisations = connection.model<OrganisationRecord>('Organisation', organisationSchema);
  const mandates = connection.model<MandateRecord>('Mandate', mandateSchema);
  const dependants = connection.model<DependantRecord>('Dependant', dependantSchema);
  const dependant = async (filter: Record<string, string>): Promise<DependantRecord | null> => {
    const raw = await dependants.findOne(filter).lean<DependantRecord>().exec();
    return raw === null ? null : { ...raw, number: bytesOf(raw.number), name: bytesOf(raw.name) };
  };
  const organisation = async (filter: Record<string, string>): Promise<OrganisationRecord | null> => {
    const raw = await organisations.findOne(filter).lean<OrganisationRecord>().exec();
    return raw === null ? null : { ...raw, creditCode: bytesOf(raw.creditCode) };
  };
  const list = (filter: Record<string, unknown>): Promise<MandateRecord[]> =>
    mandates.find(filter).sort({ offeredAt: -1, _id: 1 }).limit(mostMandates).lean<MandateRecord[]>().exec();
  return {
    outboxes: [
      outboxOf(organisations, 'organisations'),
      outboxOf(dependants, 'dependants'),
      outboxOf(mandates, 'mandates'),
    ],
    ready: async () => {
      await Promise.all([organisations.init(), dependants.init(), mandates.init()]);
    },
    organisationById: (_id: string) => organisation({ _id }),
    organisationByCode: (creditCodeIndex: string) => organisation({ creditCodeIndex }),
    /** Adds an organisation; false when there is one of that credit code. */
    insertOrganisation: (record: OrganisationRecord) => insertOnce(organisations.create(record)),
    async renameOrganisation(read: OrganisationRecord, name: string, event: DomainEvent): Promise<boolean> {
      const { matchedCount } = await organisations.updateOne(
        { _id: read._id, version: read.version },
        { $set: { name, version: read.version + 1 }, $push: { outbox: event } },
      );
      return matchedCount === 1;
    },
    dependantById: (_id: string) => dependant({ _id }),
    dependantByNumber: (numberIndex: string) => dependant({ numberIndex }),
    /** Adds a person without an account; false when there is one of that number. */
    insertDependant: (record: DependantRecord) => insertOnce(dependants.create(record)),
    async renameDependant(read: DependantRecord, name: Buffer, event: DomainEvent): Promise<boolean> {
      const { matchedCount } = await dependants.updateOne(
        { _id: read._id, version: read.version },
        { $set: { name, version: read.version + 1 }, $push: { outbox: event } },
      );
      return matchedCount === 1;
    },
    mandateById: (_id: string) => mandates.findOne({ _id }).lean<MandateRecord>().exec(),
    mandatesOfAgent: (agentId: string) => list({ agentId }),
    mandatesOfPrincipal: (principalId: string) => list({ principalId }),
    /** Finds what there is between two, ended or not. */
    mandatesBetween: (principalId: string, agentId: string) => list({ principalId, agentId }),
    async insertMandate(record: MandateRecord): Promise<void> {
      await mandates.create(record);
    },
    /** Writes changed fields and an event if the mandate is still at the version read; returns whether it was. */
    async swapMandate(
      read: MandateRecord,
      changes: Changes<MandateRecord>,
      event: DomainEvent,
    ): Promise<boolean> {
      const { matchedCount } = await mandates.updateOne(
        { _id: read._id, version: read.version },
        { $set: { ...changes, version: read.version + 1 }, $push: { outbox: event } },
      );
      return matchedCount === 1;
    },
  };
}
