import type { Clock } from '../base/clock.ts';
import type { AgreementKeys } from '../crypto/index.ts';
import type { RecordConnection } from '../storage/index.ts';
import type { AgreementStore } from './agreement/store.ts';
import type { PeerStore } from './peer/store.ts';

/** What the domain is given from outside. */
export interface RecognitionDeps {
  connection: RecordConnection;
  clock: Clock;
  /** This region, as it stands in agreements. */
  self: { entityId: string; regionCode: string };
  keys: AgreementKeys;
}

/** What a use case works with. */
export interface Work extends Pick<RecognitionDeps, 'clock' | 'self' | 'keys'> {
  agreements: AgreementStore;
  peers: PeerStore;
}
