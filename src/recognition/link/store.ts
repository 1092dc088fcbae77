import { Schema } from 'mongoose';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';

/** How it goes with one peer: when it was last asked, what it said, when it is tried again, and who is at it. */
export interface LinkRecord {
  /** The entity identifier of the peer. */
  _id: string;
  /** How many calls in a row came to nothing. */
  tries: number;
  nextTryAt: Date | null;
  failingSince: Date | null;
  /** The code of the last failure; null after an answer. */
  lastFault: string | null;
  /** When a heartbeat was last answered. */
  beatAt: Date | null;
  leaseToken: string;
  leaseUntil: Date;
}

const date = { type: Date, default: null };

const linkSchema = new Schema<LinkRecord>(
  {
    _id: { type: String, required: true },
    tries: { type: Number, required: true },
    nextTryAt: date,
    failingSince: date,
    lastFault: { type: String, default: null },
    beatAt: date,
    leaseToken: { type: String, default: '' },
    leaseUntil: { type: Date, required: true },
  } as never,
  { collection: 'peerlinks', versionKey: false },
);

export type LinkStore = ReturnType<typeof openLinkStore>;

/** Opens the links; nothing in them is an act, so they have no outbox. */
export function openLinkStore(connection: RecordConnection) {
  const links = connection.model<LinkRecord>('PeerLink', linkSchema);
  return {
    ready: async () => {
      await links.init();
    },
    list: () => links.find({}).sort({ _id: 1 }).lean<LinkRecord[]>().exec(),
    /** Adds a link that was never used, unless there is one. */
    begin: (_id: string) => insertOnce(links.create({ _id, tries: 0, leaseUntil: new Date(0) })),
    /** Takes the lease of a link and returns it; null when another process has it. */
    takeLease: (_id: string, { token, now, until }: { token: string; now: Date; until: Date }) =>
      links
        .findOneAndUpdate(
          { _id, leaseUntil: { $lte: now } },
          { $set: { leaseToken: token, leaseUntil: until } },
          { returnDocument: 'after' },
        )
        .lean<LinkRecord>()
        .exec(),
    /** Writes how it went and gives the lease back, if it is still ours. */
    async release(
      { _id, leaseToken }: LinkRecord,
      now: Date,
      changes: Partial<Omit<LinkRecord, '_id'>>,
    ): Promise<void> {
      await links.updateOne({ _id, leaseToken }, { $set: { ...changes, leaseToken: '', leaseUntil: now } });
    },
  };
}
