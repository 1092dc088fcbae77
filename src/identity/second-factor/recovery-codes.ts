import { randomInt } from 'node:crypto';
import type { Work } from '../ports.ts';

const amount = 10;
const groups = 2;
const perGroup = 5;
/** No 0/O, 1/I/L: codes are copied by hand. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

const newGroup = (): string =>
  Array.from({ length: perGroup }, () => alphabet[randomInt(alphabet.length)]).join('');

/** Makes ten recovery codes (恢复码) of 49 bits each. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: amount }, () => Array.from({ length: groups }, newGroup).join('-'));

/** Returns what is kept of a code: a keyed digest bound to the account; spaces, dashes and case do not matter. */
export const digestOfRecoveryCode = (work: Work, accountId: string, code: string): string => {
  const bare = code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  return work.blindIndex.of('recovery-code', `${accountId}:${bare}`);
};
