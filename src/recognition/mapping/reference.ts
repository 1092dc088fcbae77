import { z } from 'zod';

/** Names one version of a mapping and its very text, as an agreement refers to it. */
export const referenceSchema = z.strictObject({
  id: z.string().regex(/^map_[\w-]{22}$/),
  version: z.int().positive(),
  digest: z.string().regex(/^[\w-]{43}$/),
});
export type MappingReference = z.infer<typeof referenceSchema>;

/** What stands in a rule in place of what the mapping says. */
export const mappedSchema = z.strictObject({ mapping: referenceSchema });
export type Mapped = z.infer<typeof mappedSchema>;

/** Tells whether a part of a rule is left to a mapping. */
export const isMapped = (part: unknown): part is Mapped =>
  typeof part === 'object' && part !== null && 'mapping' in part;
