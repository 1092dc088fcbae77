import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import { isKnown } from './account.ts';
import { isEasyToGuess } from './easy-to-guess.ts';
import { openProfile } from './find-account.ts';
import { hashPassword, verifyPassword } from './password.ts';
import type { Work } from './ports.ts';
import { checkActive, checkPasswordLength } from './rules.ts';
import { writeEvent } from './write-event.ts';

const wrongPasswords = 5;
const windowSeconds = 900;

/**
 * Gives an account another password, or its first: who has one shows it. One signs in with it by ID number, so the
 * person has to be known. Throws account-not-active, person-not-known, sign-in-locked {waitMinutes}, password-wrong,
 * password-weak, password-common.
 */
export async function changePassword(
  work: Work,
  input: { accountId: string; present: string; chosen: string },
): Promise<void> {
  const account = await work.store.accountById(input.accountId);
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  const profile = openProfile(work, account);
  if (!isKnown(profile)) throw new AppError('person-not-known');
  await checkPresent(work, account._id, account.password?.hash, input.present);
  checkPasswordLength(input.chosen);
  const { number, phone } = profile;
  if (await isEasyToGuess(input.chosen, [number, ...(phone === undefined ? [] : [phone])]))
    throw new AppError('password-common');

  const password = { hash: await hashPassword(input.chosen), changedAt: work.clock.now() };
  await writeEvent(work, account, newEvent(work.clock, 'password.changed', account._id), { password });
}

const checkPresent = async (
  work: Work,
  accountId: string,
  hash: string | undefined,
  present: string,
): Promise<void> => {
  if (hash === undefined) return;
  const { count, resetSeconds } = await work.ephemeral.count(`limit:password:${accountId}`, windowSeconds);
  if (count > wrongPasswords)
    throw new AppError('sign-in-locked', { waitMinutes: Math.ceil(resetSeconds / 60) });
  if (!(await verifyPassword(hash, present))) throw new AppError('password-wrong');
  await work.ephemeral.delete(`limit:password:${accountId}`);
};
