import { type Model, Schema } from 'mongoose';
import { AppError } from '../base/error.ts';
import type { DomainEvent } from '../base/event.ts';
import { bytesOf } from '../storage/bytes.ts';
import type { RecordConnection } from '../storage/index.ts';
import { isDuplicate } from '../storage/insert.ts';
import { outboxOf, withOutbox } from '../storage/outbox.ts';
import { type AccountRecord, indexWithoutNumber, type PasskeyRecord } from './account.ts';
import type { Evidence } from './evidence.ts';

const binary = { type: Buffer, required: true };
const text = { type: String, required: true };

const evidenceSchema = new Schema<Evidence>(
  { method: text, at: { type: Date, required: true }, digest: text, officer: String } as never,
  { _id: false },
);

const accountSchema = new Schema<AccountRecord>(
  {
    _id: text,
    numberIndex: { ...text, unique: true },
    // Not unique: a family may share one telephone.
    phoneIndex: { type: String, index: { sparse: true } },
    number: Buffer,
    name: Buffer,
    phone: Buffer,
    password: { type: { hash: text, changedAt: { type: Date, required: true } }, _id: false } as never,
    totp: {
      type: {
        secret: binary,
        lastStep: { type: Number, required: true },
        since: { type: Date, required: true },
      },
      _id: false,
    } as never,
    recovery: { type: [String], default: undefined } as never,
    status: text,
    assurance: { type: Number, required: true },
    evidence: { type: [evidenceSchema], default: undefined } as never,
    linked: {
      type: { issuer: text, agreementId: text, claims: binary, at: { type: Date, required: true } },
      _id: false,
    } as never,
    ownerId: { type: String, index: { sparse: true } },
    ownership: { type: { since: { type: Date, required: true }, by: text }, _id: false } as never,
    closing: {
      type: { askedAt: { type: Date, required: true }, dueAt: { type: Date, required: true } },
      _id: false,
    } as never,
    phoneChange: {
      type: {
        phone: binary,
        askedAt: { type: Date, required: true },
        dueAt: { type: Date, required: true },
      },
      _id: false,
    } as never,
    region: text,
    lastSignInAt: Date,
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  } as never,
  { collection: 'accounts', versionKey: false },
);
accountSchema.index({ 'closing.dueAt': 1 }, { sparse: true });
accountSchema.index({ 'phoneChange.dueAt': 1 }, { sparse: true });
withOutbox(accountSchema);

const passkeySchema = new Schema<PasskeyRecord>(
  {
    _id: text,
    accountId: { ...text, index: true },
    publicKey: binary,
    counter: { type: Number, required: true },
    transports: { type: [String], required: true },
    deviceType: text,
    backedUp: { type: Boolean, required: true },
    aaguid: text,
    origin: { type: { format: text, root: text }, _id: false } as never,
    name: text,
    createdAt: { type: Date, required: true },
    lastUsedAt: Date,
    removedAt: Date,
    version: { type: Number, required: true },
  } as never,
  { collection: 'passkeys', versionKey: false },
);
withOutbox(passkeySchema);

const mostPasskeys = 50;
const mostGuests = 50;

/** Runs an insert; turns a duplicate key into the AppError given. */
const insert = async (
  write: Promise<unknown>,
  duplicate: 'account-exists' | 'passkey-duplicate',
): Promise<void> => {
  try {
    await write;
  } catch (error) {
    throw isDuplicate(error) ? new AppError(duplicate) : error;
  }
};

const accountOf = (raw: AccountRecord): AccountRecord => ({
  ...raw,
  ...(raw.number ? { number: bytesOf(raw.number) } : {}),
  ...(raw.name ? { name: bytesOf(raw.name) } : {}),
  ...(raw.phone ? { phone: bytesOf(raw.phone) } : {}),
  ...(raw.phoneChange ? { phoneChange: { ...raw.phoneChange, phone: bytesOf(raw.phoneChange.phone) } } : {}),
  ...(raw.totp ? { totp: { ...raw.totp, secret: bytesOf(raw.totp.secret) } } : {}),
  ...(raw.linked ? { linked: { ...raw.linked, claims: bytesOf(raw.linked.claims) } } : {}),
});

const passkeyOf = (raw: PasskeyRecord): PasskeyRecord => ({ ...raw, publicKey: bytesOf(raw.publicKey) });

/** The outbox is pushed to and never set: the relay may be emptying it meanwhile. */
type Changes<T> = Partial<Omit<T, 'outbox' | 'version'>>;

export type IdentityStore = ReturnType<typeof openIdentityStore>;

