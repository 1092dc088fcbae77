import { AppError } from '../base/error.ts';
import type { AssuranceLevel } from '../terms/assurance.ts';
import type { AccountRecord, PasskeyRecord } from './account.ts';
import { miniProgramMethod } from './mini-program/binding.ts';
import type { PasskeyStanding } from './passkey-policy.ts';

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

/** What a platform's word proves, what any single factor, and what two (a passkey with user verification is two in one). */
const [byPlatform, byOneFactor, byTwoFactors] = [1, 2, 3] as const;

/**
 * A sign-in reaches what is known of the person, and no more than its methods prove: one factor proves the second level,
 * two prove the third; the fourth wants hardware that is certified. That a mini-program's platform knows its user proves
 * no more than the first.
 */
export function reachedBy(methods: readonly string[], known: AssuranceLevel): AssuranceLevel {
  if (methods.includes(miniProgramMethod)) return byPlatform;
  const proven = methods.includes('mfa') ? byTwoFactors : byOneFactor;
  return known > proven ? proven : known;
}

/**
 * Which passkeys the region takes for the fourth level: none, those that say they cannot leave the device they were made
 * on, or of these only the ones whose maker has proven it.
 */
export type HardwareKeys = 'none' | 'bound' | 'attested';

/**
 * A passkey that cannot be copied brings a person known at the third level to the fourth, where the region takes it for
 * that. Only the browser that used it gets there: what a telephone answers for another screen proves nothing of that one.
 */
export function reachedByPasskey(
  methods: readonly string[],
  known: AssuranceLevel,
  hardwareKeys: HardwareKeys,
): AssuranceLevel {
  const isHardware = hardwareKeys !== 'none' && methods.includes('hwk') && methods.includes('mfa');
  return isHardware && known >= byTwoFactors ? 4 : reachedBy(methods, known);
}

/**
 * Names the methods of a passkey sign-in (RFC 8176): software-held when it can be copied to another device, or when the
 * region wants that proven and it is not; two factors unless the policy takes it for one. Throws passkey-model-refused.
 */
export function methodsOfPasskey(
  { deviceType }: Pick<PasskeyRecord, 'deviceType'>,
  standing: PasskeyStanding,
  hardwareKeys: HardwareKeys,
): string[] {
  if (standing === 'refused') throw new AppError('passkey-model-refused');
  const isHardware = hardwareKeys === 'attested' ? standing === 'hardware' : deviceType === 'singleDevice';
  return [isHardware ? 'hwk' : 'swk', 'user', ...(standing === 'one-factor' ? [] : ['mfa'])];
}

/** Tells whether a counter moved on, or is not kept at all; one that stands still or falls back betrays a copy. */
export const counterMovedOn = (stored: number, received: number): boolean =>
  received > stored || (received === 0 && stored === 0);
