import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import { bytesOf } from '../../storage/bytes.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { CertificateIdentifier } from '../../terms/certificate-identifier.ts';
import type { CredentialRecord, StatusListRecord } from './credential.ts';

const text = { type: String, required: true };
const number = { type: Number, required: true };
const date = { type: Date, required: true };

const credentialSchema = new Schema<CredentialRecord>(
  {
    _id: text,
    listId: text,
    index: number,
    holderKeyThumbprint: String,
    revision: number,
    createdAt: date,
    updatedAt: date,
  } as never,
  { collection: 'credentials', versionKey: false },
);
// No two certificates share an entry, whoever draws it at the same instant.
credentialSchema.index({ listId: 1, index: 1 }, { unique: true });
withOutbox(credentialSchema);

const listSchema = new Schema<StatusListRecord>(
  {
    _id: text,
    sequence: { ...number, unique: true },
    bytes: { type: Buffer, required: true },
    revision: number,
    createdAt: date,
    updatedAt: date,
  } as never,
  { collection: 'statuslists', versionKey: false },
);
withOutbox(listSchema);

export type CredentialStore = ReturnType<typeof openCredentialStore>;

/** Opens credentials and their lists; every change is one compare-and-swap that carries its event. */
export function openCredentialStore(connection: RecordConnection) {
  const credentials = connection.model<CredentialRecord>('Credential', credentialSchema);
  const lists = connection.model<StatusListRecord>('StatusList', listSchema);
  return {
    outboxes: [outboxOf(credentials, 'credentials'), outboxOf(lists, 'statuslists')],
    ready: async () => {
      await Promise.all([credentials.init(), lists.init()]);
    },
    credentialOf: (identifier: CertificateIdentifier) =>
      credentials.findOne({ _id: identifier }).lean<CredentialRecord>().exec(),
    insertCredential: (record: CredentialRecord) => insertOnce(credentials.create(record)),
    /** Writes the holder's key, if there is one, and an event if the record is still at the revision read; returns whether it was. */
    async swapHolderKey(
      read: CredentialRecord,
      holderKeyThumbprint: string | null,
      event: DomainEvent,
    ): Promise<boolean> {
      const key = holderKeyThumbprint === null ? {} : { holderKeyThumbprint };
      const { matchedCount } = await credentials.updateOne(
        { _id: read._id, revision: read.revision },
        {
          $set: { ...key, revision: read.revision + 1, updatedAt: event.at },
          $push: { outbox: event },
        },
      );
      return matchedCount === 1;
    },
    /** Returns which of some entries of a list are taken. */
    async takenOf(listId: string, indexes: readonly number[]): Promise<Set<number>> {
      const found = await credentials
        .find({ listId, index: { $in: [...indexes] } }, { index: 1 })
        .limit(indexes.length)
        .lean<Pick<CredentialRecord, 'index'>[]>()
        .exec();
      return new Set(found.map(({ index }) => index));
    },
    /** Returns whose entry of a list it is; null when nobody's. */
    async identifierAt(place: { listId: string; index: number }): Promise<CertificateIdentifier | null> {
      const { listId, index } = place;
      const found = await credentials
        .findOne({ listId, index }, { _id: 1 })
        .lean<Pick<CredentialRecord, '_id'>>()
        .exec();
      return found?._id ?? null;
    },
    /** Returns the number of the newest list; 0 when there is none. */
    async newestSequence(): Promise<number> {
      const found = await lists
        .findOne({}, { sequence: 1 })
        .sort({ sequence: -1 })
        .lean<Pick<StatusListRecord, 'sequence'>>()
        .exec();
      return found?.sequence ?? 0;
    },
    insertList: (record: StatusListRecord) => insertOnce(lists.create(record)),
    async listById(listId: string): Promise<StatusListRecord | null> {
      const raw = await lists.findOne({ _id: listId }).lean<StatusListRecord>().exec();
      return raw === null ? null : { ...raw, bytes: bytesOf(raw.bytes) };
    },
    /** Returns the revision of a list without its bytes; null when there is no such list. */
    async revisionOf(listId: string): Promise<number | null> {
      const found = await lists
        .findOne({ _id: listId }, { revision: 1 })
        .lean<Pick<StatusListRecord, 'revision'>>()
        .exec();
      return found?.revision ?? null;
    },
    /** Writes the bytes and an event if the list is still at the revision read; returns whether it was. */
    async swapBytes(read: StatusListRecord, bytes: Buffer, event: DomainEvent): Promise<boolean> {
      const { matchedCount } = await lists.updateOne(
        { _id: read._id, revision: read.revision },
        {
          $set: { bytes, revision: read.revision + 1, updatedAt: event.at },
          $push: { outbox: event },
        },
      );
      return matchedCount === 1;
    },
  };
}
