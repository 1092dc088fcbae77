import { AppError } from '../base/error.ts';
import { type Officer, viewOfficer } from './officer.ts';
import type { Work } from './ports.ts';

/** The least level at which the person of an officer's account is known; our design, as the console asks for it. */
export const officerLevel = 3;

/** Tells whether a citizen's account may stand behind an officer. */
export async function mayStandBehind(
  work: Pick<Work, 'accountStanding'>,
  accountId: string,
): Promise<boolean> {
  const standing = await work.accountStanding(accountId);
  return standing?.isActive === true && standing.level >= officerLevel;
}

/** Stops an officer whose citizen's account is closed, frozen or fell below the level. Throws officer-account-stopped. */
export async function checkAccount(
  work: Work,
  { accountId }: { accountId?: string | null | undefined },
): Promise<void> {
  if (accountId && !(await mayStandBehind(work, accountId))) throw new AppError('officer-account-stopped');
}

/** Finds an officer who may work now: active, and not stopped by how their citizen's account stands; null for any other. */
export async function findAtWork(work: Work, officerId: string): Promise<Officer | null> {
  const record = await work.store.byId(officerId);
  if (record === null || record.state !== 'active') return null;
  const { accountId } = record;
  const isStopped = accountId ? !(await mayStandBehind(work, accountId)) : false;
  return isStopped ? null : viewOfficer(work.cipher, record);
}
