import type { Clock } from '../base/clock.ts';
import type { FieldCipher } from '../crypto/index.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { RegionCode } from '../terms/region-code.ts';
import type { ProposalHandler } from './proposal/handler.ts';
import type { ProposalStore } from './proposal/store.ts';
import type { StaffStore } from './store.ts';

export type { FieldCipher } from '../crypto/index.ts';

/** A passkey that a registration made. */
export interface MadePasskey {
  /** Base64url. */
  credentialId: string;
  publicKey: Buffer;
  counter: number;
  transports: string[];
  deviceType: 'singleDevice' | 'multiDevice';
  backedUp: boolean;
  aaguid: string;
}

/**
 * The ceremonies of WebAuthn, as identity has them; user verification is required in each. A challenge is kept under its
 * name and serves one try. What throws, throws passkey-challenge-expired or passkey-refused.
 */
export interface Ceremonies {
  beginRegistration(input: {
    challengeName: string;
    owner: { id: string; name: string; displayName: string };
    present: readonly { credentialId: string; transports: string[] }[];
  }): Promise<object>;
  finishRegistration(input: { challengeName: string; response: unknown }): Promise<MadePasskey>;
  beginSignIn(input: { challengeName: string }): Promise<object>;
  finishSignIn<T extends { publicKey: Buffer }>(input: {
    challengeName: string;
    response: unknown;
    find(credentialId: string): Promise<T | null>;
  }): Promise<{ credentialId: string; counter: number; backedUp: boolean; found: T }>;
  counterMovedOn(stored: number, received: number): boolean;
}

/** What an officer has to know of a citizen's account. */
export interface AccountStanding {
  isActive: boolean;
  /** How surely its person is known, 1 to 4. */
  level: number;
}

/** What the domain is given from outside. */
export interface StaffDeps {
  connection: RecordConnection;
  /** Seals officers' names and what they write in proposals. */
  cipher: FieldCipher;
  clock: Clock;
  ceremonies: Ceremonies;
  /** How the citizen's account stands that an officer is tied to; null when there is none such. */
  accountStanding(accountId: string): Promise<AccountStanding | null>;
  /** The region of this instance; its first officers get it. */
  regionCode: RegionCode;
  /** What is done about each kind of proposal that other domains know; officers' own kinds are here already. */
  handlers?: Readonly<Record<string, ProposalHandler>>;
}

/** What a use case works with. */
export interface Work extends Required<Omit<StaffDeps, 'connection'>> {
  store: StaffStore;
  proposals: ProposalStore;
}
