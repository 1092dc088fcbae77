import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { type PublicEcJwk, thumbprintOf } from '../../crypto/index.ts';
import type { Work } from '../ports.ts';
import { isVouchedOnly, type PeerRecord } from './peer.ts';
import { trustedPeer } from './peers.ts';

/** A region as the operator of a framework vouches for it. */
export interface Vouched {
  entityId: string;
  regionCode: string;
  regionPrefix: string;
  name: string;
  agreementKey: PublicEcJwk;
}

/** Reads a peer whose key officers here compared; an operator's word is not enough. Throws peer-not-trusted. */
export async function comparedPeer(work: Pick<Work, 'peers'>, entityId: string): Promise<PeerRecord> {
  const peer = await trustedPeer(work, entityId);
  if (isVouchedOnly(peer)) throw new AppError('peer-not-trusted');
  return peer;
}

/**
 * Trusts the regions an operator vouches for, until it no longer does. What officers here decided stands: a region they
 * blocked stays blocked, a key they compared is not replaced, and one registered under another key is not confirmed.
 */
export async function vouchFor(work: Work, operator: string, vouched: readonly Vouched[]): Promise<void> {
  const peers = await work.peers.list();
  for (const region of vouched)
    await trust(work, operator, region, peers.find(({ _id }) => _id === region.entityId) ?? null);
  const gone = peers.filter(
    ({ _id, vouchedBy }) => vouchedBy === operator && !vouched.some(({ entityId }) => entityId === _id),
  );
  for (const peer of gone) {
    const event = newEvent(work.clock, 'peer.no-longer-vouched', 'system', { regionCode: peer.regionCode });
    await work.peers.swap(peer, { state: 'waiting', vouchedBy: null, comparedBy: [] }, event);
  }
}

async function trust(
  work: Work,
  operator: string,
  { entityId, agreementKey: key, ...region }: Vouched,
  peer: PeerRecord | null,
): Promise<void> {
  const detail = { regionCode: region.regionCode, operator, thumbprint: thumbprintOf(key) };
  const event = newEvent(work.clock, 'peer.vouched', 'system', detail);
  const state = { state: 'confirmed' as const, vouchedBy: operator };
  if (peer === null) {
    const keys = { keys: [key], comparedBy: [], keySet: null };
    await work.peers.insert({ _id: entityId, ...region, ...keys, ...state, version: 1, outbox: [event] });
    return;
  }
  const [pinned] = peer.keys;
  const isSame = pinned !== undefined && thumbprintOf(pinned) === thumbprintOf(key);
  if (peer.state === 'waiting' && isSame && peer.regionCode === region.regionCode)
    await work.peers.swap(peer, state, event);
  // The operator's word is all there is of this one, so its newer word counts.
  if (peer.vouchedBy === operator && !isSame)
    await work.peers.swap(peer, { keys: [key, ...peer.keys.slice(0, 1)] }, event);
}
