import { AppError } from '../base/error.ts';
import type { AssuranceLevel } from '../terms/assurance.ts';
import type { AccountRecord, PasskeyRecord } from './account.ts';

const shortestPassword = 10;
const longestPassword = 128;

/** Refuses a password that is too short or too long to be one; counts characters, not bytes. Throws password-weak. */
export function checkPasswordLength(password: string): void {
  const length = [...password].length;
  if (length < shortestPassword || length > longestPassword) throw new AppError('password-weak');
}

/** Refuses an account that may not sign in. Throws account-not-active. */
export function checkActive({ status }: Pick<AccountRecord, 'status'>): void {
  if (status !== 'active') throw new AppError('account-not-active');
}

/** What any single factor proves, and what two do (a passkey with user verification is two in one). */
const [byOneFactor, byTwoFactors] = [2, 3] as const;

/**
 * A sign-in reaches what is known of the person, and no more than its methods prove: one factor proves the second level,
 * two prove the third; the fourth wants hardware that is certified.
 */
export function reachedBy(methods: readonly string[], known: AssuranceLevel): AssuranceLevel {
  const proven = methods.includes('mfa') ? byTwoFactors : byOneFactor;
  return known > proven ? proven : known;
}

/** Names the methods of a passkey sign-in (RFC 8176): software-held when it can be copied to another device. */
export const methodsOfPasskey = ({ deviceType }: Pick<PasskeyRecord, 'deviceType'>): string[] => [
  deviceType === 'singleDevice' ? 'hwk' : 'swk',
  'user',
  'mfa',
];

/** Tells whether a counter moved on, or is not kept at all; one that stands still or falls back betrays a copy. */
export const counterMovedOn = (stored: number, received: number): boolean =>
  received > stored || (received === 0 && stored === 0);
