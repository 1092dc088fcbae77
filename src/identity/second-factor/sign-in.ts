import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { AccountRecord, SignedIn } from '../account.ts';
import { assuranceOf } from '../evidence.ts';
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
const triesKey = (accountId: string): string => `limit:second-factor:${accountId}`;

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

/**
 * Finishes a sign-in by a code of the app or a recovery code; each serves once. Throws second-factor-expired,
 * second-factor-locked {waitMinutes}, second-factor-refused, account-not-active.
 */
export async function finishSecondFactor(
  work: Work,
  { binding, code }: { binding: string; code: string },
): Promise<SignedIn> {
  const entry = await work.ephemeral.get(pendingKey(binding));
  if (entry === null) throw new AppError('second-factor-expired');
  const { accountId, amr: first } = JSON.parse(entry.value) as Pending;
  await countTry(work, accountId);
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

  await Promise.all([work.ephemeral.delete(pendingKey(binding)), work.ephemeral.delete(triesKey(accountId))]);
  const amr = [...first, 'otp', 'mfa'];
  return { accountId, amr, assurance: reachedBy(amr, assuranceOf(account, now)) };
}

const countTry = async ({ ephemeral, limits }: Work, accountId: string): Promise<void> => {
  const { count, resetSeconds } = await ephemeral.count(triesKey(accountId), limits.windowSeconds);
  if (count > limits.triesPerAccount)
    throw new AppError('second-factor-locked', { waitMinutes: Math.ceil(resetSeconds / 60) });
};

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
