import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { type SignedDocument, thumbprintOf } from '../../crypto/index.ts';
import { type PeerRecord, pinnedOf } from '../peer/peer.ts';
import { followRotation, trustedPeer } from '../peer/peers.ts';
import type { Work } from '../ports.ts';
import { type Change, change, ownPartyOf, ownProgress, withEvents } from './append.ts';
import { follow, type Progress } from './chain.ts';
import { type AgreementDocument, parseDocument, type ReadDocument } from './document.ts';
import { eventInvalid, hashOfEvent, readEvent, verifyEvent } from './event.ts';
import { type AgreementRecord, newRecord, progressOf, recordId, signedDigestOf, signedOf } from './record.ts';
import { acknowledged, inOrderOf } from './sign-agreement.ts';
import { verifyAgreement } from './signed.ts';

/** All that one side can tell of one version: the text, the signatures it holds, and its own chain, whole. */
export interface Envelope {
  signed: SignedDocument;
  events: string[];
}

/** Packs what the peer of an agreement has to hold: a proposal, a countersignature and an event are all sent like this. */
export const envelopeOf = (work: Pick<Work, 'self'>, record: AgreementRecord): Envelope => ({
  signed: signedOf(record),
  events: record.chains.find(({ party }) => party === work.self.entityId)?.events ?? [],
});

/**
 * Takes what a peer sent, whose word the message it came in has proved. Each envelope is whole, so one that was dropped,
 * repeated or overtaken does no harm: what is known is passed over, what is new is verified and added, and both sides come
 * to the same bytes. A whole set of signatures is acknowledged in the same write. Throws peer-not-trusted,
 * agreement-document-invalid, agreement-signature-invalid, agreement-event-invalid, agreement-conflict, agreement-changed.
 */
export async function receiveEnvelope(
  work: Work,
  from: string,
  envelope: Envelope,
): Promise<AgreementRecord> {
  const peer = await trustedPeer(work, from);
  const { document, digest } = parseDocument(Buffer.from(envelope.signed.payload, 'base64url'));
  const place = { agreementId: document.id, agreementVersion: document.version };
  const known = await work.agreements.byId(recordId(document.id, document.version));
  if (known === null) await addProposed(work, peer, envelope);
  return await change(work, place, {
    actor: 'system',
    async decide(record) {
      if (record.digest !== digest) throw new AppError('agreement-conflict');
      return await merged(work, peer, record, { document, envelope });
    },
  });
}

/** Adds a version that was not known, with nothing signed yet; what is signed is merged into it like anything else. */
async function addProposed(work: Work, peer: PeerRecord, { signed }: Envelope): Promise<void> {
  const read = await verifyAgreement(signed, pinnedBy(peer));
  if (!read.signatures.has(peer._id)) throw new AppError('agreement-signature-invalid');
  await checkParties(work, peer, read);
  const { id: agreementId, version: agreementVersion } = read.document;
  const detail = { agreementId, agreementVersion, digest: read.digest };
  const event = newEvent(work.clock, 'agreement.received', 'system', detail);
  // Whoever was first has inserted the same: the digest is looked at when it is read again.
  await work.agreements.insert({ ...newRecord(read, null), outbox: [event] });
}

const pinnedBy =
  (peer: PeerRecord) =>
  (entityId: string): string[] =>
    entityId === peer._id ? pinnedOf(peer) : [];

/** The document is between the two of us, each as the other knows it, and follows the version that is here. */
async function checkParties(work: Work, peer: PeerRecord, { document }: ReadDocument): Promise<void> {
  const own = ownPartyOf(work, document);
  const { current, next } = await work.keys.load();
  const isOurs = own !== null && [current, next].map(thumbprintOf).includes(thumbprintOf(own.agreementKey));
  const isTheirs = document.parties.some(
    ({ entityId, regionCode, regionPrefix }) =>
      entityId === peer._id && regionCode === peer.regionCode && regionPrefix === peer.regionPrefix,
  );
  if (!isOurs || !isTheirs) throw new AppError('agreement-document-invalid', { place: 'parties' });
  if (document.supersedes === undefined) return;
  const before = await work.agreements.byId(recordId(document.id, document.supersedes.version));
  if (before?.digest !== document.supersedes.digest) throw new AppError('agreement-conflict');
}

