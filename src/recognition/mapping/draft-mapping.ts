import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import type { Work } from '../ports.ts';
import { differenceOf } from './difference.ts';
import { type MappingContent, type ReadMapping, writeMapping } from './document.ts';
import { type MappingPlace, type MappingRecord, mappingOf, newMappingRecord } from './record.ts';

/** What to draft: a new mapping, or what is to follow the last published version of one. */
export interface MappingDraft {
  content: MappingContent;
  /** The mapping this is the next version of; null for a new one. */
  after: string | null;
  actor: string;
}

/**
 * Drafts a version; nothing is signed or told. A draft that is there is written anew. Throws mapping-document-invalid,
 * mapping-missing, mapping-not-own, mapping-unchanged, mapping-changed.
 */
export async function draftMapping(
  work: Work,
  { content, after, actor }: MappingDraft,
): Promise<MappingPlace & { digest: string }> {
  const [newest = null, earlier = null] = after === null ? [] : await work.mappings.versionsOf(after);
  if (after !== null && newest === null) throw new AppError('mapping-missing');
  const last = newest === null || newest.isPublished ? newest : earlier;
  const read = readNext(work, content, { id: after ?? `map_${newId()}`, last });

  const record = newMappingRecord(read, actor);
  const { mappingId, mappingVersion, digest, payload } = record;
  const detail = { mappingId, mappingVersion, digest };
  const event = newEvent(work.clock, 'mapping.drafted', actor, detail);
  const isKept =
    newest === null || newest.isPublished
      ? await work.mappings.insert({ ...record, outbox: [event] })
      : await work.mappings.swap(newest, { digest, payload, draftedBy: actor }, event);
  if (!isKept) throw new AppError('mapping-changed');

  return detail;
}

function readNext(
  { self }: Work,
  content: MappingContent,
  { id, last }: { id: string; last: MappingRecord | null },
): ReadMapping {
  const before = last === null ? null : mappingOf(last).document;
  if (before !== null && before.publisher.entityId !== self.entityId) throw new AppError('mapping-not-own');
  const { name, levels, types } = content;
  const read = writeMapping({
    type: 'yihao-mapping/1',
    id,
    version: (last?.mappingVersion ?? 0) + 1,
    ...(last === null ? {} : { supersedes: { version: last.mappingVersion, digest: last.digest } }),
    publisher: { entityId: self.entityId, regionCode: self.regionCode },
    name,
    levels,
    types,
  });
  const isSame = before?.name === name && differenceOf(before, read.document).length === 0;
  if (isSame) throw new AppError('mapping-unchanged');
  return read;
}
