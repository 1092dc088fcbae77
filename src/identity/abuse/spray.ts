import type { Work } from '../ports.ts';
import type { TryOrigin } from './origin.ts';
import { raiseSignal } from './signal.ts';

/**
 * Which of 262,144 buckets (18 bits of a keyed digest) a password falls in: enough to see one password tried at many
 * accounts, and so little that no password follows from it even for whoever has the key. No bucket is kept longer than a
 * window, nor with an account.
 */
const bucketOf = ({ blindIndex }: Work, password: string): string =>
  blindIndex.of('password-bucket', password).slice(0, 3);

interface WrongTry {
  numberIndex: string;
  password: string;
  origin: TryOrigin;
}

/**
 * Counts the different accounts that were tried wrong from one network, and with one password, and raises one signal for
 * either when it is a spray (密码喷洒).
 */
export async function watchSpray(work: Work, wrongTry: WrongTry): Promise<void> {
  const { origin, password } = wrongTry;
  const password18 = bucketOf(work, password);
  await countAccount(work, wrongTry, 'password', password18);
  if (origin.network !== undefined) await countAccount(work, wrongTry, 'network', origin.network);
}

const countAccount = async (
  work: Work,
  { numberIndex, origin }: WrongTry,
  by: 'password' | 'network',
  key: string,
): Promise<void> => {
  const { ephemeral, blindIndex, limits } = work;
  const ttlSeconds = limits.windowSeconds;
  const pair = blindIndex.of('spray', `${by}:${key}:${numberIndex}`);
  if (!(await ephemeral.add(`spray:pair:${pair}`, '', { ttlSeconds }))) return;
  const { count } = await ephemeral.count(`spray:${by}:${key}`, ttlSeconds);
  if (count < limits.sprayAccounts) return;
  await raiseSignal(work, {
    type: 'abuse.password-spray',
    subject: `${by}:${key}`,
    actor: 'system',
    detail: { by, accounts: count, network: origin.shownNetwork ?? '*' },
  });
};
