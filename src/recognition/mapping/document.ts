import { z } from 'zod';
import { AppError } from '../../base/error.ts';
import { digestOf, type JsonObject } from '../../crypto/index.ts';
import { isWithinRegion, type RegionCode } from '../../terms/region-code.ts';
import { acrShape, nameShape, regionCodeShape } from '../agreement/rules.ts';
import { canonicalOf, jsonOf } from '../canonical-text.ts';
import { referenceSchema } from './reference.ts';

/** The most bytes of a mapping, as of an agreement. A design of this project. */
const mostBytes = 256 * 1024;

const { id, version, digest } = referenceSchema.shape;

/** From the region that vouches to the one that relies on it; a code stands for all regions within it. */
const ends = { from: regionCodeShape, to: regionCodeShape };

const contentShape = {
  name: z.string().min(1).max(128),
  /** What levels of one region count for at the other (等级换算). */
  levels: z.array(z.strictObject({ ...ends, levelMap: z.partialRecord(acrShape, acrShape) })).max(200),
  /** Which types are taken for which (类型对应), and what fields are called where the name differs. */
  types: z
    .array(
      z.strictObject({
        ...ends,
        type: nameShape,
        as: nameShape,
        fieldMap: z.record(nameShape, nameShape),
      }),
    )
    .max(1000),
};

const documentSchema = z.strictObject({
  type: z.literal('yihao-mapping/1'),
  id,
  version,
  supersedes: z.strictObject({ version, digest }).optional(),
  publisher: z.strictObject({
    entityId: z.url({ protocol: /^https?$/ }).max(512),
    regionCode: regionCodeShape,
  }),
  ...contentShape,
});

export type MappingDocument = z.infer<typeof documentSchema>;
export type LevelTable = MappingDocument['levels'][number];
export type TypeEquivalent = MappingDocument['types'][number];
/** What an officer drafts: the document without what the system writes. */
export type MappingContent = Pick<MappingDocument, 'name' | 'levels' | 'types'>;

/** A document beside the bytes that are signed and their digest. */
export interface ReadMapping {
  document: MappingDocument;
  bytes: Buffer;
  digest: string;
}

/** Reads the bytes of a mapping, which have to be in the one form of RFC 8785. Throws mapping-document-invalid {place}. */
export function parseMapping(bytes: Uint8Array): ReadMapping {
  if (bytes.length > mostBytes) throw invalid('size');
  const read = writeMapping(jsonOf(bytes, invalid));
  if (!read.bytes.equals(bytes)) throw invalid('canonical form');
  return read;
}

/** Checks a value for being a mapping and writes its bytes. Throws mapping-document-invalid {place}. */
export function writeMapping(value: unknown): ReadMapping {
  const parsed = documentSchema.safeParse(value);
  if (!parsed.success) throw invalid(parsed.error.issues[0]?.path.join('.') || 'members');
  const document = parsed.data;
  const { version: own, supersedes } = document;
  if (own === 1 ? supersedes !== undefined : supersedes?.version !== own - 1) throw invalid('supersedes');
  const [fault] = faultsOf(document, document.publisher.regionCode);
  if (fault !== undefined) throw invalid(fault);
  const bytes = canonicalOf(document as unknown as JsonObject, invalid);
  if (bytes.length > mostBytes) throw invalid('size');
  return { document, bytes, digest: digestOf(bytes) };
}

/** Lists every place where what an officer of a region drafts is no mapping; empty when it is one. */
export function faultsOfMapping(content: object, regionCode: string): string[] {
  const parsed = z.strictObject(contentShape).safeParse(content);
  if (!parsed.success) return parsed.error.issues.map(({ path }) => path.join('.') || 'members');
  return faultsOf(parsed.data, regionCode);
}

/** Tells whether a region lies in the one that a code stands for. */
export const isWithin = (regionCode: string, wide: string): boolean =>
  isWithinRegion(wide as RegionCode, regionCode as RegionCode);

/** Finds what the shape alone does not hold: a publisher speaks for its own side, and says each thing once. */
function faultsOf({ levels, types }: MappingContent, publisher: string): string[] {
  const isForeign = ({ from, to }: { from: string; to: string }): boolean =>
    ![from, to].some((code) => isWithin(code, publisher));
  const keys = types.map(({ from, to, type }) => `${from} ${to} ${type}`);
  const pairs = levels.map(({ from, to }) => `${from} ${to}`);
  return [
    ...placesOf('levels', levels, (table, i) => isForeign(table) || pairs.indexOf(pairs[i] ?? '') < i),
    ...placesOf('types', types, (one, i) => isForeign(one) || keys.indexOf(keys[i] ?? '') < i),
    ...placesOf('types', types, ({ fieldMap }) => {
      const names = Object.values(fieldMap);
      return new Set(names).size < names.length;
    }),
  ];
}

const placesOf = <T>(part: string, list: readonly T[], isWrong: (one: T, i: number) => boolean): string[] =>
  list.flatMap((one, i) => (isWrong(one, i) ? [`${part}.${i}`] : []));

const invalid = (place: string, cause?: unknown): AppError =>
  new AppError('mapping-document-invalid', { place }, { cause });
