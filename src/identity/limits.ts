import { AppError } from '../base/error.ts';
import type { Work } from './ports.ts';

const accountKey = (numberIndex: string): string => `limit:account:${numberIndex}`;

/**
 * Counts a try before it is judged, so that parallel guesses cannot outrun the count. The account's key is the blind
 * index of the number typed: a number without an account locks alike. Throws sign-in-locked {waitMinutes} or
 * too-many-requests {waitSeconds}.
 */
export async function countTry(work: Work, numberIndex: string, address: string): Promise<void> {
  const { triesPerAccount, triesPerAddress, windowSeconds } = work.limits;
  const [byAddress, byAccount] = await Promise.all([
    work.ephemeral.count(`limit:address:${address}`, windowSeconds),
    work.ephemeral.count(accountKey(numberIndex), windowSeconds),
  ]);
  if (byAddress.count > triesPerAddress)
    throw new AppError('too-many-requests', { waitSeconds: byAddress.resetSeconds });
  if (byAccount.count > triesPerAccount)
    throw new AppError('sign-in-locked', { waitMinutes: Math.ceil(byAccount.resetSeconds / 60) });
}

/** Forgets the wrong tries of an account after a right one. */
export const forgetTries = (work: Work, numberIndex: string): Promise<void> =>
  work.ephemeral.delete(accountKey(numberIndex));
