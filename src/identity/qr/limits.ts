import { AppError } from '../../base/error.ts';
import type { Work } from '../ports.ts';

const windowSeconds = 900;
/** A whole office may stand behind one address. */
const shownPerAddress = 100;
const answersPerAccount = 10;

/** Counts a code before it is shown. Throws qr-limit-reached {waitMinutes}. */
export const countShown = (work: Work, address: string): Promise<void> =>
  countUpTo(work, `limit:qr:address:${address}`, shownPerAddress);

/** Counts an answer of the phone before it is judged. Throws qr-limit-reached {waitMinutes}. */
export const countAnswer = (work: Work, accountId: string): Promise<void> =>
  countUpTo(work, `limit:qr:account:${accountId}`, answersPerAccount);

const countUpTo = async ({ ephemeral }: Work, key: string, most: number): Promise<void> => {
  const { count, resetSeconds } = await ephemeral.count(key, windowSeconds);
  if (count > most) throw new AppError('qr-limit-reached', { waitMinutes: Math.ceil(resetSeconds / 60) });
};
