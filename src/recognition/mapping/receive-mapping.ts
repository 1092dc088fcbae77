import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { type SignedDocument, verifyDocument } from '../../crypto/index.ts';
import type { PeerRecord } from '../peer/peer.ts';
import { trustedPeer } from '../peer/peers.ts';
import type { Work } from '../ports.ts';
import { parseMapping } from './document.ts';
import { type Mapping, mappingOf, mappingSignatureType, newMappingRecord } from './record.ts';

/**
 * Takes a published mapping, whoever hands it on: its publisher's signature is what counts, by the agreement key that was
 * compared. What is here already stays as it is. Throws mapping-document-invalid, peer-not-trusted for its publisher,
 * mapping-signature-invalid, mapping-conflict when the same version is here with another text.
 */
export async function receiveMapping(work: Work, signed: SignedDocument): Promise<Mapping> {
  const read = parseMapping(Buffer.from(signed.payload, 'base64url'));
  const { publisher, id: mappingId, version: mappingVersion } = read.document;
  const peer = await trustedPeer(work, publisher.entityId);
  const [signature] = signed.signatures;
  const isSigned = peer.regionCode === publisher.regionCode && (await isSignedBy(peer, signed));
  if (!isSigned || signature === undefined) throw new AppError('mapping-signature-invalid');

  const detail = { mappingId, mappingVersion, digest: read.digest };
  const event = newEvent(work.clock, 'mapping.received', 'system', detail);
  const record = {
    ...newMappingRecord(read, null),
    signature,
    isPublished: true,
    publishedAt: work.clock.now(),
    outbox: [event],
  };
  await work.mappings.insert(record);
  const kept = await work.mappings.byId(record._id);
  if (kept?.digest !== read.digest) throw new AppError('mapping-conflict');
  return mappingOf(kept);
}

const isSignedBy = async (peer: PeerRecord, { payload, signatures }: SignedDocument): Promise<boolean> => {
  const [signature] = signatures;
  if (signature === undefined || signatures.length > 1) return false;
  for (const key of peer.keys) {
    const header = await verifyDocument(key, mappingSignatureType, { payload, ...signature });
    if (header !== null) return header['iss'] === peer._id;
  }
  return false;
};
