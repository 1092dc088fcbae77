/**
 * The browsers an account was signed in at. Owns when each was first and last seen, its kind, masked network and place, and
 * tells the person of one that was never seen before, by notice and where there is a telephone by message. It does not
 * own the cookie that tells browsers apart (the edge does): here is a keyed digest of it, another for each account, so
 * that nobody learns from the records that two people share a browser. Nor does it own sessions: to forget a device ends
 * none. Control leaves by a value or an AppError with a code; what happened rides in the device's outbox.
 */
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { OutboxSource } from '../../storage/outbox.ts';
import { nameOfPlace, type Place } from '../../terms/place.ts';
import { watchTravel } from '../abuse/travel.ts';
import type { Work } from '../ports.ts';
import { browserKindOf } from './browser-kind.ts';
import { type DeviceSummary, summaryOf } from './device.ts';
import type { DeviceStore, Sighting } from './store.ts';
import { tellNewDevice } from './tell-new-device.ts';

/** A sign-in as the edge saw it. */
export interface DeviceSeen {
  accountId: string;
  /** What the browser's cookie holds. */
  token: string;
  userAgent: string;
  /** The network address, masked. */
  network: string;
  /** Where it is; null when not known. */
  place?: Place | null;
}

/** What can be asked about devices. */
export interface Devices {
  /** Notes the browser of a sign-in that holds; of one never seen for the account the person is told. */
  seeDevice(seen: DeviceSeen): Promise<void>;
  /** Lists the devices of an account, the one seen last first. */
  listDevices(accountId: string): Promise<DeviceSummary[]>;
  /** Tells which device of an account a browser is, by what its cookie holds. */
  deviceIdOf(accountId: string, token: string): string;
  /** Forgets a device: a sign-in from it is told as new. Throws device-missing. */
  forgetDevice(input: { accountId: string; deviceId: string }): Promise<void>;
}

/** Opens the devices on their store. */
export function createDevices(
  work: Work,
  store: DeviceStore,
): Devices & { outboxes: readonly OutboxSource[]; ready(): Promise<void> } {
  const deviceIdOf = (accountId: string, token: string): string =>
    work.blindIndex.of('device', `${accountId}:${token}`);
  return {
    outboxes: store.outboxes,
    ready: store.ready,
    deviceIdOf,
    seeDevice: (seen) => seeDevice(work, store, deviceIdOf(seen.accountId, seen.token), seen),
    listDevices: async (accountId) => (await store.listOf(accountId)).map(summaryOf),
    async forgetDevice({ accountId, deviceId }) {
      const event = newEvent(work.clock, 'device.forgotten', accountId);
      if (!(await store.forget(deviceId, accountId, event))) throw new AppError('device-missing');
    },
  };
}

/** How long after an account is made its first browser is the one it was made in, and no news. */
const registrationSeconds = 1800;

const seeDevice = async (
  work: Work,
  store: DeviceStore,
  deviceId: string,
  { accountId, userAgent, network, place = null }: DeviceSeen,
): Promise<void> => {
  const kind = browserKindOf(userAgent);
  const now = work.clock.now();
  const seen: Sighting = { ...kind, network, place: place && nameOfPlace(place), lastSeenAt: now };
  await watchTravel(work, { accountId, place, network });
  if (await store.see(deviceId, seen)) return;

  const [account, hadAny] = await Promise.all([work.store.accountById(accountId), store.hasAny(accountId)]);
  if (account === null) return;

  const event = newEvent(work.clock, 'device.first-seen', accountId, { ...kind });
  const isNews = hadAny || now.getTime() - account.createdAt.getTime() > registrationSeconds * 1000;
  const record = { ...seen, _id: deviceId, accountId, firstSeenAt: now, forgottenAt: null, outbox: [event] };
  const isFirst = (await store.insert(record)) || (await store.seeAnew(deviceId, seen, event));

  if (isFirst && isNews) await tellNewDevice(work, account, kind, place);
};
