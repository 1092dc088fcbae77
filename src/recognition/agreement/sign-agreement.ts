import { epochSeconds } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { thumbprintOf } from '../../crypto/index.ts';
import { isReadable } from '../mapping/find-mapping.ts';
import { comparedPeer } from '../peer/vouch.ts';
import type { Work } from '../ports.ts';
import { checkAct } from './act.ts';
import { type AgreementPlace, append, change, ownPartyOf } from './append.ts';
import { type AgreementDocument, parseDocument } from './document.ts';
import { stateOf } from './lifecycle.ts';
import { type AgreementRecord, agreementOf, recordId, signedDigestOf } from './record.ts';
import { agreementSignatureType } from './signed.ts';

/** Who signs which version, having seen which text. */
export interface Signing extends AgreementPlace {
  /** The digest that stood on the officer's screen. */
  digestSeen: string;
  actor: string;
}

/**
 * Proposes a draft: signs it first, so that it can be sent. Throws agreement-missing, agreement-digest-differs,
 * officer-must-differ for its drafter, peer-not-trusted, agreement-act-not-possible, mapping-unresolved,
 * framework-missing.
 */
export async function proposeAgreement(work: Work, signing: Signing): Promise<AgreementRecord> {
  return sign(work, signing, 'propose');
}

/** Signs what the other side proposed, and acknowledges that both signatures are here. Throws as proposeAgreement does. */
export async function countersignAgreement(work: Work, signing: Signing): Promise<AgreementRecord> {
  return sign(work, signing, 'countersign');
}

async function sign(work: Work, signing: Signing, act: 'propose' | 'countersign'): Promise<AgreementRecord> {
  return await change(work, signing, {
    actor: signing.actor,
    async decide(record) {
      if (record.digest !== signing.digestSeen) throw new AppError('agreement-digest-differs');
      if (record.draftedBy === signing.actor) throw new AppError('officer-must-differ');
      const { document } = parseDocument(Buffer.from(record.payload, 'base64url'));
      await checkPeers(work, document);
      await checkFramework(work, document);
      checkAct(work, record, act);
      // Who signs has to be able to read all that is signed.
      if (!(await isReadable(work, document))) throw new AppError('mapping-unresolved');
      const signed = await withSignature(work, record, document, act);
      const told = await append(work, signed, { act: act === 'propose' ? 'proposed' : 'countersigned' });
      const type = act === 'propose' ? 'proposed' : 'countersigned';
      return { record: { ...(await acknowledged(work, told)), undelivered: true }, type };
    },
  });
}

/** Acknowledges the whole set of signatures as soon as it is here; a document that still lacks one is left as it is. */
export async function acknowledged(work: Work, record: AgreementRecord): Promise<AgreementRecord> {
  const signedDigest = signedDigestOf(record);
  return signedDigest === null ? record : await append(work, record, { act: 'acknowledged', signedDigest });
}

async function withSignature(
  work: Work,
  record: AgreementRecord,
  document: AgreementDocument,
  act: string,
): Promise<AgreementRecord> {
  const own = ownPartyOf(work, document);
  if (own === null) throw new AppError('agreement-document-invalid', { place: 'parties' });
  const header = { typ: agreementSignatureType, iss: own.entityId, act, iat: epochSeconds(work.clock) };
  const signature = await work.keys.sign(
    thumbprintOf(own.agreementKey),
    Buffer.from(record.payload, 'base64url'),
    header,
  );
  const all = [...record.signatures, { party: own.entityId, ...signature }];
  return { ...record, signatures: inOrderOf(document, all) };
}

/** Puts signatures in the order of the parties, so that both sides hold the same bytes. */
export const inOrderOf = <T extends { party: string }>(
  { parties }: AgreementDocument,
  signatures: T[],
): T[] => parties.flatMap(({ entityId }) => signatures.filter(({ party }) => party === entityId));

async function checkPeers(work: Work, { parties }: AgreementDocument): Promise<void> {
  for (const { entityId, agreementKey } of parties.filter((party) => party.entityId !== work.self.entityId)) {
    const peer = await comparedPeer(work, entityId);
    if (!peer.keys.some((key) => thumbprintOf(key) === thumbprintOf(agreementKey)))
      throw new AppError('peer-not-trusted');
  }
}

/** What is joined has to be here, word for word, under the operator that is named, and not be over. */
async function checkFramework(work: Work, document: AgreementDocument): Promise<void> {
  if (document.kind !== 'accession') return;
  const { id, version, digest } = document.framework;
  const record = await work.agreements.byId(recordId(id, version));
  if (record?.kind !== 'framework' || record.digest !== digest) throw new AppError('framework-missing');
  const framework = agreementOf(record, work.self.entityId);
  const isOperators = framework.document.parties[0].entityId === document.parties[1].entityId;
  const isOpen = ['countersigned', 'active', 'suspended'].includes(stateOf(framework, work.clock.now()));
  if (!isOperators || !isOpen) throw new AppError('framework-missing');
}
