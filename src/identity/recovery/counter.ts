import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { isOpen } from './lifecycle.ts';
import { digestOfKey, endRecovery, insertInSlot, newRecord, newRecoveryKey } from './open.ts';
import type { RecoveryWork } from './ports.ts';
import { tellAsked } from './tell.ts';

/**
 * Makes the request that one officer proposed and another approved; done again under the same name it is the same one.
 * What somebody else had under way for the account is stopped: the person stood at the counter. Throws
 * account-not-active, recovery-open.
 */
export async function openAtCounter(
  work: RecoveryWork,
  { recoveryId, accountId, officers }: { recoveryId: string; accountId: string; officers: string[] },
): Promise<void> {
  if ((await work.recoveries.byId(recoveryId)) !== null) return tellAsked(work, { _id: recoveryId });
  const account = await work.store.accountById(accountId);
  if (account?.status !== 'active') throw new AppError('account-not-active');
  const present = await work.recoveries.openOf(accountId);
  if (present !== null) await endRecovery(work, present, 'stopped', officers[0] ?? 'system');
  const asked = { recoveryId, way: 'counter', isPhoneProven: false, officers } as const;

  const isIn = await insertInSlot(work, newRecord(work, accountId, { ...asked, officers }));
  if (!isIn && (await work.recoveries.byId(recoveryId)) === null) throw new AppError('recovery-open');

  await tellAsked(work, { _id: recoveryId });
}

/**
 * Makes the code of the slip (纸条) that the person takes home, shown this once; the slip before it is void. Only the
 * officer who proposed makes it. Throws recovery-slip-refused.
 */
export async function makeRecoverySlip(
  work: RecoveryWork,
  { recoveryId, officerId }: { recoveryId: string; officerId: string },
): Promise<{ code: string; readyAt: Date; readyAloneAt: Date; expiresAt: Date }> {
  const record = await work.recoveries.byId(recoveryId);
  const isTheirs = record?.way === 'counter' && record.officers[0] === officerId;
  if (record === null || !isTheirs || !isOpen(record, work.clock.now()))
    throw new AppError('recovery-slip-refused');
  const code = newRecoveryKey();
  const { readyAt, readyAloneAt, expiresAt, accountId } = record;
  const event = newEvent(work.clock, 'recovery.slip-made', officerId, { accountId });

  const codeDigest = digestOfKey(work, recoveryId, code);
  if (!(await work.recoveries.swap(record, { codeDigest }, event))) throw new AppError('storage-unavailable');

  return { code, readyAt, readyAloneAt, expiresAt };
}
