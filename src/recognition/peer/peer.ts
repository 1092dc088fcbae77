import type { DomainEvent } from '../../base/event.ts';
import { type PublicEcJwk, thumbprintOf } from '../../crypto/index.ts';

/** Another region as it is registered here. `waiting`: two officers have not yet compared its agreement key. */
export interface PeerRecord {
  /** The issuer identifier of the region's server. */
  _id: string;
  regionCode: string;
  regionPrefix: string;
  name: string;
  /** Its agreement keys, the newest first: the first is pinned, the second may still be in use while it rolls. */
  keys: PublicEcJwk[];
  state: 'waiting' | 'confirmed' | 'blocked';
  /** The operator of a framework by whose word it is confirmed; null when officers here compared its key. */
  vouchedBy: string | null;
  /** The officers who compared the fingerprint. */
  comparedBy: string[];
  /** The last signed set of its operational keys, as it came. */
  keySet: string | null;
  version: number;
  outbox: DomainEvent[];
}

/** The thumbprints that may sign for a peer; none unless it is confirmed. */
export const pinnedOf = (peer: PeerRecord | null): string[] =>
  peer?.state === 'confirmed' ? peer.keys.map(thumbprintOf) : [];

/** Tells whether the word of an operator is all there is of a peer; a record of before there were operators has no member. */
export const isVouchedOnly = ({ vouchedBy }: PeerRecord): boolean => (vouchedBy ?? null) !== null;
