import { AppError } from '../../base/error.ts';
import { trustedPeer } from '../peer/peers.ts';
import type { Work } from '../ports.ts';
import { type AgreementPlace, ownProgress } from './append.ts';
import { type AgreementRecord, documentOf, progressOf, recordId, signedDigestOf } from './record.ts';

/** How one side sees one version: what it holds of each chain. Heartbeats and answers to envelopes are made of these. */
export interface AgreementStatus extends AgreementPlace {
  digest: string;
  signedDigest: string | null;
  heads: { party: string; sequence: number; head: string }[];
}

/** What follows from a peer's status: whether it lacks something of ours, or we of its. */
export interface Heeded {
  send: boolean;
  fetch: boolean;
}

/** Says how this side sees a version. */
export const statusOf = (record: AgreementRecord): AgreementStatus => ({
  agreementId: record.agreementId,
  agreementVersion: record.agreementVersion,
  digest: record.digest,
  signedDigest: signedDigestOf(record),
  heads: progressOf(record, documentOf(record)).map(({ party, sequence, head }) => ({
    party,
    sequence,
    head,
  })),
});

/**
 * Takes a peer's status, said at an instant that the message it came in has proved. Keeps it as the heartbeat of the
 * agreement, unless a later one is known. Throws peer-not-trusted, agreement-missing for a version that is not here, and
 * agreement-conflict when chains of the same length have other heads, or the text is another.
 */
export async function hearStatus(
  work: Work,
  from: string,
  { status, saidAt }: { status: AgreementStatus; saidAt: Date },
): Promise<Heeded> {
  const peer = await trustedPeer(work, from);
  const record = await work.agreements.byId(recordId(status.agreementId, status.agreementVersion));
  if (record === null || !isBetween(record, work.self.entityId, peer._id))
    throw new AppError('agreement-missing');
  const mine = statusOf(record);
  checkAgree(mine, status);
  const [own, theirs] = [work.self.entityId, peer._id].map((party) => ({
    here: sequenceOf(mine, party),
    there: sequenceOf(status, party),
  }));
  if (own === undefined || theirs === undefined) throw new AppError('agreement-conflict');
  const send = own.there < own.here;
  if (record.heard === null || record.heard.at <= saidAt) {
    // Two that were said in the same second may come in either order; a chain never gets shorter.
    const peerSequence = Math.max(theirs.there, record.heard?.peerSequence ?? 0);
    const heard = { at: saidAt, peerSequence, ownSequence: own.there };
    await work.agreements.hear(record, heard, send);
  }
  return { send, fetch: theirs.there > theirs.here };
}

/** Lists what the peers have not yet confirmed to hold, with whom it is to be sent to; the edge sends and hears the answer. */
export async function listUndelivered(
  work: Work,
  limit = 100,
): Promise<{ record: AgreementRecord; to: string[] }[]> {
  const records = await work.agreements.undelivered(limit);
  return records.map((record) => ({
    record,
    to: record.chains.map(({ party }) => party).filter((party) => party !== work.self.entityId),
  }));
}

/** Lists what waits to be sent to a peer now. Throws peer-not-trusted. */
export async function listDue(work: Work, entityId: string, limit: number): Promise<AgreementRecord[]> {
  const peer = await trustedPeer(work, entityId);
  return work.agreements.due(peer.regionCode, work.clock.now(), limit);
}

/** Lists how this side sees every agreement with a peer that has been sent or received. Throws peer-not-trusted. */
export async function listStatuses(work: Work, entityId: string): Promise<AgreementStatus[]> {
  const peer = await trustedPeer(work, entityId);
  return shownTo(work, peer._id, await work.agreements.ofRegion(peer.regionCode));
}

/** Lists how this side sees those versions of a list that are between it and a peer. Throws peer-not-trusted. */
export async function listStatusesOf(
  work: Work,
  entityId: string,
  places: readonly AgreementPlace[],
): Promise<AgreementStatus[]> {
  const peer = await trustedPeer(work, entityId);
  const ids = places.map(({ agreementId, agreementVersion }) => recordId(agreementId, agreementVersion));
  return ids.length === 0 ? [] : shownTo(work, peer._id, await work.agreements.byIds(ids));
}

const shownTo = (work: Work, entityId: string, records: AgreementRecord[]): AgreementStatus[] =>
  records
    .filter((record) => isBetween(record, work.self.entityId, entityId))
    .filter((record) => record.draftedBy === null || ownProgress(work, record).sequence > 0)
    .map(statusOf);

const isBetween = ({ chains }: AgreementRecord, ...parties: string[]): boolean =>
  parties.every((entityId) => chains.some(({ party }) => party === entityId));

/** Two chains of the same length are the same chain, or someone has said two things. */
function checkAgree(mine: AgreementStatus, theirs: AgreementStatus): void {
  const parts = mine.heads.some(({ party, sequence, head }) => {
    const other = theirs.heads.find((candidate) => candidate.party === party);
    return other === undefined || (other.sequence === sequence && other.head !== head);
  });
  if (mine.digest !== theirs.digest || parts) throw new AppError('agreement-conflict');
}

const sequenceOf = ({ heads }: AgreementStatus, party: string): number =>
  heads.find((head) => head.party === party)?.sequence ?? 0;
