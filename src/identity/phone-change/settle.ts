import { newEvent } from '../../base/event.ts';
import { parsePhoneNumber } from '../../terms/phone-number.ts';
import { pendingContext } from './ask.ts';
import type { PendingPhoneChange, PhoneChangeWork } from './ports.ts';
import { changeAccount, withPhone } from './rules.ts';
import { tellChanged, tellStopped } from './tell.ts';

const atOnce = 100;

/** Finds the change that waits for an account; null when there is none. */
export async function pendingPhoneChange(
  { store, cipher }: PhoneChangeWork,
  accountId: string,
): Promise<PendingPhoneChange | null> {
  const pending = (await store.accountById(accountId))?.phoneChange;
  if (!pending) return null;
  const { phone, askedAt, dueAt } = pending;
  return { phone: cipher.open(phone, pendingContext(accountId)), askedAt, dueAt };
}

/** Stops what waits, at the owner's word; returns whether anything did. */
export async function stopPhoneChange(work: PhoneChangeWork, accountId: string): Promise<boolean> {
  const before = await changeAccount(work, accountId, (account) =>
    account?.phoneChange
      ? {
          changes: { phoneChange: null },
          event: newEvent(work.clock, 'account.phone-change-stopped', accountId),
        }
      : null,
  );
  if (before !== null) await tellStopped(work, before);
  return before !== null;
}

/** Makes the changes whose wait is over; returns how many. */
export async function sweepPhoneChanges(work: PhoneChangeWork): Promise<number> {
  const due = await work.store.duePhoneChanges(work.clock.now(), atOnce);
  for (const accountId of due) await settle(work, accountId);
  return due.length;
}

/** One that was stopped meanwhile is left alone; that of an account which is not active any more comes to nothing. */
const settle = async (work: PhoneChangeWork, accountId: string): Promise<void> => {
  const pending = await pendingPhoneChange(work, accountId);
  if (pending === null) return;
  const phone = parsePhoneNumber(pending.phone);
  const before = await changeAccount(work, accountId, (account) => {
    if (account?.phoneChange?.dueAt.getTime() !== pending.dueAt.getTime()) return null;
    if (account.status !== 'active')
      return {
        changes: { phoneChange: null },
        event: newEvent(work.clock, 'account.phone-change-stopped', 'system', { accountId }),
      };
    return {
      changes: withPhone(work, account, { phone, provenAt: pending.askedAt }),
      event: newEvent(work.clock, 'account.phone-changed', accountId, { way: 'passkey' }),
    };
  });
  if (before?.status === 'active') await tellChanged(work, before, phone);
};
