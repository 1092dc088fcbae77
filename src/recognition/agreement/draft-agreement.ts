import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { thumbprintOf } from '../../crypto/index.ts';
import type { Work } from '../ports.ts';
import { type AgreementPlace, change, ownPartyOf } from './append.ts';
import { type AgreementContent, type ReadDocument, writeDocument } from './document.ts';
import { newRecord, recordId } from './record.ts';

/** What to draft: a new agreement, the next version of one, or a draft anew. */
export interface AgreementDraft {
  content: AgreementContent;
  /** The agreement this is the next version of; null for a new one. */
  after: string | null;
  actor: string;
}

/** Where a draft is kept, and the digest of what was written. */
export interface Drafted extends AgreementPlace {
  digest: string;
}

/**
 * Drafts an agreement; nothing is signed or sent. Throws agreement-document-invalid, agreement-missing when there is none
 * to follow, agreement-changed when there is a next version already.
 */
export async function draftAgreement(
  work: Work,
  { content, after, actor }: AgreementDraft,
): Promise<Drafted> {
  const [last = null] = after === null ? [] : await work.agreements.versionsOf(after);
  if (after !== null && last === null) throw new AppError('agreement-missing');
  const numbered = {
    type: 'yihao-agreement/1',
    id: after ?? `agr_${newId()}`,
    version: (last?.agreementVersion ?? 0) + 1,
    ...(last === null ? {} : { supersedes: { version: last.agreementVersion, digest: last.digest } }),
  };
  const read = await readOwn(work, { ...content, ...numbered });

  const { id: agreementId, version: agreementVersion } = read.document;
  const detail = { agreementId, agreementVersion, digest: read.digest };
  const event = newEvent(work.clock, 'agreement.drafted', actor, detail);
  const isInserted = await work.agreements.insert({ ...newRecord(read, actor), outbox: [event] });
  if (!isInserted) throw new AppError('agreement-changed');

  return { agreementId, agreementVersion, digest: read.digest };
}

/** Writes a draft anew; who does so is its drafter. Throws as draftAgreement does, and agreement-act-not-possible. */
export async function redraftAgreement(
  work: Work,
  { content, actor, ...place }: AgreementPlace & { content: AgreementContent; actor: string },
): Promise<Drafted> {
  const { digest } = await change(work, place, {
    actor,
    async decide(record) {
      if (record.signatures.length > 0 || record.draftedBy === null)
        throw new AppError('agreement-act-not-possible', { state: 'proposed' });
      const [before = null] = (await work.agreements.versionsOf(place.agreementId)).filter(
        ({ agreementVersion }) => agreementVersion < place.agreementVersion,
      );
      const read = await readOwn(work, {
        ...content,
        type: 'yihao-agreement/1',
        id: place.agreementId,
        version: place.agreementVersion,
        ...(before === null
          ? {}
          : { supersedes: { version: before.agreementVersion, digest: before.digest } }),
      });
      const { version, outbox } = record;
      return {
        record: {
          ...newRecord(read, actor),
          _id: recordId(place.agreementId, place.agreementVersion),
          version,
          outbox,
        },
        type: 'redrafted',
      };
    },
  });
  return { ...place, digest };
}

/** Reads a document that this region is a party of, by the key it signs with now. Throws agreement-document-invalid. */
async function readOwn(work: Work, value: unknown): Promise<ReadDocument> {
  const read = writeDocument(value);
  const own = ownPartyOf(work, read.document);
  const { current } = await work.keys.load();
  if (own === null || thumbprintOf(own.agreementKey) !== thumbprintOf(current))
    throw new AppError('agreement-document-invalid', { place: 'parties' });
  return read;
}
