import { type DomainEvent, newEvent } from '../base/event.ts';
import { parseCitizenNumber } from '../terms/citizen-number.ts';
import type { TryOrigin } from './abuse/origin.ts';
import { checkPuzzle } from './abuse/puzzle.ts';
import { refusePassword } from './abuse/refuse.ts';
import { clearAccount } from './abuse/suspicion.ts';
import { checkWait, claimTry, forgetTries } from './abuse/waits.ts';
import type { AccountRecord, SignedIn } from './account.ts';
import { assuranceOf } from './evidence.ts';
import { countOrigin } from './limits.ts';
import { hashPassword, isOutdated, verifyPassword } from './password.ts';
import type { Work } from './ports.ts';
import { checkActive, reachedBy } from './rules.ts';
import { askSecondFactor } from './second-factor/sign-in.ts';
import { writeEvent } from './write-event.ts';

/** A number and a password, and where they come from; `binding` ties puzzle and second factor to one sign-in. */
export interface PasswordTry extends TryOrigin {
  number: string;
  password: string;
  binding?: string;
  /** Of the puzzle that was shown; '' when there was none, or nobody solved it. */
  solution?: string;
}

/**
 * Signs in by ID number and password. An unknown number and a wrong password get the same answer in the same time. While
 * an account waits even the right password is not looked at, or the wait would not slow who guesses; its passkeys, codes
 * and QR sign-in are not held up. Throws citizen-number-…, too-many-requests, sign-in-waits, sign-in-locked, puzzle-…,
 * sign-in-refused, account-not-active, second-factor-needed.
 */
export async function signInWithPassword(work: Work, input: PasswordTry): Promise<SignedIn> {
  const { password, binding, solution = '' } = input;
  const number = parseCitizenNumber(input.number, work.clock);
  const numberIndex = work.blindIndex.of('citizen-number', number);
  await countOrigin(work, input);
  await checkWait(work, numberIndex);
  await checkPuzzle(work, { numberIndex, origin: input, binding, solution });
  const { isLongest } = await claimTry(work, numberIndex);
  const account = await work.store.accountByNumber(numberIndex);

  const right = await verifyPassword(account?.password?.hash, password);
  if (account === null || !right)
    return refusePassword(work, { account, numberIndex, password, origin: input, isLongest });
  checkActive(account);
  await Promise.all([forgetTries(work, numberIndex), clearAccount(work, numberIndex)]);
  const amr = ['pwd'];
  await askSecondFactor(work, account, amr, binding);
  const changes = await changesOf(work, account, password);

  await writeEvent(work, account, eventOf(work, 'account.signed-in', account), changes);

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
  const outdated = account.password ? isOutdated(account.password.hash) : false;
  return {
    lastSignInAt: now,
    ...(outdated ? { password: { hash: await hashPassword(password), changedAt: now } } : {}),
  };
};
