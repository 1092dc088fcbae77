import type { Clock } from '../base/clock.ts';
import type { BlindIndex, FieldCipher } from '../crypto/index.ts';
import type { EphemeralStore } from '../storage/ephemeral/port.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { Authorities } from './authority/authorities.ts';
import type { PasskeyCeremonies } from './passkey-ceremony.ts';
import type { IdentityStore } from './store.ts';

/** What the domain is given from outside. */
export interface IdentityDeps {
  connection: RecordConnection;
  ephemeral: EphemeralStore;
  cipher: FieldCipher;
  blindIndex: BlindIndex;
  clock: Clock;
  ceremonies: PasskeyCeremonies;
  /** GB/T 2260 code of this instance. */
  region: string;
  limits?: Partial<SignInLimits>;
  /** Systems that make a person known; none when absent. */
  authorities?: Authorities;
  smsLimits?: Partial<SmsLimits>;
}

/** How often sign-in may be tried. */
export interface SignInLimits {
  /** Tries per account in a window; the account rests for the remainder of the window after that. */
  triesPerAccount: number;
  /** Tries per network address in a window. */
  triesPerAddress: number;
  windowSeconds: number;
}

/** How many messages are sent: each costs money, and one that was not asked for is a nuisance. */
export interface SmsLimits {
  /** The least time between two messages to one telephone. */
  pauseSeconds: number;
  perPhonePerHour: number;
  perAddressPerHour: number;
  /** To all telephones in 24 hours. */
  perDay: number;
}

/** What a use case works with. */
export interface Work extends Omit<IdentityDeps, 'connection' | 'limits' | 'authorities' | 'smsLimits'> {
  store: IdentityStore;
  limits: SignInLimits;
  authorities: Authorities;
  smsLimits: SmsLimits;
}
