import { AppError } from '../../base/error.ts';
import type { Work } from '../ports.ts';

const daySeconds = 86_400;
const checksPerAccount = 5;
const checksPerAddress = 50;
/** An officer has a whole day of people. */
const checksPerOfficer = 300;

/**
 * Counts a check before it is made: each costs the authority, and tells something. At a counter the officer stands for the
 * address. Throws match-limit-reached {waitMinutes}.
 */
export async function countCheck(
  { ephemeral }: Work,
  kind: 'match' | 'face' | 'counter',
  { accountId, address }: { accountId: string; address: string },
): Promise<void> {
  const [byAccount, byAddress] = await Promise.all([
    ephemeral.count(`limit:${kind}:account:${accountId}`, daySeconds),
    ephemeral.count(`limit:${kind}:address:${address}`, daySeconds),
  ]);
  const passed = [
    { ...byAccount, most: checksPerAccount },
    { ...byAddress, most: kind === 'counter' ? checksPerOfficer : checksPerAddress },
  ].find(({ count, most }) => count > most);
  if (passed) throw new AppError('match-limit-reached', { waitMinutes: Math.ceil(passed.resetSeconds / 60) });
}