/** Opens accounts and passkeys; every change is one compare-and-swap that carries its events. */
export function openIdentityStore(connection: RecordConnection) {
  // What stands beside the domain (net-id) opens the same accounts again.
  const { Account, Passkey } = connection.models;
  const accounts: Model<AccountRecord> = Account ?? connection.model<AccountRecord>('Account', accountSchema);
  const passkeys: Model<PasskeyRecord> = Passkey ?? connection.model<PasskeyRecord>('Passkey', passkeySchema);
  const account = async (filter: Record<string, string>): Promise<AccountRecord | null> => {
    const raw = await accounts.findOne(filter).lean<AccountRecord>().exec();
    return raw === null ? null : accountOf(raw);
  };
  const due = async (field: string, now: Date, limit: number): Promise<string[]> => {
    const found = await accounts
      .find({ [field]: { $lte: now } })
      .select({ _id: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>()
      .exec();
    return found.map(({ _id }) => _id);
  };
  /** The number of an account that is there, for reads that are made for their time only. */
  let standIn: string | undefined;
  const standInNumber = async (): Promise<string> => {
    standIn ??= (await accounts.findOne().select({ numberIndex: 1 }).lean<AccountRecord>().exec())
      ?.numberIndex;
    return standIn ?? '';
  };
  return {
    outboxes: [outboxOf(accounts, 'accounts'), outboxOf(passkeys, 'passkeys')],
    ready: async () => {
      await Promise.all([accounts.init(), passkeys.init()]);
    },
    accountById: (accountId: string) => account({ _id: accountId }),
    accountByNumber: (numberIndex: string) => account({ numberIndex }),
    /**
     * Finds an account by a stranger's word. One read finds and one does not, whether there is such an account or not:
     * what a record costs to read then tells nothing.
     */
    async accountByNumberEvenly(numberIndex: string): Promise<AccountRecord | null> {
      const other = await standInNumber();
      const found = await account({ numberIndex });
      const beside = await account({ numberIndex: found === null ? other : `${numberIndex}:nobody` });
      // One that was closed meanwhile is found no more.
      standIn = (found ?? beside)?.numberIndex;
      return found;
    },
    async guestsOf(ownerId: string): Promise<AccountRecord[]> {
      const found = await accounts
        .find({ ownerId })
        .sort({ _id: 1 })
        .limit(mostGuests)
        .lean<AccountRecord[]>()
        .exec();
      return found.map(accountOf);
    },
    /** Tells whether a telephone stands in the account of a person who is known by number. */
    async isPhoneOfKnown(phoneIndex: string): Promise<boolean> {
      const own = indexWithoutNumber(phoneIndex);
      return (await accounts.exists({ phoneIndex, numberIndex: { $ne: own } })) !== null;
    },
    /** Finds accounts whose time to be closed has come. */
    dueClosings: (now: Date, limit: number) => due('closing.dueAt', now, limit),
    /** Finds accounts whose change of telephone has waited long enough. */
    duePhoneChanges: (now: Date, limit: number) => due('phoneChange.dueAt', now, limit),
    /** Closes an account and takes all out of it that is its person's, if it is still at the version read. */
    async eraseAccount({ _id, version }: AccountRecord, event: DomainEvent): Promise<boolean> {
      const erased = { number: 1, name: 1, phone: 1, phoneIndex: 1, password: 1, totp: 1, recovery: 1 };
      const { matchedCount } = await accounts.updateOne({ _id, version }, {
        // No index of a number has a colon.
        $set: { status: 'closed', numberIndex: `closed:${_id}`, version: version + 1, updatedAt: event.at },
        $unset: {
          ...erased,
          evidence: 1,
          linked: 1,
          ownerId: 1,
          ownership: 1,
          closing: 1,
          phoneChange: 1,
          lastSignInAt: 1,
        },
        $push: { outbox: event },
      } as never);
      return matchedCount === 1;
    },
    insertAccount: (record: AccountRecord) => insert(accounts.create(record), 'account-exists'),
    /** Writes changed fields and an event if the account is still at the version read; returns whether it was. */
    async swapAccount(
      read: AccountRecord,
      changes: Changes<AccountRecord>,
      event: DomainEvent,
    ): Promise<boolean> {
      const { matchedCount } = await accounts.updateOne(
        { _id: read._id, version: read.version },
        { $set: { ...changes, version: read.version + 1, updatedAt: event.at }, $push: { outbox: event } },
      );
      return matchedCount === 1;
    },
    async passkeyById(credentialId: string): Promise<PasskeyRecord | null> {
      const raw = await passkeys.findOne({ _id: credentialId, removedAt: null }).lean<PasskeyRecord>().exec();
      return raw === null ? null : passkeyOf(raw);
    },
    async passkeysOf(accountId: string): Promise<PasskeyRecord[]> {
      const found = await passkeys
        .find({ accountId, removedAt: null })
        .sort({ _id: 1 })
        .limit(mostPasskeys)
        .lean<PasskeyRecord[]>()
        .exec();
      return found.map(passkeyOf);
    },
    insertPasskey: (record: PasskeyRecord) => insert(passkeys.create(record), 'passkey-duplicate'),
    /** Writes changed fields and an event if the passkey is still at the version read; returns whether it was. */
    async swapPasskey(
      read: PasskeyRecord,
      changes: Changes<PasskeyRecord>,
      event: DomainEvent,
    ): Promise<boolean> {
      const { matchedCount } = await passkeys.updateOne(
        { _id: read._id, version: read.version },
        { $set: { ...changes, version: read.version + 1 }, $push: { outbox: event } },
      );
      return matchedCount === 1;
    },
  };
}
