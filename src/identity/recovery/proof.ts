import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { parsePhoneNumber } from '../../terms/phone-number.ts';
import { nobody } from '../abuse/refuse.ts';
import type { AccountRecord } from '../account.ts';
import { openProfile } from '../find-account.ts';
import { checkCode, sendCode, useCode } from '../phone/code.ts';
import type { Work } from '../ports.ts';
import { openSecret } from '../second-factor/set-up.ts';
import { stepOfCode } from '../second-factor/totp.ts';

/** Ties a code by telephone to a recovery in one browser, and to no sign-in. */
const smsBinding = (binding: string): string => `recovery:${binding}`;

/** Sends a code to the telephone of an account, where it has one. Throws what sendCode throws. */
export async function sendToOwner(
  work: Work,
  account: AccountRecord,
  { binding, address }: { binding: string; address: string },
): Promise<void> {
  const { phone } = openProfile(work, account);
  if (phone === undefined) return;
  await sendCode(work, { binding: smsBinding(binding), phone: parsePhoneNumber(phone), address });
}

/**
 * Tells whether a code is the one that was sent to this account's telephone, and uses it up. What was sent to another
 * telephone from the same browser proves nothing.
 */
export async function holdsPhone(
  work: Work,
  account: AccountRecord | null,
  { binding, code }: { binding: string; code: string },
): Promise<boolean> {
  try {
    const phone = await checkCode(work, { binding: smsBinding(binding), code });
    if (work.blindIndex.of('phone', phone) !== account?.phoneIndex) return false;
    await useCode(work, smsBinding(binding));
    return true;
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return false;
    throw error;
  }
}

/** Tells whether a code is one of the account's app, and uses it up. */
export async function holdsApp(work: Work, account: AccountRecord, code: string): Promise<boolean> {
  const { totp } = account;
  if (!totp) return false;
  const given = code.normalize('NFKC').replace(/\s/g, '');
  const secret = openSecret(work, account._id, totp.secret);
  const step = stepOfCode(secret, given, { at: work.clock.now(), after: totp.lastStep });
  if (step === null) return false;
  const event = newEvent(work.clock, 'account.recovery-proven', account._id, { method: 'totp' });
  return work.store.swapAccount(account, { totp: { ...totp, lastStep: step } }, event);
}

/** Refuses, with or without an account in the same words and by the same write. Throws recovery-refused. */
export async function refuse(work: Work, account: AccountRecord | null): Promise<never> {
  await work.tries.note(newEvent(work.clock, 'account.recovery-refused', account?._id ?? nobody));
  throw new AppError('recovery-refused');
}
