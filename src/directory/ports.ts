import type { Clock } from '../base/clock.ts';
import type { BlindIndex, FieldCipher, Sealer } from '../crypto/ports.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { DirectoryStore } from './store.ts';

/** What the domain is given from outside. */
export interface DirectoryDeps {
  connection: RecordConnection;
  cipher: FieldCipher;
  blindIndex: BlindIndex;
  sealer: Sealer;
  clock: Clock;
}

/** What a use case works with. */
export interface Work extends Omit<DirectoryDeps, 'connection'> {
  store: DirectoryStore;
}
