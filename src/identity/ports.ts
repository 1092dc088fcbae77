import type { Clock } from '../base/clock.ts';
import type { BlindIndex, FieldCipher } from '../crypto/index.ts';
import type { EphemeralStore } from '../storage/ephemeral/port.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { IdentityStore } from './store.ts';

/** What the domain is given from outside. */
export interface IdentityDeps {
  connection: RecordConnection;
  ephemeral: EphemeralStore;
  cipher: FieldCipher;
  blindIndex: BlindIndex;
  clock: Clock;
  /** Who the passkeys are for: the host of the issuer, and the origins they may be used at. */
  relyingParty: { id: string; name: string; origins: string[] };
  /** GB/T 2260 code of this instance. */
  region: string;
  limits?: Partial<SignInLimits>;
}

/** How often sign-in may be tried. */
export interface SignInLimits {
  /** Tries per account in a window; the account rests for the remainder of the window after that. */
  triesPerAccount: number;
  /** Tries per network address in a window. */
  triesPerAddress: number;
  windowSeconds: number;
}

/** What a use case works with. */
export interface Work extends Omit<IdentityDeps, 'connection' | 'limits'> {
  store: IdentityStore;
  limits: SignInLimits;
}
