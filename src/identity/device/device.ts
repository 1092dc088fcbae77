import type { DomainEvent } from '../../base/event.ts';
import type { PlaceName } from '../../terms/place.ts';
import type { BrowserFamily, BrowserSystem } from './browser-kind.ts';

/** A browser an account was signed in at (设备). `_id` is a keyed digest of the account and the browser's cookie. */
export interface DeviceRecord {
  _id: string;
  accountId: string;
  family: BrowserFamily;
  system: BrowserSystem;
  /** The network last signed in from, masked. */
  network: string;
  /** Where that is; null when not known, absent in records from before. */
  place?: PlaceName | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** Set when the person had it forgotten: at the next sign-in it is new again. */
  forgottenAt: Date | null;
  outbox: DomainEvent[];
}

/** A device as its owner sees it in a list. */
export interface DeviceSummary extends Omit<DeviceRecord, '_id' | 'forgottenAt' | 'outbox'> {
  deviceId: string;
}

/** Tells what its owner sees of a device. */
export const summaryOf = ({ _id, forgottenAt: _, outbox: __, ...seen }: DeviceRecord): DeviceSummary => ({
  ...seen,
  deviceId: _id,
});
