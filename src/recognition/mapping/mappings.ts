/**
 * Type equivalents and level tables, published by version. Owns the mapping as a signed document that never changes once it
 * is published, how it is taken from other regions, and what an agreement that refers to one means by it; owns no agreement:
 * one moves to a later mapping by its own next version alone. The form of the document is that of agreements, RFC 8785 and
 * RFC 7515 in general JSON with one signature [M]; what stands in it is a design of this project [D].
 * Control leaves by a value, or by an AppError with a code; what happened rides in the record's outbox.
 */
import type { SignedDocument } from '../../crypto/index.ts';
import type { AgreementDocument } from '../agreement/document.ts';
import type { Rules } from '../agreement/rules.ts';
import type { Work } from '../ports.ts';
import type { MappingDocument } from './document.ts';
import { draftMapping, type MappingDraft } from './draft-mapping.ts';
import { findMappingVersions, pageMappings, readMapping, rulesOf } from './find-mapping.ts';
import { listMissing } from './missing.ts';
import { type MappingPublication, publishMapping } from './publish-mapping.ts';
import { receiveMapping } from './receive-mapping.ts';
import { type Mapping, type MappingPlace, mappingOf, mappingRecordId, signedMappingOf } from './record.ts';
import { type Touched, touchedBy } from './touched.ts';

/** What can be done with mappings. */
export interface Mappings {
  draftMapping(draft: MappingDraft): Promise<MappingPlace & { digest: string }>;
  publishMapping(publication: MappingPublication): Promise<void>;
  /** Takes a published mapping from outside. */
  receiveMapping(signed: SignedDocument): Promise<Mapping>;
  /** Reads one version. Throws mapping-missing. */
  readMapping(place: MappingPlace): Promise<Mapping>;
  /** Reads every version of a mapping, the newest first. */
  findMappingVersions(mappingId: string): Promise<Mapping[]>;
  pageMappings(after?: string): Promise<{ mappings: Mapping[]; next: string | null }>;
  /** Lists what agreements can refer to, the last published first. */
  listPublishedMappings(): Promise<Mapping[]>;
  /** Packs a version for whoever asks; null when there is none, or it is a draft. */
  signedMapping(place: MappingPlace): Promise<SignedDocument | null>;
  /** Lists what agreements with a peer refer to and is not here. */
  listMissingMappings(entityId: string): Promise<MappingPlace[]>;
  /** Reads the rules of an agreement between two with what its mappings say; null when one is not here. */
  readRules(document: AgreementDocument): Promise<Rules | null>;
  touchedBy(mapping: MappingDocument): Promise<Touched[]>;
}

/** Binds what can be done with mappings to the stores. */
export const mappingsOf = (work: Work): Mappings => ({
  draftMapping: (draft) => draftMapping(work, draft),
  publishMapping: (publication) => publishMapping(work, publication),
  receiveMapping: (signed) => receiveMapping(work, signed),
  readMapping: (place) => readMapping(work, place),
  findMappingVersions: (mappingId) => findMappingVersions(work, mappingId),
  pageMappings: (after) => pageMappings(work, after),
  listPublishedMappings: async () => (await work.mappings.published(200)).map(mappingOf),
  signedMapping: async (place) => {
    const record = await work.mappings.byId(mappingRecordId(place));
    return record === null ? null : signedMappingOf(record);
  },
  listMissingMappings: (entityId) => listMissing(work, entityId),
  readRules: async (document) => (document.kind === 'bilateral' ? rulesOf(work, document) : null),
  touchedBy: (mapping) => touchedBy(work, mapping),
});
