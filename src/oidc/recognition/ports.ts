import type { Clock } from '../../base/clock.ts';
import type { PeerKeys } from '../../crypto/index.ts';
import type { Recognition } from '../../recognition/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';

/** What sign-in between regions is given from outside. */
export interface OtherRegionDeps {
  self: { issuer: string; regionCode: string };
  recognition: Pick<Recognition, 'findStanding' | 'findEffective' | 'findPeer' | 'listPeers' | 'findKeySet'>;
  peerKeys: Pick<PeerKeys, 'sign'>;
  ephemeral: EphemeralStore;
  clock: Clock;
  /** Hosts on private addresses that may be called. */
  privateHosts: readonly string[];
  sessionTtlSeconds: number;
}
