import type { Clock } from '../../base/clock.ts';
import type { BlindIndex } from '../../crypto/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { AccountProfile, SignedIn } from '../account.ts';
import type { MiniProgramPlatform } from './platform.ts';
import type { BindingStore } from './store.ts';

/** What sign-in by mini-program is given from outside. */
export interface MiniProgramDeps {
  connection: RecordConnection;
  ephemeral: EphemeralStore;
  blindIndex: BlindIndex;
  clock: Clock;
  /** Null: there is no mini-program here. */
  platform: MiniProgramPlatform | null;
  people: {
    findAccount(accountId: string): Promise<AccountProfile | null>;
    assuranceReached(accountId: string, amr: readonly string[]): Promise<SignedIn['assurance'] | null>;
  };
  tellPerson(notice: {
    accountId: string;
    kind: 'authenticator-added' | 'authenticator-removed';
    values: Record<string, never>;
  }): Promise<void>;
}

export type MiniProgramWork = Omit<MiniProgramDeps, 'connection'> & { store: BindingStore };
