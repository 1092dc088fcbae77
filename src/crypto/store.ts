import { type Model, Schema } from 'mongoose';
import type { DomainEvent } from '../base/event.ts';
import type { RecordConnection } from '../storage/index.ts';
import { type OutboxSource, outboxOf, withOutbox } from '../storage/outbox.ts';
import { hasCode } from './error-code.ts';
import type { RingEntry } from './lifecycle.ts';

/** A whole ring of secrets as it is kept: one document, so that a rotation is one write. Nothing secret stands in the clear. */
export interface RingRecord {
  /** Counts the writes; the compare-and-swap is on it. */
  version: number;
  /** Which master key sealed it. */
  masterKeyFingerprint: string;
  entries: RingEntry[];
  /** A secret that never rotates, sealed, base64url: of the key ring the pairwise salt, of the data keys the index secret. */
  permanentSecret: string;
}

/** How a ring stands, without what is sealed in it. */
export interface RingView {
  /** Whose it is where there are many of one name, by credit code; else `ring`. */
  id: string;
  version: number;
  entries: Omit<RingEntry, 'sealed'>[];
}

/** Keeps one ring. */
export interface RingStore {
  read(): Promise<RingRecord | null>;
  /** Writes the first version with its event; false when some process has written one already. */
  insertIfAbsent(record: RingRecord, event: DomainEvent): Promise<boolean>;
  /** Replaces the ring and appends the event if its version still is `expectedVersion`; returns whether it was. */
  swap(expectedVersion: number, record: RingRecord, event: DomainEvent): Promise<boolean>;
}

interface RingDocument extends RingRecord {
  _id: string;
  outbox: DomainEvent[];
}

/** A ring alone in its collection has this fixed identifier: a second first start meets a duplicate. */
const loneRingId = 'ring';
const duplicateKeyCode = 11000;

const entrySchema = new Schema<RingEntry>(
  {
    kind: { type: String, required: true },
    id: { type: String, required: true },
    state: { type: String, required: true, enum: ['next', 'current', 'retired'] },
    createdAt: { type: Date, required: true },
    verifyUntil: { type: Date, default: null },
    sealed: { type: String, required: true },
  },
  { _id: false, id: false },
);

const ringSchema = (collection: string): Schema<RingDocument> => {
  const schema = new Schema<RingDocument>(
    {
      _id: { type: String, required: true },
      version: { type: Number, required: true },
      masterKeyFingerprint: { type: String, required: true },
      entries: { type: [entrySchema], required: true },
      permanentSecret: { type: String, required: true },
    },
    { collection, versionKey: false, id: false, minimize: false },
  );
  withOutbox(schema);
  return schema;
};

const keyRingSchema = ringSchema('keyrings');
const dataKeySchema = ringSchema('datakeys');
const photoKeySchema = ringSchema('photokeys');
const authorityKeySchema = ringSchema('authoritykeys');
const agreementKeySchema = ringSchema('agreementkeys');
const peerKeySchema = ringSchema('peerkeys');
const federationKeySchema = ringSchema('federationkeys');
const credentialKeySchema = ringSchema('credentialkeys');

/** Opens the store of the signing keys and cookie secrets (collection `keyrings`). */
export const keyRingStore = (connection: RecordConnection): RingStore =>
  ringStore(modelOn(connection, 'KeyRing', keyRingSchema));

/** Opens the store of the data keys (collection `datakeys`). */
export const dataKeyStore = (connection: RecordConnection): RingStore =>
  ringStore(modelOn(connection, 'DataKeys', dataKeySchema));

/** Opens the store of the data keys of photos (collection `photokeys`). */
export const photoKeyStore = (connection: RecordConnection): RingStore =>
  ringStore(modelOn(connection, 'PhotoKeys', photoKeySchema));

/** Opens the stores of the authorities' keys (collection `authoritykeys`): one ring an authority, by its credit code. */
export const authorityKeyStores = (connection: RecordConnection): ((authorityCode: string) => RingStore) => {
  const model = modelOn(connection, 'AuthorityKeys', authorityKeySchema);
  return (authorityCode) => ringStore(model, authorityCode);
};

/** Opens the store of the agreement keys (collection `agreementkeys`). */
export const agreementKeyStore = (connection: RecordConnection): RingStore =>
  ringStore(modelOn(connection, 'AgreementKeys', agreementKeySchema));

