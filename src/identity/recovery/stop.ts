import { AppError } from '../../base/error.ts';
import { isOpen } from './lifecycle.ts';
import { endRecovery } from './open.ts';
import type { RecoveryWork } from './ports.ts';
import { type OpenRecovery, type RecoveryRecord, viewRecovery } from './recovery.ts';
import { digestOfStop, tellOwner } from './tell.ts';

const mostAttempts = 5;

/** Finds the recovery that is under way for an account; null when there is none. */
export async function pendingRecovery(
  { recoveries, clock }: RecoveryWork,
  accountId: string,
): Promise<OpenRecovery | null> {
  const record = await recoveries.openOf(accountId);
  return record !== null && isOpen(record, clock.now()) ? viewRecovery(record) : null;
}

/** Stops what is under way for an account, at its owner's word; returns whether anything was. */
export async function stopRecovery(work: RecoveryWork, accountId: string): Promise<boolean> {
  return stop(work, () => work.recoveries.openOf(accountId));
}

/** Tells whether the link in a message still stops something. */
export async function isStopLink(work: RecoveryWork, token: string): Promise<boolean> {
  const record = await work.recoveries.byStopDigest(digestOfStop(work, token));
  return record !== null && isOpen(record, work.clock.now());
}

/** Stops a recovery by the link in the message. Throws recovery-missing. */
export async function stopRecoveryByLink(work: RecoveryWork, token: string): Promise<void> {
  const find = (): Promise<RecoveryRecord | null> => work.recoveries.byStopDigest(digestOfStop(work, token));
  if (!(await stop(work, find))) throw new AppError('recovery-missing');
}

const stop = async (work: RecoveryWork, find: () => Promise<RecoveryRecord | null>): Promise<boolean> => {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const record = await find();
    if (record === null || !isOpen(record, work.clock.now())) return false;
    if (!(await endRecovery(work, record, 'stopped', record.accountId))) continue;
    await tellOwner(work, record.accountId, 'recovery-stopped');
    return true;
  }
  throw new AppError('storage-unavailable');
};
