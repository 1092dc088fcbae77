import { Schema } from 'mongoose';
import { AppError } from '../base/error.ts';
import type { DomainEvent } from '../base/event.ts';
import { bytesOf } from '../storage/bytes.ts';
import type { RecordConnection } from '../storage/index.ts';
import { isDuplicate } from '../storage/insert.ts';
import { outboxOf, withOutbox } from '../storage/outbox.ts';
import type { OfficerRecord } from './officer.ts';
import type { Role } from './permissions.ts';

const text = { type: String, required: true };
const instant = { type: Date, required: true };
const number = { type: Number, required: true };

const passkeySchema = new Schema(
  {
    credentialId: text,
    publicKey: { type: Buffer, required: true },
    counter: number,
    transports: { type: [String], required: true },
    deviceType: text,
    backedUp: { type: Boolean, required: true },
    aaguid: text,
    createdAt: instant,
    lastUsedAt: { type: Date, default: null },
  },
  { _id: false },
);

const officerSchema = new Schema<OfficerRecord>(
  {
    _id: text,
    name: Buffer,
    regionCode: text,
    roles: { type: [String], required: true },
    authority: { type: { code: text, name: text, _id: false }, default: null } as never,
    state: text,
    accountId: String,
    awaitsPasskey: Boolean,
    passkeyProposal: String,
    passkeys: { type: [passkeySchema], required: true },
    invitation: { type: { digest: text, expiresAt: instant, _id: false }, default: null } as never,
    invitedBy: text,
    version: number,
    createdAt: instant,
    updatedAt: instant,
  } as never,
  { collection: 'officers', versionKey: false },
)
  .index({ regionCode: 1, _id: 1 })
  .index({ state: 1, _id: 1 })
  // A person is one officer: who could be two would answer what they proposed.
  .index({ accountId: 1 }, { unique: true, sparse: true })
  // Sparse: an officer who has not joined holds none, and a passkey is one officer's.
  .index({ 'passkeys.credentialId': 1 }, { unique: true, sparse: true });
withOutbox(officerSchema);

const officerOf = (raw: OfficerRecord): OfficerRecord => ({
  ...raw,
  ...(raw.name ? { name: bytesOf(raw.name) } : {}),
  passkeys: raw.passkeys.map((passkey) => ({ ...passkey, publicKey: bytesOf(passkey.publicKey) })),
});

/** The outbox is pushed to and never set: the relay may be emptying it meanwhile. */
export type OfficerChanges = Partial<Omit<OfficerRecord, '_id' | 'outbox' | 'version'>>;

/** A place in the list of officers, which runs by region and identifier. */
export interface OfficerPlace {
  regionCode: string;
  officerId: string;
}

export type StaffStore = ReturnType<typeof openStaffStore>;

/** Opens the officers; every change is one compare-and-swap that carries its event. */
export function openStaffStore(connection: RecordConnection) {
  const officers = connection.model<OfficerRecord>('Officer', officerSchema);
  const one = async (filter: Record<string, unknown>): Promise<OfficerRecord | null> => {
    const raw = await officers.findOne(filter).lean<OfficerRecord>().exec();
    return raw === null ? null : officerOf(raw);
  };
  return {
    outbox: outboxOf(officers, 'officers'),
    ready: async () => {
      await officers.init();
    },
    byId: (officerId: string) => one({ _id: officerId }),
    byCredential: (credentialId: string) => one({ 'passkeys.credentialId': credentialId }),
    byAccount: (accountId: string) => one({ accountId }),
    activeWith: (role: Role) => one({ state: 'active', roles: role }),
    /** Finds a founder who has a link and has not joined. */
    invitedFounder: (role: Role) => one({ state: 'invited', invitedBy: 'bootstrap', roles: role }),
    async insert(record: OfficerRecord): Promise<void> {
      await officers.create(record);
    },
    /** Lists officers of a range of regions behind a place; whom nobody agreed on is left out. */
    async list(
      range: { $gte: string; $lte: string },
      after: OfficerPlace | null,
      limit: number,
    ): Promise<OfficerRecord[]> {
      const behind =
        after === null
          ? {}
          : {
              $or: [
                { regionCode: { $gt: after.regionCode } },
                { regionCode: after.regionCode, _id: { $gt: after.officerId } },
              ],
            };
      const found = await officers
        .find({ regionCode: range, state: { $ne: 'declined' }, ...behind } as never)
        .sort({ regionCode: 1, _id: 1 })
        .limit(limit)
        .lean<OfficerRecord[]>()
        .exec();
      return found.map(officerOf);
    },
    /**
     * Writes changes and an event if the officer is still at the version read; returns whether. Throws passkey-duplicate,
     * officer-account-taken.
     */
    async swap(
      { _id, version }: OfficerRecord,
      changes: OfficerChanges,
      event: DomainEvent,
    ): Promise<boolean> {
      try {
        const { accountId, ...rest } = changes;
        // Not null: the index would take it for one account that every such officer has.
        const tie = accountId === null ? { $unset: { accountId: 1 } } : {};
        const tied = accountId ? { accountId } : {};
        const { matchedCount } = await officers.updateOne({ _id, version }, {
          $set: { ...rest, ...tied, version: version + 1, updatedAt: event.at },
          ...tie,
          $push: { outbox: event },
        } as never);
        return matchedCount === 1;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        throw new AppError(changes.accountId ? 'officer-account-taken' : 'passkey-duplicate');
      }
    },
  };
}
