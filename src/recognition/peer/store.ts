import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { StoreDeps } from '../ports.ts';
import type { PeerRecord } from './peer.ts';

const text = { type: String, required: true };

const peerSchema = new Schema<PeerRecord>(
  {
    _id: text,
    regionCode: text,
    regionPrefix: text,
    name: text,
    keys: { type: [Schema.Types.Mixed], required: true },
    state: text,
    vouchedBy: { type: String, default: null },
    comparedBy: { type: [String], required: true },
    keySet: { type: String, default: null },
    version: { type: Number, required: true },
    changedAt: { type: Date, default: null },
  } as never,
  { collection: 'peers', versionKey: false },
)
  .index({ regionCode: 1 }, { unique: true })
  .index({ regionPrefix: 1 })
  .index({ changedAt: 1 });
withOutbox(peerSchema);

/** The outbox is pushed to and never set: the relay may be emptying it meanwhile. */
export type PeerChanges = Partial<Omit<PeerRecord, '_id' | 'outbox' | 'version'>>;

export type PeerStore = ReturnType<typeof openPeerStore>;

/** Opens the other regions; every change is one compare-and-swap that carries its event. */
export function openPeerStore(connection: RecordConnection, { clock, written }: StoreDeps) {
  const peers = connection.model<PeerRecord>('Peer', peerSchema);
  return {
    outbox: outboxOf(peers, 'peers'),
    ready: async () => {
      await peers.init();
    },
    byId: (entityId: string) => peers.findOne({ _id: entityId }).lean<PeerRecord>().exec(),
    /** Reads the regions whose code or prefix is one of those given. */
    async named(codes: readonly string[]): Promise<PeerRecord[]> {
      const found = await Promise.all(
        ['regionCode', 'regionPrefix'].map((path) =>
          peers
            .find({ [path]: { $in: codes } })
            .lean<PeerRecord[]>()
            .exec(),
        ),
      );
      return [...new Map(found.flat().map((peer) => [peer._id, peer])).values()];
    },
    changedSince: (at: Date | null) =>
      peers
        .find(at === null ? {} : { changedAt: { $gte: at } })
        .lean<PeerRecord[]>()
        .exec(),
    stampOf: ({ version, keySet }: PeerRecord): string => `${version} ${keySet}`,
    list: () => peers.find({}).sort({ regionCode: 1 }).lean<PeerRecord[]>().exec(),
    /** Adds a peer; false when its server or its region is registered. */
    insert: (record: PeerRecord): Promise<boolean> =>
      insertOnce(peers.create({ ...record, changedAt: clock.now() } as never)),
    /** Writes changes and an event if the record is still at the version read; returns whether it was. */
    async swap({ _id, version }: PeerRecord, changes: PeerChanges, event: DomainEvent): Promise<boolean> {
      const { matchedCount } = await peers.updateOne({ _id, version }, {
        $set: { ...changes, version: version + 1, changedAt: clock.now() },
        $push: { outbox: event },
      } as never);
      written();
      return matchedCount === 1;
    },
    /** Keeps a key set if the record is still at the version read: which keys verified it has not changed meanwhile. */
    async keepKeySet({ _id, version }: PeerRecord, keySet: string): Promise<boolean> {
      const { matchedCount } = await peers.updateOne({ _id, version }, {
        $set: { keySet, changedAt: clock.now() },
      } as never);
      return matchedCount === 1;
    },
  };
}
