import { AppError } from '../base/error.ts';
import { type DomainEvent, newEvent } from '../base/event.ts';
import { parseCitizenNumber } from '../terms/citizen-number.ts';
import type { AccountRecord, SignedIn } from './account.ts';
import { assuranceOf } from './evidence.ts';
import { countTry, forgetTries } from './limits.ts';
import { hashPassword, isOutdated, verifyPassword } from './password.ts';
import type { Work } from './ports.ts';
import { checkActive, reachedBy } from './rules.ts';
import { askSecondFactor } from './second-factor/sign-in.ts';
import { writeEvent } from './write-event.ts';

/**
 * Signs in by ID number and password. An unknown number and a wrong password get the same answer in the same time.
 * Throws citizen-number-…, sign-in-locked, too-many-requests, sign-in-refused, account-not-active,
 * second-factor-needed.
 */
export async function signInWithPassword(
  work: Work,
  input: { number: string; password: string; address: string; binding?: string },
): Promise<SignedIn> {
  const number = parseCitizenNumber(input.number, work.clock);
  const numberIndex = work.blindIndex.of('citizen-number', number);
  await countTry(work, numberIndex, input.address);
  const account = await work.store.accountByNumber(numberIndex);

  const right = await verifyPassword(account?.password?.hash, input.password);
  if (account === null || !right) {
    if (account !== null) await writeEvent(work, account, eventOf(work, 'account.sign-in-refused', account));
    throw new AppError('sign-in-refused');
  }
  checkActive(account);
  const amr = ['pwd'];
  await askSecondFactor(work, account, amr, input.binding);
  const changes = await changesOf(work, account, input.password);

  await writeEvent(work, account, eventOf(work, 'account.signed-in', account), changes);

  await forgetTries(work, numberIndex);
  return { accountId: account._id, amr, assurance: reachedBy(amr, assuranceOf(account, work.clock.now())) };
}

const eventOf = ({ clock }: Work, type: string, { _id }: AccountRecord): DomainEvent =>
  newEvent(clock, type, _id, { method: 'pwd' });

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
