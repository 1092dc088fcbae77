import { z } from 'zod';
import { hash, parseEntry, read, signedHead } from './proof.ts';

/**
 * A sealed segment (封存段) as a file: JSON lines, the first this header, then one line an entry. It is a design of this
 * project. The header holds the tree heads before and after, and the subtrees the first tree is made of.
 */
const header = z.strictObject({
  kind: z.literal('segment'),
  /** Null where the segment begins with the chain. */
  first: z.strictObject(signedHead).nullable(),
  second: z.strictObject(signedHead),
  edge: z.array(hash).max(64),
});

/** What stands before the entries of a segment. */
export type SegmentHeader = z.infer<typeof header>;

/** Tells whether the first line of a file is that of a segment. */
export function isSegment(line: string): boolean {
  try {
    return (JSON.parse(line) as { kind?: unknown } | null)?.kind === 'segment';
  } catch {
    return false;
  }
}

const jsonOf = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    // Not JSON: the schema says where.
    return undefined;
  }
};

/** Reads the first line. Throws audit-proof-malformed. */
export const parseHeader = (line: string): SegmentHeader => read(header, jsonOf(line), 'segment');

/** Reads the line of an entry. Throws audit-proof-malformed. */
export const parseLine = (line: string, number: number): ReturnType<typeof parseEntry> =>
  parseEntry(jsonOf(line), `line ${number}`);
