import type { Clock } from '../../base/clock.ts';
import type { PeerKeys } from '../../crypto/index.ts';
import type { Recognition, SignInTraffic } from '../../recognition/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';

/** What sign-in between regions is given from outside. */
export interface OtherRegionDeps {
  self: { issuer: string; regionCode: string };
  recognition: Pick<
    Recognition,
    'findStanding' | 'findEffective' | 'listEffective' | 'findPeer' | 'findKeySet' | 'onWritten'
  >;
  peerKeys: Pick<PeerKeys, 'sign'>;
  /** Counts what came of sign-ins; told no more than the agreement, the side and the cause. */
  traffic: Pick<SignInTraffic, 'count'>;
  ephemeral: EphemeralStore;
  clock: Clock;
  /** Hosts on private addresses that may be called. */
  privateHosts: readonly string[];
  sessionTtlSeconds: number;
}
