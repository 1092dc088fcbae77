import { AppError } from '../../base/error.ts';
import { isKnown, type KnownPerson } from '../account.ts';
import type { MandateWork } from './ports.ts';

const windowSeconds = 3600;
const mostAttempts = 20;

/** Finds an account whose person is known by name and number. Throws account-not-active, person-not-known. */
export async function findKnown({ people }: MandateWork, accountId: string): Promise<KnownPerson> {
  const profile = await people.findAccount(accountId);
  if (profile?.status !== 'active') throw new AppError('account-not-active');
  if (!isKnown(profile)) throw new AppError('person-not-known');
  return profile;
}

/**
 * Finds the other person of a mandate by what its giver knows of them: both name and number, so that neither is found out
 * here. Throws mandate-person-missing, mandate-self, and what the citizen number's parser throws.
 */
export async function findOther(
  work: MandateWork,
  accountId: string,
  { number, name }: { number: string; name: string },
): Promise<KnownPerson> {
  const otherId = await work.people.findAccountIdByNumber(number);
  if (otherId === accountId) throw new AppError('mandate-self');
  const other = otherId === null ? null : await work.people.findAccount(otherId);
  const isMeant = other?.status === 'active' && isKnown(other) && other.name === name.normalize('NFC').trim();
  if (!isMeant) throw new AppError('mandate-person-missing');
  return other;
}

/** Counts a try to name somebody else, or an organisation. Throws too-many-requests. */
export async function countAttempt({ ephemeral }: MandateWork, accountId: string): Promise<void> {
  const { count, resetSeconds } = await ephemeral.count(`limit:mandate:${accountId}`, windowSeconds);
  if (count > mostAttempts) throw new AppError('too-many-requests', { waitSeconds: resetSeconds });
}
