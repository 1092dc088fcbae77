import { Schema } from 'mongoose';
import type { DomainEvent } from '../base/event.ts';
import { bytesOf } from '../storage/bytes.ts';
import type { RecordConnection } from '../storage/index.ts';
import { insertOnce } from '../storage/insert.ts';
import { outboxOf, withOutbox } from '../storage/outbox.ts';
import type { CertificateRecord } from './certificate.ts';
import type { CertificateType } from './certificate-type.ts';

const text = { type: String, required: true };
const date = { type: Date, required: true };
const number = { type: Number, required: true };
const mixed = { type: Schema.Types.Mixed, required: true };

/** A version of a type as it is kept; whether it is enabled stands beside what is never written over. */
export interface TypeRecord {
  /** `code@version` */
  _id: string;
  code: string;
  version: number;
  enabled: boolean;
  definition: Omit<CertificateType, 'enabled'>;
  revision: number;
  outbox: DomainEvent[];
  createdAt: Date;
  updatedAt: Date;
}

const typeSchema = new Schema<TypeRecord>(
  {
    _id: text,
    code: text,
    version: number,
    enabled: { type: Boolean, required: true },
    definition: mixed,
    revision: number,
    createdAt: date,
    updatedAt: date,
  } as never,
  { collection: 'certificatetypes', versionKey: false, minimize: false },
);
typeSchema.index({ code: 1, version: -1 });
withOutbox(typeSchema);

const certificateSchema = new Schema<CertificateRecord>(
  {
    _id: text,
    typeCode: text,
    typeVersion: number,
    issuerCode: text,
    issuerName: text,
    areaCode: text,
    status: text,
    issuedOn: text,
    validFrom: String,
    validUntil: String,
    trustLevel: text,
    version: number,
    seal: mixed,
    previousIdentifier: String,
    nextIdentifier: String,
    endedOn: String,
    lastAct: Schema.Types.Mixed,
    photoId: String,
    photoDigest: String,
    serialKey: text,
    requestDigest: text,
    change: Schema.Types.Mixed,
    holderIndexes: { type: [String], required: true },
    content: { type: Buffer, required: true },
    revision: number,
    createdAt: date,
    updatedAt: date,
  } as never,
  { collection: 'certificates', versionKey: false, minimize: false },
);
certificateSchema.index({ serialKey: 1, version: 1 }, { unique: true });
// One key a holder: the certificates of a person, a page at a time.
certificateSchema.index({ holderIndexes: 1, _id: 1 });
// What an authority counts: by status, by the day of the end, by the day it was taken in.
certificateSchema.index({ issuerCode: 1, typeCode: 1, status: 1, endedOn: 1 });
certificateSchema.index({ issuerCode: 1, typeCode: 1, createdAt: 1 });
withOutbox(certificateSchema);

const mostTypes = 2000;

/** A certificate without its content and events: what lists need. */
export type CertificateRow = Omit<CertificateRecord, 'content' | 'outbox'>;
const withoutContent = { content: 0, outbox: 0 };

/** A condition on records: paths, values and operators of the query language. */
export interface RecordFilter {
  [path: string]: unknown;
}

export type DirectoryStore = ReturnType<typeof openDirectoryStore>;

/** Opens the catalogue and the certificates; every change is one compare-and-swap that carries its event. */
export function openDirectoryStore(connection: RecordConnection) {
  const types = connection.model<TypeRecord>('CertificateType', typeSchema);
  const certificates = connection.model<CertificateRecord>('Certificate', certificateSchema);
  return {
    ready: async () => {
      await Promise.all([types.init(), certificates.init()]);
    },
    outboxes: [outboxOf(types, 'certificatetypes'), outboxOf(certificates, 'certificates')],
    insertType: (record: TypeRecord) => insertOnce(types.create(record)),
    typeById: (id: string) => types.findOne({ _id: id }).lean<TypeRecord>().exec(),
    newestEnabledType: (code: string) =>
      types.findOne({ code, enabled: true }).sort({ version: -1 }).lean<TypeRecord>().exec(),
    allTypes: () =>
      types.find({}).sort({ code: 1, version: -1 }).limit(mostTypes).lean<TypeRecord[]>().exec(),
    /** Switches a type if it is still at the revision read; returns whether it was. */
    async swapTypeEnabled(read: TypeRecord, enabled: boolean, event: DomainEvent): Promise<boolean> {
      const { matchedCount } = await types.updateOne(
        { _id: read._id, revision: read.revision },
        { $set: { enabled, revision: read.revision + 1, updatedAt: event.at }, $push: { outbox: event } },
      );
      return matchedCount === 1;
    },
    insertCertificate: (record: CertificateRecord) => insertOnce(certificates.create(record)),
    async certificateById(identifier: string): Promise<CertificateRecord | null> {
      const filter: RecordFilter = { _id: identifier };
      const raw = await certificates.findOne(filter).lean<CertificateRecord>().exec();
      return raw === null ? null : { ...raw, content: bytesOf(raw.content) };
    },
    /** Reads a page of a holder's certificates in the order of their identifiers, without their content. */
    certificatesOfHolder: (holderIndex: string, filter: RecordFilter, limit: number) =>
      certificates
        .find({ holderIndexes: holderIndex, ...filter }, withoutContent)
        .sort({ _id: 1 })
        .limit(limit)
        .lean<CertificateRow[]>()
        .exec(),
    /** Reads on after an identifier, in their order, what a directory counts of each certificate. */
    countedAfter: (identifier: string, limit: number) =>
      certificates
        .find({ _id: { $gt: identifier } } as RecordFilter, { areaCode: 1, status: 1, revision: 1 })
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Pick<CertificateRecord, '_id' | 'areaCode' | 'status' | 'revision'>[]>()
        .exec(),
    async certificatesByIds(identifiers: readonly string[]): Promise<CertificateRecord[]> {
      const found = await certificates
        .find({ _id: { $in: [...identifiers] } } as RecordFilter, { outbox: 0 })
        .limit(identifiers.length)
        .lean<CertificateRecord[]>()
        .exec();
      return found.map((raw) => ({ ...raw, content: bytesOf(raw.content) }));
    },
    countCertificates: (filter: RecordFilter): Promise<number> => certificates.countDocuments(filter).exec(),
    /** Writes changed fields and an event if the certificate is still at the revision read; returns whether it was. */
    async swapCertificate(
      read: CertificateRecord,
      changes: Partial<CertificateRecord>,
      event: DomainEvent,
    ): Promise<boolean> {
      const { matchedCount } = await certificates.updateOne(
        { _id: read._id, revision: read.revision },
        {
          $set: { ...changes, revision: read.revision + 1, updatedAt: event.at },
          $push: { outbox: event },
        },
      );
      return matchedCount === 1;
    },
  };
}
