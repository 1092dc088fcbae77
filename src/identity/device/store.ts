import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { insertOnce } from '../../storage/insert.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { DeviceRecord } from './device.ts';

const text = { type: String, required: true };
const instant = { type: Date, required: true };

const deviceSchema = new Schema<DeviceRecord>(
  {
    _id: text,
    accountId: text,
    family: text,
    system: text,
    network: text,
    place: Schema.Types.Mixed,
    firstSeenAt: instant,
    lastSeenAt: instant,
    forgottenAt: { type: Date, default: null },
  } as never,
  { collection: 'devices', versionKey: false },
).index({ accountId: 1, lastSeenAt: 1 });
withOutbox(deviceSchema);

const mostDevices = 50;

/** What a sign-in writes of the device it came from. */
export type Sighting = Pick<DeviceRecord, 'family' | 'system' | 'network' | 'place' | 'lastSeenAt'>;

export type DeviceStore = ReturnType<typeof openDeviceStore>;

/** Opens the devices; each write is one, and its filter says what must stand for it. */
export function openDeviceStore(connection: RecordConnection) {
  const devices = connection.model<DeviceRecord>('Device', deviceSchema);
  const change = async (filter: Record<string, unknown>, update: object): Promise<boolean> =>
    (await devices.updateOne(filter, update)).matchedCount === 1;
  return {
    outboxes: [outboxOf(devices, 'devices')],
    ready: async () => {
      await devices.init();
    },
    insert: (record: DeviceRecord) => insertOnce(devices.create(record)),
    /** Writes that a device was seen again; false when it is not known, or was forgotten. */
    see: (_id: string, seen: Sighting) => change({ _id, forgottenAt: null }, { $set: seen }),
    /** Takes a device that was forgotten as new; false when another did. */
    seeAnew: (_id: string, seen: Sighting, event: DomainEvent) =>
      change(
        { _id, forgottenAt: { $ne: null } },
        {
          $set: { ...seen, firstSeenAt: seen.lastSeenAt, forgottenAt: null },
          $push: { outbox: event },
        },
      ),
    forget: (_id: string, accountId: string, event: DomainEvent) =>
      change(
        { _id, accountId, forgottenAt: null },
        { $set: { forgottenAt: event.at }, $push: { outbox: event } },
      ),
    hasAny: async (accountId: string) => (await devices.exists({ accountId })) !== null,
    /** Finds the devices of an account, the one seen last first. */
    listOf: (accountId: string) =>
      devices
        .find({ accountId, forgottenAt: null })
        .sort({ lastSeenAt: -1, _id: 1 })
        .limit(mostDevices)
        .lean<DeviceRecord[]>()
        .exec(),
  };
}
