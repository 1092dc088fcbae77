import { AppError } from '../../base/error.ts';
import { type AgreementDocument, type BilateralDocument, writtenIn } from '../agreement/document.ts';
import type { Rules } from '../agreement/rules.ts';
import type { Work } from '../ports.ts';
import type { MappingDocument } from './document.ts';
import { type Mapping, type MappingPlace, mappingOf, mappingRecordId } from './record.ts';
import type { MappingReference } from './reference.ts';
import { type FindMapping, referencesIn, resolveRules } from './rules.ts';

/** Reads one version. Throws mapping-missing. */
export async function readMapping(work: Work, place: MappingPlace): Promise<Mapping> {
  const record = await work.mappings.byId(mappingRecordId(place));
  if (record === null) throw new AppError('mapping-missing');
  return mappingOf(record);
}

/** Reads every version of a mapping, the newest first; empty when there is none. */
export const findMappingVersions = async (work: Work, mappingId: string): Promise<Mapping[]> =>
  (await work.mappings.versionsOf(mappingId)).map(mappingOf);

/** Lists what a document refers to. */
export const referencesOf = (document: AgreementDocument): MappingReference[] =>
  Object.values(writtenIn(document)).flatMap(referencesIn);

/** Reads the mappings that documents refer to; one that is not here with that very text is not found. */
export async function mappingsFor(
  { mappings }: Pick<Work, 'mappings'>,
  documents: readonly AgreementDocument[],
): Promise<FindMapping> {
  const references = documents.flatMap(referencesOf);
  const records = references.length === 0 ? [] : await mappings.byIds(references.map(recordIdOf));
  const published = records.filter(({ isPublished }) => isPublished);
  const found = new Map<string, MappingDocument>(
    published.map((record) => [`${record._id} ${record.digest}`, mappingOf(record).document]),
  );
  return (reference) => found.get(`${recordIdOf(reference)} ${reference.digest}`) ?? null;
}

/** Reads the rules of an agreement with what its mappings say; null when one of them is not here with that very text. */
export const rulesOf = async (
  work: Pick<Work, 'mappings'>,
  document: BilateralDocument,
): Promise<Rules | null> => resolveRules(document.rules, await mappingsFor(work, [document]));

/** Tells whether all that a document refers to is here, and says something for each rule between two. */
export async function isReadable(
  work: Pick<Work, 'mappings'>,
  document: AgreementDocument,
): Promise<boolean> {
  if (document.kind === 'bilateral') return (await rulesOf(work, document)) !== null;
  const find = await mappingsFor(work, [document]);
  return referencesOf(document).every((reference) => find(reference) !== null);
}

/** Names the record that a reference means. */
export const recordIdOf = ({ id, version }: MappingReference): string =>
  mappingRecordId({ mappingId: id, mappingVersion: version });

const onPage = 20;

/** Lists versions for officers, page by page; `next` is where the list goes on, null at its end. */
export async function pageMappings(
  work: Work,
  after = '',
): Promise<{ mappings: Mapping[]; next: string | null }> {
  const records = await work.mappings.page(after, onPage + 1);
  const shown = records.slice(0, onPage);
  return {
    mappings: shown.map(mappingOf),
    next: records.length > onPage ? (shown.at(-1)?._id ?? null) : null,
  };
}
