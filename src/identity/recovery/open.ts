import { randomInt } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import type { AccountRecord } from '../account.ts';
import { keepAttempt } from './attempt.ts';
import { isOpen, timesOf } from './lifecycle.ts';
import type { RecoveryWork } from './ports.ts';
import { type OpenRecovery, type RecoveryRecord, type RecoveryWay, viewRecovery } from './recovery.ts';
import { tellAsked } from './tell.ts';

/** A request that was made, with the code to go on by, which is shown this once. */
export interface AskedRecovery {
  recovery: OpenRecovery;
  code: string;
}

const length = 16;
/** No 0/O, 1/I/L: it is copied by hand. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** Makes a code of 79 bits by which one goes on with a recovery, in groups of four. */
export const newRecoveryKey = (): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-');

/** Returns what is kept of such a code; spaces, dashes and case do not matter. */
export const digestOfKey = ({ blindIndex }: RecoveryWork, recoveryId: string, code: string): string => {
  const bare = code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  return blindIndex.of('recovery-key', `${recoveryId}:${bare}`);
};

/** Makes the request of someone who has shown enough, and tells the owner. Throws recovery-open. */
export async function openRecovery(
  work: RecoveryWork,
  account: AccountRecord,
  asked: { binding: string; way: 'codes' | 'face'; isPhoneProven: boolean },
): Promise<AskedRecovery> {
  const [recoveryId, code] = [newId(), newRecoveryKey()];
  const record = {
    ...newRecord(work, account._id, { ...asked, recoveryId, officers: [] }),
    codeDigest: digestOfKey(work, recoveryId, code),
  };

  if (!(await insertInSlot(work, record))) throw new AppError('recovery-open');

  await tellAsked(work, record);
  await keepAttempt(work, asked.binding, {
    way: 'continue',
    accountId: account._id,
    numberIndex: account.numberIndex,
    recoveryId,
    isPhoneProven: asked.isPhoneProven,
  });
  return { recovery: viewRecovery(record), code };
}

/** Makes the record of a request of now. */
export function newRecord(
  work: RecoveryWork,
  accountId: string,
  of: { recoveryId: string; way: RecoveryWay; isPhoneProven: boolean; officers: string[] },
): RecoveryRecord {
  const { recoveryId, way, officers } = of;
  const now = work.clock.now();
  const event = newEvent(work.clock, 'recovery.asked', officers[0] ?? accountId, { way, accountId });
  return {
    _id: recoveryId,
    accountId,
    openSlot: accountId,
    way,
    state: 'waiting',
    askedAt: now,
    ...timesOf(of, work.delays, now),
    codeDigest: null,
    stopDigest: null,
    told: false,
    officers,
    completion: null,
    settled: true,
    version: 1,
    outbox: [event],
  };
}

/** Inserts a request; one whose time is over makes room for it. False when the account has one that is open. */
export async function insertInSlot(work: RecoveryWork, record: RecoveryRecord): Promise<boolean> {
  if (await work.recoveries.insert(record)) return true;
  const present = await work.recoveries.openOf(record.accountId);
  if (present !== null && isOpen(present, work.clock.now())) return false;
  if (present !== null) await endRecovery(work, present, 'expired', 'system');
  return work.recoveries.insert(record);
}

/** Ends a request without a new passkey; false when it had moved on meanwhile. */
export const endRecovery = (
  work: RecoveryWork,
  read: RecoveryRecord,
  state: 'stopped' | 'expired',
  actor: string,
): Promise<boolean> => {
  const { _id, accountId, way } = read;
  const event = newEvent(work.clock, `recovery.${state}`, actor, { way, accountId });
  return work.recoveries.swap(read, { state, openSlot: _id, codeDigest: null, stopDigest: null }, event);
};
