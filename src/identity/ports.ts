import type { Clock } from '../base/clock.ts';
import type { BlindIndex, FieldCipher } from '../crypto/index.ts';
import type { EphemeralStore } from '../storage/ephemeral/port.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { TryStore } from './abuse/store.ts';
import type { Authorities } from './authority/authorities.ts';
import type { PasskeyCeremonies } from './passkey-ceremony.ts';
import type { PasskeyPolicy } from './passkey-policy.ts';
import type { PhoneChangeSettings } from './phone-change/ports.ts';
import type { RecoverySettings } from './recovery/ports.ts';
import type { HardwareKeys } from './rules.ts';
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
  recovery?: RecoverySettings;
  phoneChange?: PhoneChangeSettings;
  /** Which passkeys reach the fourth level; none when absent. */
  hardwareKeys?: HardwareKeys;
  /** Which makers' passkeys count as what; all alike when absent. */
  passkeyPolicy?: PasskeyPolicy;
  /** Tells a person something on their own pages; absent where there are none. */
  tellPerson?(notice: PersonNotice): Promise<void>;
}

/** What is told to a person; no personal data stands in it. */
export type PersonNotice = { accountId: string } & (
  | { kind: 'new-device'; values: { device: string } }
  | { kind: 'new-device-at'; values: { device: string; place: string } }
  | { kind: 'impossible-travel'; values: { from: string; to: string } }
  | { kind: 'qr-denied' | 'checked-at-counter'; values: Record<never, never> }
  | { kind: 'phone-change-asked' | 'phone-change-stopped' | 'phone-changed'; values: Record<never, never> }
  | { kind: 'recovery-asked' | 'recovery-stopped' | 'recovered'; values: Record<never, never> }
);

/** How often sign-in may be tried, and what it takes when that looks like guessing. */
export interface SignInLimits {
  /** Wrong tries of an account before the first wait. */
  triesPerAccount: number;
  /** Tries per network address in a window. */
  triesPerAddress: number;
  /** Tries per network (/24, or /56 of IPv6) in a window. */
  triesPerNetwork: number;
  windowSeconds: number;
  firstWaitSeconds: number;
  /** Each further wrong try doubles the wait, up to this. */
  longestWaitSeconds: number;
  /** Wrong tries in a window after which a puzzle is asked for. */
  puzzleAfterAccount: number;
  puzzleAfterAddress: number;
  puzzleAfterNetwork: number;
  puzzleAfterSite: number;
  /** How many leading zero bits a solution's digest has. */
  puzzleBits: number;
  /** How long whoever cannot solve one waits instead. */
  puzzleWaitSeconds: number;
  /** How many accounts tried wrong in a window, from one network or with one password, are a spray. */
  sprayAccounts: number;
}

/** How many messages are sent: each costs money, and one that was not asked for is a nuisance. */
export interface SmsLimits {
  /** The least time between two messages to one telephone. */
  pauseSeconds: number;
  perPhonePerHour: number;
  perAddressPerHour: number;
  /** Of a network (/24, or /56 of IPv6), where that is told. */
  perNetworkPerHour: number;
  /** To all telephones in 24 hours. */
  perDay: number;
}

/** What a use case works with. */
export interface Work
  extends Omit<
    IdentityDeps,
    'connection' | 'limits' | 'authorities' | 'smsLimits' | 'recovery' | 'phoneChange'
  > {
  store: IdentityStore;
  tries: TryStore;
  limits: SignInLimits;
  authorities: Authorities;
  smsLimits: SmsLimits;
}
