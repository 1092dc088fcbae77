import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { parseCitizenNumber } from '../terms/citizen-number.ts';
import type { AccountRecord, SignedIn } from './account.ts';
import { countTry, forgetTries } from './limits.ts';
import { hashPassword, isOutdated, verifyPassword } from './password.ts';
import type { Work } from './ports.ts';
import { assuranceByPassword, checkActive } from './rules.ts';

const mostAttempts = 5;

/**
 * Signs in by ID number and password. An unknown number and a wrong password get the same answer in the same time.
 * Throws citizen-number-…, sign-in-locked, too-many-requests, sign-in-refused, account-not-active.
 */
export async function signInWithPassword(
  work: Work,
  input: { number: string; password: string; address: string },
): Promise<SignedIn> {
  const number = parseCitizenNumber(input.number, work.clock);
  const numberIndex = work.blindIndex.of('citizen-number', number);
  await countTry(work, numberIndex, input.address);
  const account = await work.store.accountByNumber(numberIndex);

  const right = await verifyPassword(account?.password?.hash, input.password);
  if (account === null || !right) {
    if (account !== null) await writeEvent(work, account, 'account.sign-in-refused', {});
    throw new AppError('sign-in-refused');
  }
  checkActive(account);
  const changes = await changesOf(work, account, input.password);

  await writeEvent(work, account, 'account.signed-in', changes);

  await forgetTries(work, numberIndex);
  return { accountId: account._id, amr: ['pwd'], assurance: assuranceByPassword(account.assurance) };
}

const changesOf = async (
  work: Work,
  account: AccountRecord,
  password: string,
): Promise<Partial<AccountRecord>> => {
  const now = work.clock.now();
  const outdated = account.password !== undefined && isOutdated(account.password.hash);
  return {
    lastSignInAt: now,
    ...(outdated ? { password: { hash: await hashPassword(password), changedAt: now } } : {}),
  };
};

/** Writes what happened to an account; when someone else wrote meanwhile it reads again, as the event stands anyway. */
export async function writeEvent(
  work: Work,
  account: AccountRecord,
  type: string,
  changes: Partial<AccountRecord>,
): Promise<void> {
  const event = newEvent(work.clock, type, account._id, { method: 'pwd' });
  let read: AccountRecord | null = account;
  for (let attempt = 0; attempt < mostAttempts && read !== null; attempt += 1) {
    if (await work.store.swapAccount(read, changes, event)) return;
    read = await work.store.accountById(account._id);
  }
  throw new AppError('storage-unavailable');
}
