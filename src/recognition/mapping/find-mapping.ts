import { AppError } from '../../base/error.ts';
import type { AgreementDocument } from '../agreement/document.ts';
import type { Rules } from '../agreement/rules.ts';
import type { Work } from '../ports.ts';
import type { MappingDocument } from './document.ts';
import { type Mapping, type MappingPlace, mappingOf, mappingRecordId } from './record.ts';
import type { MappingReference } from './reference.ts';
import { referencesIn, resolveRules } from './rules.ts';

/** Reads one version. Throws mapping-missing. */
export async function readMapping(work: Work, place: MappingPlace): Promise<Mapping> {
  const record = await work.mappings.byId(mappingRecordId(place));
  if (record === null) throw new AppError('mapping-missing');
  return mappingOf(record);
}

/** Reads every version of a mapping, the newest first; empty when there is none. */
export const findMappingVersions = async (work: Work, mappingId: string): Promise<Mapping[]> =>
  (await work.mappings.versionsOf(mappingId)).map(mappingOf);

/** Lists what a document refers to; only an agreement between two refers to mappings. */
export const referencesOf = (document: AgreementDocument): MappingReference[] =>
  document.kind === 'bilateral' ? referencesIn(document.rules) : [];

/** Reads the rules of an agreement with what its mappings say; null when one of them is not here with that very text. */
export async function rulesOf(
  { mappings }: Pick<Work, 'mappings'>,
  document: Extract<AgreementDocument, { kind: 'bilateral' }>,
): Promise<Rules | null> {
  const references = referencesIn(document.rules);
  const records = references.length === 0 ? [] : await mappings.byIds(references.map(recordIdOf));
  const published = records.filter(({ isPublished }) => isPublished);
  const found = new Map<string, MappingDocument>(
    published.map((record) => [`${record._id} ${record.digest}`, mappingOf(record).document]),
  );
  return resolveRules(
    document.rules,
    (reference) => found.get(`${recordIdOf(reference)} ${reference.digest}`) ?? null,
  );
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
