import { AppError } from '../../base/error.ts';
import type { Work } from '../ports.ts';

const windowSeconds = 3600;
const triesPerNumber = 10;
const triesPerAddress = 60;

/**
 * Counts a try before it is judged. The key is the blind index of the number typed, so a number without an account locks
 * alike; it is another count than that of signing in. Throws recovery-locked {waitMinutes}.
 */
export async function countRecoveryTry(
  { ephemeral }: Work,
  { numberIndex, address }: { numberIndex: string; address: string },
): Promise<void> {
  const [byNumber, byAddress] = await Promise.all([
    ephemeral.count(`limit:recovery:number:${numberIndex}`, windowSeconds),
    ephemeral.count(`limit:recovery:address:${address}`, windowSeconds),
  ]);
  const passed = [
    { ...byNumber, most: triesPerNumber },
    { ...byAddress, most: triesPerAddress },
  ].find(({ count, most }) => count > most);
  if (passed) throw new AppError('recovery-locked', { waitMinutes: Math.ceil(passed.resetSeconds / 60) });
}
