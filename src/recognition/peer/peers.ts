/**
 * The regions that agreements can be made with. Owns their registration, the comparison of agreement keys by two officers
 * and the signed sets of their operational keys; owns no agreement and fetches nothing: an edge brings what it fetched.
 * Control leaves by the record, or by peer-not-trusted, peer-thumbprint-differs, peer-changed, officer-must-differ.
 */
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import {
  type KeySet,
  type PublicEcJwk,
  publicEcPart,
  thumbprintOf,
  verifyKeySet,
} from '../../crypto/index.ts';
import { parseRegionCode } from '../../terms/region-code.ts';
import type { Work } from '../ports.ts';
import { isVouchedOnly, type PeerRecord } from './peer.ts';

/** A region to be registered, with the agreement key that it says is its own. */
export interface NewPeer {
  entityId: string;
  regionCode: string;
  regionPrefix: string;
  name: string;
  agreementKey: PublicEcJwk;
  actor: string;
}

/** Registers a region; nothing is taken from it before two officers have compared its key. Throws peer-changed, region-code-invalid. */
export async function addPeer(work: Work, { agreementKey, actor, ...peer }: NewPeer): Promise<void> {
  const regionCode = parseRegionCode(peer.regionCode);
  const key = publicEcPart(agreementKey);
  const event = newEvent(work.clock, 'peer.added', actor, { regionCode, thumbprint: thumbprintOf(key) });
  const isAdded = await work.peers.insert({
    _id: peer.entityId,
    regionCode,
    regionPrefix: peer.regionPrefix,
    name: peer.name,
    keys: [key],
    state: 'waiting',
    vouchedBy: null,
    comparedBy: [],
    keySet: null,
    version: 1,
    outbox: [event],
  });
  if (!isAdded) throw new AppError('peer-changed');
}

/**
 * Notes that an officer compared the fingerprint over another way; the second officer's confirms the peer. Throws
 * peer-not-trusted when it is unknown or blocked, peer-thumbprint-differs, officer-must-differ, peer-changed.
 */
export async function comparePeer(
  work: Work,
  { entityId, thumbprint, actor }: { entityId: string; thumbprint: string; actor: string },
): Promise<PeerRecord['state']> {
  const peer = await work.peers.byId(entityId);
  if (peer === null || peer.state === 'blocked') throw new AppError('peer-not-trusted');
  // One that an operator vouches for can be compared all the same: only then an agreement is signed with it alone.
  const isVouched = peer.state === 'confirmed' && isVouchedOnly(peer);
  if (peer.state === 'confirmed' && !isVouched) return peer.state;
  const [key] = peer.keys;
  if (key === undefined || thumbprintOf(key) !== thumbprint) throw new AppError('peer-thumbprint-differs');
  if (peer.comparedBy.includes(actor)) throw new AppError('officer-must-differ');
  const comparedBy = [...peer.comparedBy, actor];
  const isCompared = comparedBy.length >= 2;
  const state = isCompared || isVouched ? 'confirmed' : 'waiting';
  const changes = { comparedBy, state, ...(isCompared ? { vouchedBy: null } : {}) } as const;
  const event = newEvent(work.clock, isCompared ? 'peer.confirmed' : 'peer.compared', actor, {
    regionCode: peer.regionCode,
  });
  if (!(await work.peers.swap(peer, changes, event))) throw new AppError('peer-changed');
  return state;
}

/** Stops trusting a region altogether; its agreements close as its word is no longer taken. Throws peer-not-trusted, peer-changed. */
export async function blockPeer(
  work: Work,
  { entityId, actor }: { entityId: string; actor: string },
): Promise<void> {
  const peer = await work.peers.byId(entityId);
  if (peer === null) throw new AppError('peer-not-trusted');
  const event = newEvent(work.clock, 'peer.blocked', actor, { regionCode: peer.regionCode });
  if (!(await work.peers.swap(peer, { state: 'blocked' }, event))) throw new AppError('peer-changed');
  // Without its list all that was joined under it is closed as well.
  await work.lists.forget(entityId);
}

/** Takes a signed key set of a peer and keeps it. Throws peer-not-trusted, agreement-signature-invalid, peer-changed. */
export async function receiveKeySet(work: Work, entityId: string, token: string): Promise<KeySet> {
  const peer = await trustedPeer(work, entityId);
  const keySet = await readKeySet(work, peer, token);
  if (keySet === null) throw new AppError('agreement-signature-invalid');
  if (!(await work.peers.keepKeySet(peer, token))) throw new AppError('peer-changed');
  return keySet;
}

/** Reads the operational keys of a peer as last vouched for; null when it has none that still hold. Throws peer-not-trusted. */
export async function findKeySet(work: Work, entityId: string): Promise<KeySet | null> {
  const peer = await trustedPeer(work, entityId);
  return peer.keySet === null ? null : readKeySet(work, peer, peer.keySet);
}

/** Reads a confirmed peer. Throws peer-not-trusted. */
export async function trustedPeer({ peers }: Pick<Work, 'peers'>, entityId: string): Promise<PeerRecord> {
  const peer = await peers.byId(entityId);
  if (peer?.state !== 'confirmed') throw new AppError('peer-not-trusted');
  return peer;
}

/** Pins the key that a verified rotation announced; before the rotation is stored, so that a crash in between repeats it. */
export async function followRotation(work: Work, peer: PeerRecord, newKey: PublicEcJwk): Promise<void> {
  if (peer.keys.some((key) => thumbprintOf(key) === thumbprintOf(newKey))) return;
  const keys = [newKey, ...peer.keys.slice(0, 1)];
  const event = newEvent(work.clock, 'peer.key-rotated', 'system', {
    regionCode: peer.regionCode,
    thumbprint: thumbprintOf(newKey),
  });
  if (!(await work.peers.swap(peer, { keys }, event))) throw new AppError('peer-changed');
}

async function readKeySet({ clock }: Work, peer: PeerRecord, token: string): Promise<KeySet | null> {
  for (const agreementKey of peer.keys) {
    const keySet = await verifyKeySet(token, { issuer: peer._id, agreementKey, clock });
    if (keySet !== null) return keySet;
  }
  return null;
}
