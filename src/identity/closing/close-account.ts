/**
 * The end of an account at its person's word (注销). Owns the cooling-off time and what is erased when it is over: all that
 * names or finds the person, and every way to sign in. What stays is the bare record and the audit's references to it; the
 * certificates are the authorities' and stay too. Sessions, agreements and notices are others' to end, before. The time
 * and its stop are our design [D]. Control leaves by a value, or by an AppError with a code.
 */
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { AccountRecord } from '../account.ts';
import type { Work } from '../ports.ts';
import { checkActive } from '../rules.ts';
import { writeEvent } from '../write-event.ts';

const dayMilliseconds = 86_400_000;
const mostAttempts = 5;

/** Begins the cooling-off time; one that runs already goes on. Throws account-not-active. */
export async function askClosing(
  work: Work,
  { accountId, days }: { accountId: string; days: number },
): Promise<{ dueAt: Date }> {
  const account = await activeAccount(work, accountId);
  if (account.closing) return { dueAt: account.closing.dueAt };
  const dueAt = new Date(work.clock.now().getTime() + days * dayMilliseconds);
  const event = newEvent(work.clock, 'account.closing-asked', accountId, { days });
  await writeEvent(work, account, event, { closing: { askedAt: event.at, dueAt } });
  return { dueAt };
}

/** Stops a closing; returns whether one ran. Throws account-not-active. */
export async function stopClosing(work: Work, accountId: string): Promise<boolean> {
  const account = await activeAccount(work, accountId);
  if (!account.closing) return false;
  await writeEvent(work, account, newEvent(work.clock, 'account.closing-stopped', accountId), {
    closing: null,
  });
  return true;
}

/** Closes an account whose time is over; one that was stopped meanwhile, or is closed, is left alone. */
export async function closeAccount(work: Work, accountId: string): Promise<boolean> {
  const { store, clock } = work;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const account = await store.accountById(accountId);
    if (account === null || !isDue(account, clock.now())) return false;
    for (const passkey of await store.passkeysOf(accountId)) {
      const event = newEvent(clock, 'passkey.removed', accountId);
      await store.swapPasskey(passkey, { removedAt: event.at }, event);
    }
    if (await store.eraseAccount(account, newEvent(clock, 'account.closed', accountId))) return true;
  }
  throw new AppError('storage-unavailable');
}

const isDue = ({ status, closing }: AccountRecord, now: Date): boolean =>
  status === 'active' && !!closing && closing.dueAt <= now;

const activeAccount = async ({ store }: Work, accountId: string): Promise<AccountRecord> => {
  const account = await store.accountById(accountId);
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  return account;
};
