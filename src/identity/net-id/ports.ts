import type { Clock } from '../../base/clock.ts';
import type { BlindIndex, FieldCipher } from '../../crypto/index.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { IdentityStore } from '../store.ts';
import type { NetIdStore } from './store.ts';

/** What sign-in by net-ID is given from outside. */
export interface NetIdDeps {
  connection: RecordConnection;
  cipher: FieldCipher;
  blindIndex: BlindIndex;
  clock: Clock;
  /** The context classes of the platform at which it has checked the person as well as our third level asks. */
  strongAcr: readonly string[];
  tellPerson(notice: {
    accountId: string;
    kind: 'authenticator-added' | 'authenticator-removed';
    values: Record<string, never>;
  }): Promise<void>;
}

export type NetIdWork = Omit<NetIdDeps, 'connection'> & { store: IdentityStore; bindings: NetIdStore };
