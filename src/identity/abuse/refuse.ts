/**
 * What guessing costs and who is told of it (防滥用). Owns the waits of an account, the suspicion against account, address,
 * network and site, the puzzles that follow from it, and the signals that officers see. It does not own the limits of
 * messages, codes and QR (each has its own), nor the list of signals (the audit chain is that). It sees many accounts
 * tried from one network or with one password, one account tried for long, and, where the region has a table of places,
 * two sign-ins of an account between which nobody can have travelled. It does not see a spray that changes network and
 * password each time, nor travel within the grain of places: a telephone changes networks within minutes. A puzzle only
 * makes guessing dearer. All of it is our design [D].
 * Control leaves by a value or an AppError; what happened rides in the outbox of the tries.
 */
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { AccountRecord } from '../account.ts';
import type { Work } from '../ports.ts';
import type { TryOrigin } from './origin.ts';
import { raiseSignal } from './signal.ts';
import { watchSpray } from './spray.ts';
import { noteWrong } from './suspicion.ts';

/** Stands in the audit in place of an account where a number was tried that nobody has. */
export const nobody = 'nobody';

/**
 * Refuses a wrong password. It does the same for an account and for a number that nobody has: the same reads, the same
 * writes, the same words. Throws sign-in-refused.
 */
export async function refusePassword(
  work: Work,
  wrong: {
    account: AccountRecord | null;
    numberIndex: string;
    password: string;
    origin: TryOrigin;
    isLongest: boolean;
  },
): Promise<never> {
  const { account, numberIndex, origin, isLongest } = wrong;
  const actor = account?._id ?? nobody;
  const detail = { method: 'pwd', ...(origin.region !== undefined && { region: origin.region }) };
  await work.tries.note(newEvent(work.clock, 'account.sign-in-refused', actor, detail));
  await noteWrong(work, numberIndex, origin);
  await watchSpray(work, wrong);
  if (isLongest)
    await raiseSignal(work, {
      type: 'abuse.account-guessed',
      subject: numberIndex,
      actor,
      detail: { network: origin.shownNetwork ?? '*' },
    });
  throw new AppError('sign-in-refused');
}
