import type { Clock } from '../base/clock.ts';
import type { AgreementKeys } from '../crypto/index.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { AgreementStore } from './agreement/store.ts';
import type { ListStore } from './framework/store.ts';
import type { MappingStore } from './mapping/store.ts';
import type { PeerStore } from './peer/store.ts';

/** What the domain is given from outside. */
export interface RecognitionDeps {
  connection: RecordConnection;
  clock: Clock;
  /** This region, as it stands in agreements. */
  self: { entityId: string; regionCode: string };
  keys: AgreementKeys;
}

/** What stores are given beside the connection. */
export interface StoreDeps {
  clock: Clock;
  /** Told after each write of an act, in the process that wrote. */
  written(): void;
}

/** What a use case works with. */
export interface Work extends Pick<RecognitionDeps, 'clock' | 'self' | 'keys'> {
  agreements: AgreementStore;
  mappings: MappingStore;
  peers: PeerStore;
  /** The last member list of each operator. */
  lists: ListStore;
}
