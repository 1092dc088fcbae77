import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../base/error.ts';
import { type ArchiveHead, type ArchivePart, type Line, type Manifest, PartSum } from './lines.ts';

/** Takes one document on the way. */
export type TakeDocument = (collection: string, text: string) => Promise<void>;

/**
 * Reads an archive to its end, sums every part and holds the sums against what the archive says; returns its manifest.
 * Throws backup-unreadable, naming the place.
 */
export async function readLines(lines: AsyncIterable<Line>, take?: TakeDocument): Promise<Manifest> {
  let head: ArchiveHead | null = null;
  let manifest: Manifest | null = null;
  let open: { collection: string; sum: PartSum } | null = null;
  const parts: ArchivePart[] = [];
  for await (const line of lines) {
    if (manifest !== null || (head === null) !== (line.kind === 'H')) throw unreadable(`line ${line.kind}`);
    if (line.kind === 'H') head = line.value;
    else if (line.kind === 'C') open = { collection: line.value, sum: new PartSum(line.value) };
    else if (line.kind === 'M') manifest = line.value;
    else if (open === null) throw unreadable(`line ${line.kind}`);
    else if (line.kind === 'D') {
      open.sum.add(line.text);
      await take?.(open.collection, line.text);
    } else {
      const part = open.sum.end();
      if (!isDeepStrictEqual(part, line.value)) throw unreadable(part.collection);
      parts.push(part);
      open = null;
    }
  }
  if (manifest === null || head?.version !== 1 || !isDeepStrictEqual(manifest, { ...head, parts }))
    throw unreadable('manifest');
  return manifest;
}

const unreadable = (place: string): AppError => new AppError('backup-unreadable', { place });
