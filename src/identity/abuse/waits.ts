import { AppError } from '../../base/error.ts';
import type { Work } from '../ports.ts';

const memorySeconds = 86_400;
/** From here on a wait is told in minutes. */
const minutesFromSeconds = 120;

const triesKey = (who: string): string => `limit:tries:${who}`;
const waitKey = (who: string): string => `limit:wait:${who}`;

/**
 * Refuses while a wait runs; such a try is not judged and does not lengthen it. Throws sign-in-waits {waitSeconds}, or
 * sign-in-locked {waitMinutes} for a long one.
 */
export async function checkWait(work: Work, who: string): Promise<void> {
  const entry = await work.ephemeral.get(waitKey(who));
  if (entry !== null) throw refusalOf(work, Number(entry.value));
}

/**
 * Counts a try before it is judged, so that parallel guesses cannot outrun the count, and starts the wait that follows if
 * it is wrong: each is twice the one before. Returns whether the longest begins. Throws what checkWait throws.
 */
export async function claimTry(work: Work, who: string): Promise<{ isLongest: boolean }> {
  const { ephemeral, limits, clock } = work;
  const { count } = await ephemeral.count(triesKey(who), memorySeconds);
  const beyond = count - limits.triesPerAccount;
  if (beyond < 0) return { isLongest: false };
  const waitSeconds = Math.min(limits.longestWaitSeconds, limits.firstWaitSeconds * 2 ** beyond);
  const until = clock.now().getTime() + waitSeconds * 1000;
  if (!(await ephemeral.add(waitKey(who), String(until), { ttlSeconds: waitSeconds }))) {
    await checkWait(work, who);
    throw refusalOf(work, until);
  }
  return { isLongest: waitSeconds === limits.longestWaitSeconds };
}

/** Forgets the wrong tries and their wait after a right one. */
export async function forgetTries({ ephemeral }: Work, who: string): Promise<void> {
  await Promise.all([ephemeral.delete(triesKey(who)), ephemeral.delete(waitKey(who))]);
}

const refusalOf = ({ clock }: Work, until: number): AppError => {
  const waitSeconds = Math.max(1, Math.ceil((until - clock.now().getTime()) / 1000));
  return waitSeconds < minutesFromSeconds
    ? new AppError('sign-in-waits', { waitSeconds })
    : new AppError('sign-in-locked', { waitMinutes: Math.ceil(waitSeconds / 60) });
};
