import { createHash, type Hash } from 'node:crypto';
import { mongo } from 'mongoose';
import { AppError } from '../../base/error.ts';
import type { Doc } from '../embedded/bson.ts';

const { EJSON } = mongo.BSON;

/** Whose records these are. */
export interface ArchiveHead {
  version: 1;
  /** Tells this archive from every other. */
  archiveId: string;
  issuer: string;
  regionCode: string;
  /** ISO 8601. */
  begunAt: string;
  /** Whether all is of one instant, or each collection was read after the other, the audit chain last. */
  consistency: 'one-instant' | 'in-order';
}

/** One collection as it was written. */
export interface ArchivePart {
  collection: string;
  count: number;
  /** SHA-256 over its lines, hex. */
  sha256: string;
}

/** What an archive says of itself at its end. */
export interface Manifest extends ArchiveHead {
  parts: ArchivePart[];
}

/** A line: H head, C begin of a collection, D one of its documents, E its end, M manifest. */
export type Line =
  | { kind: 'H'; value: ArchiveHead }
  | { kind: 'C'; value: string }
  | { kind: 'D'; text: string }
  | { kind: 'E'; value: ArchivePart }
  | { kind: 'M'; value: Manifest };

/** Writes a document as canonical Extended JSON: every type comes back as it was. */
export const documentLine = (doc: Doc): string => EJSON.stringify(doc, undefined, 0, { relaxed: false });

/** Reads a document line; numbers come as numbers, which is how both engines hand them out. */
export const readDocument = (text: string): Doc => EJSON.parse(text) as Doc;

/** Writes any other line. */
export const line = (kind: 'H' | 'C' | 'E' | 'M', value: unknown): string =>
  `${kind}${JSON.stringify(value)}\n`;

/** Counts and digests the lines of one collection. */
export class PartSum {
  private readonly hash: Hash = createHash('sha256');
  private count = 0;

  constructor(private readonly collection: string) {}

  add(text: string): void {
    this.hash.update(text).update('\n');
    this.count += 1;
  }

  end(): ArchivePart {
    return { collection: this.collection, count: this.count, sha256: this.hash.digest('hex') };
  }
}

/** Cuts bytes into lines at the line feed only: JSON may hold what else ends a line for other readers. */
export async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let held: Buffer[] = [];
  for await (const chunk of source) {
    let at = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, at)) {
      yield readLine(Buffer.concat([...held, chunk.subarray(at, end)]).toString());
      held = [];
      at = end + 1;
    }
    held.push(chunk.subarray(at));
  }
  if (held.some(({ length }) => length > 0)) throw new AppError('backup-unreadable', { place: 'end' });
}

const readLine = (text: string): Line => {
  const kind = text[0] ?? '';
  if (kind === 'D') return { kind, text: text.slice(1) };
  if (!'HCEM'.includes(kind) || kind === '') throw new AppError('backup-unreadable', { place: 'line' });
  return { kind, value: JSON.parse(text.slice(1)) } as Line;
};