/** Opens the store of the operational keys towards other regions (collection `peerkeys`). */
export const peerKeyStore = (connection: RecordConnection): RingStore =>
  ringStore(modelOn(connection, 'PeerKeys', peerKeySchema));

/** Opens the store of the keys that sign for the federation (collection `federationkeys`). */
export const federationKeyStore = (connection: RecordConnection): RingStore =>
  ringStore(modelOn(connection, 'FederationKeys', federationKeySchema));

/** Opens the store of the keys of credentials (collection `credentialkeys`). */
export const credentialKeyStore = (connection: RecordConnection): RingStore =>
  ringStore(modelOn(connection, 'CredentialKeys', credentialKeySchema));

/** The collections of rings, by the name that operators know each by; the ring of an authority has its code behind it. */
const ringKinds = {
  provider: ['KeyRing', keyRingSchema],
  credential: ['CredentialKeys', credentialKeySchema],
  peer: ['PeerKeys', peerKeySchema],
  federation: ['FederationKeys', federationKeySchema],
  agreement: ['AgreementKeys', agreementKeySchema],
  authority: ['AuthorityKeys', authorityKeySchema],
  data: ['DataKeys', dataKeySchema],
  photo: ['PhotoKeys', photoKeySchema],
} as const;

export type RingKind = keyof typeof ringKinds;

/** Every kind of ring. */
export const allRingKinds = Object.keys(ringKinds) as RingKind[];

/** Reads how the rings of a kind stand; no sealed secret leaves the storage for it. */
export const readRingViews = async (connection: RecordConnection, kind: RingKind): Promise<RingView[]> => {
  const [name, schema] = ringKinds[kind];
  const found = await modelOn(connection, name, schema)
    .find(
      {},
      {
        version: 1,
        'entries.kind': 1,
        'entries.id': 1,
        'entries.state': 1,
        'entries.createdAt': 1,
        'entries.verifyUntil': 1,
      },
    )
    .sort({ _id: 1 })
    .lean<RingDocument[]>()
    .exec();
  return found.map(({ _id, version, entries }) => ({ id: _id, version, entries }));
};

/** Opens the outboxes of all of them, for the audit relay. */
export const ringOutboxes = (connection: RecordConnection): OutboxSource[] => [
  outboxOf(modelOn(connection, 'KeyRing', keyRingSchema), 'keyrings'),
  outboxOf(modelOn(connection, 'DataKeys', dataKeySchema), 'datakeys'),
  outboxOf(modelOn(connection, 'PhotoKeys', photoKeySchema), 'photokeys'),
  outboxOf(modelOn(connection, 'AuthorityKeys', authorityKeySchema), 'authoritykeys'),
  outboxOf(modelOn(connection, 'AgreementKeys', agreementKeySchema), 'agreementkeys'),
  outboxOf(modelOn(connection, 'PeerKeys', peerKeySchema), 'peerkeys'),
  outboxOf(modelOn(connection, 'FederationKeys', federationKeySchema), 'federationkeys'),
  outboxOf(modelOn(connection, 'CredentialKeys', credentialKeySchema), 'credentialkeys'),
];

/** A connection refuses to define a model twice; the second time it is asked for the one it has. */
const modelOn = (
  connection: RecordConnection,
  name: string,
  schema: Schema<RingDocument>,
): Model<RingDocument> =>
  connection.modelNames().includes(name)
    ? connection.model<RingDocument>(name)
    : connection.model<RingDocument>(name, schema);

const ringStore = (model: Model<RingDocument>, documentId = loneRingId): RingStore => ({
  async read() {
    const found = await model.findOne({ _id: documentId }).lean<RingDocument>().exec();
    if (!found) return null;
    const { version, masterKeyFingerprint, entries, permanentSecret } = found;
    return { version, masterKeyFingerprint, entries, permanentSecret };
  },

  async insertIfAbsent(record, event) {
    try {
      await model.create({ _id: documentId, ...record, outbox: [event] });
      return true;
    } catch (error) {
      if (hasCode(error, duplicateKeyCode)) return false;
      throw error;
    }
  },

  async swap(expectedVersion, record, event) {
    // The outbox is appended to, never replaced: the relay may be emptying it meanwhile.
    const result = await model
      .updateOne({ _id: documentId, version: expectedVersion }, { $set: record, $push: { outbox: event } })
      .exec();
    return result.matchedCount === 1;
  },
});
