import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { type PublicEcJwk, type SignedDocument, thumbprintOf } from '../../crypto/index.ts';
import { follow, startOf } from '../agreement/chain.ts';
import { type Party, parseDocument, type ReadDocument } from '../agreement/document.ts';
import { eventInvalid, hashOfEvent, readEvent, verifyEvent } from '../agreement/event.ts';
import { type AgreementRecord, newRecord, recordId, signedDigestOf, signedOf } from '../agreement/record.ts';
import { verifyAgreement } from '../agreement/signed.ts';
import { followRotation } from '../peer/peers.ts';
import type { Work } from '../ports.ts';
import { isSameKey, type Listed, type MemberList } from './member-list.ts';

/** All that there is of one version, of every party: what those hold who are no party of it. */
export interface Folder {
  signed: SignedDocument;
  chains: { party: string; events: string[] }[];
}

/** Packs a version whole. */
export const folderOf = (record: AgreementRecord): Folder => ({
  signed: signedOf(record),
  chains: record.chains,
});

/** Tells whether what is here goes as far as what is listed, by the very same chains. */
export const holds = (record: AgreementRecord, { digest, heads }: Listed): boolean =>
  record.digest === digest &&
  heads.every(({ party, sequence, head }) => {
    const event = record.chains.find((chain) => chain.party === party)?.events[sequence - 1];
    return event !== undefined && hashOfEvent(readEvent(event)) === head;
  });

/** Finds the line of a version in a list; null where it has none. */
export const lineOf = (list: MemberList, { _id }: Pick<AgreementRecord, '_id'>): Listed | null =>
  [...list.frameworks, ...list.members.map(({ accession }) => accession)].find(
    ({ agreementId, agreementVersion }) => recordId(agreementId, agreementVersion) === _id,
  ) ?? null;

/**
 * Takes a text and its chains from an operator whose list names them. Everything is verified here: the list only says which
 * text it is, and by that vouches for the keys in it. Throws agreement-missing for what the list held here does not name,
 * agreement-document-invalid, agreement-signature-invalid, agreement-event-invalid, agreement-conflict, agreement-changed.
 */
export async function receiveFolder(work: Work, from: string, folder: Folder): Promise<void> {
  const read = parseDocument(Buffer.from(folder.signed.payload, 'base64url'));
  const _id = recordId(read.document.id, read.document.version);
  const [held, known] = await Promise.all([work.lists.byId(from), work.agreements.byId(_id)]);
  const line = held === null ? null : lineOf(held.list, { _id });
  if (line === null || line.digest !== read.digest) throw new AppError('agreement-missing');
  if (
    !isOperatedBy(read, from) ||
    read.document.parties.some(({ entityId }) => entityId === work.self.entityId)
  )
    throw new AppError('agreement-document-invalid', { place: 'parties' });
  if (known !== null && known.digest !== read.digest) throw new AppError('agreement-conflict');
  const { record, keys } = await verified(read, folder);
  if (signedDigestOf(record) !== line.signedDigest) throw new AppError('agreement-conflict');
  if (!holds(record, line)) throw eventInvalid('place');

  const { agreementId, agreementVersion, digest } = record;
  const detail = { agreementId, agreementVersion, digest, peer: from };
  const event = newEvent(work.clock, 'agreement.received', 'system', detail);
  const chains = known === null ? record.chains : joined(known, record);
  await pinRotated(work, read.document.parties[0], keys);
  const isKept =
    known === null
      ? await work.agreements.insert({ ...record, outbox: [event] })
      : await work.agreements.swap(known, { chains }, [event]);
  if (!isKept) throw new AppError('agreement-changed');
}

/** A list is about frameworks of who tells it and what was signed to join them, and about nothing else. */
const isOperatedBy = ({ document: { parties } }: ReadDocument, entityId: string): boolean => {
  const last = parties.at(-1);
  return last?.role === 'operator' && last.entityId === entityId;
};

/** Verifies signatures by the keys in the text, and each chain from there on; returns the keys each has come through. */
async function verified(
  read: ReadDocument,
  { signed, chains }: Folder,
): Promise<{ record: AgreementRecord; keys: PublicEcJwk[] }> {
  const { document, digest } = read;
  const inText = (entityId: string): string[] =>
    document.parties
      .filter((party) => party.entityId === entityId)
      .map((party) => thumbprintOf(party.agreementKey));
  const { signatures } = await verifyAgreement(signed, inText);
  const record: AgreementRecord = {
    ...newRecord(read, null),
    signatures: [...signatures].map(([party, signature]) => ({ party, ...signature })),
    chains: document.parties.map(({ entityId: party }) => ({
      party,
      events: chains.find((chain) => chain.party === party)?.events ?? [],
    })),
  };
  const signedDigest = signedDigestOf(record);
  const [keys = []] = await Promise.all(
    document.parties.map(async (party, i) => {
      let progress = startOf(party, digest);
      const passed = [progress.key];
      for (const signedEvent of record.chains[i]?.events ?? []) {
        const event = readEvent(signedEvent);
        const next = follow(progress, event, { document, digest });
        if (typeof next === 'string') throw eventInvalid(next);
        await verifyEvent(signedEvent, event, progress.key);
        progress = next;
        passed.push(progress.key);
      }
      if (progress.signedDigest !== null && progress.signedDigest !== signedDigest)
        throw new AppError('agreement-conflict');
      return passed;
    }),
  );
  return { record, keys };
}

/** Of two chains of a party the longer one, if the other is its beginning. Throws agreement-conflict. */
const joined = (known: AgreementRecord, fresh: AgreementRecord): AgreementRecord['chains'] =>
  known.chains.map(({ party, events }, i) => {
    const others = fresh.chains[i]?.events ?? [];
    const parts = events
      .slice(0, others.length)
      .some((event, at) => hashOfEvent(readEvent(event)) !== hashOfEvent(readEvent(others[at] ?? '')));
    if (parts) throw new AppError('agreement-conflict');
    return { party, events: others.length > events.length ? others : events };
  });

/** A member whose key was compared here is followed where its own chain leads from that key to the next. */
async function pinRotated(work: Work, { entityId }: Party, keys: PublicEcJwk[]): Promise<void> {
  const peer = await work.peers.byId(entityId);
  const last = keys.at(-1);
  if (peer?.state !== 'confirmed' || last === undefined) return;
  const isKnown = peer.keys.some((pinned) => keys.slice(0, -1).some((key) => isSameKey(pinned, key)));
  if (isKnown) await followRotation(work, peer, last);
}
