import { AppError } from '../base/error.ts';
import type { DomainEvent } from '../base/event.ts';
import type { AccountRecord } from './account.ts';
import type { Work } from './ports.ts';

const mostAttempts = 5;

/**
 * Writes what happened to an account; when someone else wrote meanwhile it reads again, as the event stands anyway.
 * Throws storage-unavailable.
 */
export async function writeEvent(
  work: Pick<Work, 'store'>,
  account: AccountRecord,
  event: DomainEvent,
  changes: Partial<AccountRecord> = {},
): Promise<void> {
  let read: AccountRecord | null = account;
  for (let attempt = 0; attempt < mostAttempts && read !== null; attempt += 1) {
    if (await work.store.swapAccount(read, changes, event)) return;
    read = await work.store.accountById(account._id);
  }
  throw new AppError('storage-unavailable');
}
