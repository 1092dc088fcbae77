import type { Clock } from '../../base/clock.ts';
import type { PeerKeys } from '../../crypto/index.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { Exchange } from '../exchange.ts';
import type { Peers, Recognition } from '../index.ts';
import type { Mappings } from '../mapping/mappings.ts';
import type { PeerCall } from './call.ts';
import type { Mail } from './mail.ts';
import type { LinkStore } from './store.ts';

/** What is remembered for a while: the identifiers of messages, and when keys were last asked for. */
export interface Memory {
  /** Writes an entry unless one is there; returns whether it was written. */
  add(key: string, value: string, options: { ttlSeconds: number }): Promise<boolean>;
}

/** What the link takes a note in. */
export interface LinkLog {
  warn(fields: object, message: string): void;
}

/** What the link is given from outside. */
export interface LinkDeps {
  connection: RecordConnection;
  clock: Clock;
  /** The entity identifier of this region. */
  self: string;
  recognition: Exchange &
    Pick<Peers, 'findPeer' | 'listPeers' | 'findKeySet' | 'receiveKeySet'> &
    Pick<Mappings, 'listMissingMappings' | 'receiveMapping'> &
    Pick<Recognition, 'onWritten'>;
  peerKeys: PeerKeys;
  memory: Memory;
  call: PeerCall;
  /** What goes to peers beside agreements. */
  mail: readonly Mail[];
  log: LinkLog;
}

/** What a part of the link works with. */
export interface LinkWork extends Omit<LinkDeps, 'connection'> {
  store: LinkStore;
}