async function merged(
  work: Work,
  peer: PeerRecord,
  record: AgreementRecord,
  { document, envelope }: { document: AgreementDocument; envelope: Envelope },
): Promise<Change | null> {
  const signed = await withSignatures(peer, record, { document, envelope });
  const news = await newsOf(work, peer, signed, { document, envelope });
  const told = news.length === 0 ? signed : withEvents(signed, peer._id, news);
  checkWord(told, document, peer);
  const isComplete = ownProgress(work, told).phase === 'signed' && signedDigestOf(told) !== null;
  const result = isComplete ? { ...(await acknowledged(work, told)), undelivered: true } : told;
  if (result === record) return null;
  const last = news.at(-1);
  const type = last === undefined ? 'signature-received' : `${readEvent(last).act}-received`;
  return { record: result, type, detail: { peer: peer._id } };
}

/** Adds the peer's signature; one of ours, or another of theirs, than those that stand here is a contradiction. */
async function withSignatures(
  peer: PeerRecord,
  record: AgreementRecord,
  { document, envelope: { signed } }: { document: AgreementDocument; envelope: Envelope },
): Promise<AgreementRecord> {
  const known = record.signatures.map(({ protected: header, signature }) => `${header}.${signature}`);
  const fresh = signed.signatures.filter(
    ({ protected: header, signature }) => !known.includes(`${header}.${signature}`),
  );
  if (fresh.length === 0) return record;
  const { signatures } = await verifyAgreement({ ...signed, signatures: fresh }, pinnedBy(peer));
  const theirs = signatures.get(peer._id);
  const isKnown = record.signatures.some(({ party }) => party === peer._id);
  if (theirs === undefined || isKnown) throw new AppError('agreement-conflict');
  const all = [...record.signatures, { party: peer._id, ...theirs }];
  return { ...record, signatures: inOrderOf(document, all) };
}

/** Verifies what goes beyond the chain that is here; a chain that parts from it is a contradiction. */
async function newsOf(
  work: Work,
  peer: PeerRecord,
  record: AgreementRecord,
  { document, envelope }: { document: AgreementDocument; envelope: Envelope },
): Promise<string[]> {
  const known = record.chains.find(({ party }) => party === peer._id)?.events ?? [];
  const parts = known.some((text, i) => {
    const theirs = envelope.events[i];
    return theirs !== undefined && hashOfEvent(readEvent(theirs)) !== hashOfEvent(readEvent(text));
  });
  if (parts) throw new AppError('agreement-conflict');
  const news = envelope.events.slice(known.length);
  let progress: Progress | undefined = progressOf(record, document).find(({ party }) => party === peer._id);
  for (const text of news) {
    if (progress === undefined) throw new AppError('agreement-conflict');
    const event = readEvent(text);
    const next = follow(progress, event, { document, digest: record.digest });
    if (typeof next === 'string') throw eventInvalid(next);
    await verifyEvent(text, event, progress.key);
    if (event.act === 'keyRotated') await followRotation(work, peer, event.newKey);
    progress = next;
  }
  return news;
}

/** Who says to have signed has; who acknowledges has seen these very signatures. */
function checkWord(record: AgreementRecord, document: AgreementDocument, peer: PeerRecord): void {
  const theirs = progressOf(record, document).find(({ party }) => party === peer._id);
  const hasSigned = record.signatures.some(({ party }) => party === peer._id);
  const saysSo = theirs !== undefined && theirs.phase !== 'silent' && theirs.phase !== 'rejected';
  if (hasSigned !== saysSo) throw eventInvalid('signature');
  const signedDigest = theirs?.signedDigest ?? null;
  if (signedDigest !== null && signedDigest !== signedDigestOf(record))
    throw new AppError('agreement-conflict');
}
