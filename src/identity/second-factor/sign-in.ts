import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { TryOrigin } from '../abuse/origin.ts';
import { forgetTries } from '../abuse/waits.ts';
import type { AccountRecord, SignedIn } from '../account.ts';
import { assuranceOf } from '../evidence.ts';
import { countTry } from '../limits.ts';
import type { Work } from '../ports.ts';
import { checkActive, reachedBy } from '../rules.ts';
import { writeEvent } from '../write-event.ts';
import { digestOfRecoveryCode } from './recovery-codes.ts';
import { openSecret } from './set-up.ts';
import { stepOfCode } from './totp.ts';

const pendingTtlSeconds = 300;

/** A sign-in whose first factor was right. */
interface Pending {
  accountId: string;
  amr: string[];
}

const pendingKey = (binding: string): string => `second-factor:${binding}`;
/** A count of its own: wrong passwords do not hold up the second factor, nor this one the password. */
const whoOf = (accountId: string): string => `second-factor:${accountId}`;

/**
 * Stops a sign-in that one factor would open where the account has an app too, and remembers under the binding that the
 * first was right. Throws second-factor-needed; without a binding the sign-in cannot go on.
 */
export async function askSecondFactor(
  work: Work,
  account: AccountRecord,
  amr: string[],
  binding: string | undefined,
): Promise<void> {
  if (!account.totp) return;
  const pending: Pending = { accountId: account._id, amr };
  if (binding !== undefined)
    await work.ephemeral.put(pendingKey(binding), JSON.stringify(pending), {
      ttlSeconds: pendingTtlSeconds,
    });
  throw new AppError('second-factor-needed');
}

/** What comes after a first factor that was right, and from where. */
export interface SecondFactorTry extends TryOrigin {
  binding: string;
  code: string;
}

/**
 * Finishes a sign-in by a code of the app or a recovery code; each serves once. Wrong ones make the account's second
 * factor wait as wrong passwords do, and an address has its limit. Throws second-factor-expired, too-many-requests,
 * sign-in-waits, sign-in-locked, second-factor-refused, account-not-active.
 */
export async function finishSecondFactor(work: Work, input: SecondFactorTry): Promise<SignedIn> {
  const { binding, code } = input;
  const entry = await work.ephemeral.get(pendingKey(binding));
  if (entry === null) throw new AppError('second-factor-expired');
  const { accountId, amr: first } = JSON.parse(entry.value) as Pending;
  await countTry(work, whoOf(accountId), input);
  const account = await work.store.accountById(accountId);
  if (account === null) throw new AppError('second-factor-expired');
  checkActive(account);

  const used = use(work, account, code);
  if (used === null) {
    await writeEvent(work, account, newEvent(work.clock, 'account.second-factor-refused', accountId));
    throw new AppError('second-factor-refused');
  }

  // Not written again over another's write: a code that two use at once serves one of them.
  const event = newEvent(work.clock, 'account.signed-in', accountId, { method: used.method });
  const now = work.clock.now();
  if (!(await work.store.swapAccount(account, { ...used.changes, lastSignInAt: now }, event)))
    throw new AppError('second-factor-refused');

  await Promise.all([work.ephemeral.delete(pendingKey(binding)), forgetTries(work, whoOf(accountId))]);
  const amr = [...first, 'otp', 'mfa'];
  return { accountId, amr, assurance: reachedBy(amr, assuranceOf(account, now)) };
}

const use = (
  work: Work,
  account: AccountRecord,
  code: string,
): { method: 'totp' | 'recovery-code'; changes: Partial<AccountRecord> } | null => {
  const { totp, recovery = [] } = account;
  if (!totp) return null;
  const secret = openSecret(work, account._id, totp.secret);
  const given = code.normalize('NFKC').replace(/\s/g, '');
  const step = stepOfCode(secret, given, { at: work.clock.now(), after: totp.lastStep });
  if (step !== null) return { method: 'totp', changes: { totp: { ...totp, lastStep: step } } };
  const digest = digestOfRecoveryCode(work, account._id, code);
  const left = recovery.filter((kept) => kept !== digest);
  return left.length < recovery.length ? { method: 'recovery-code', changes: { recovery: left } } : null;
};
