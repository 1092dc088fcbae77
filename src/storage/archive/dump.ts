/**
 * Every record as lines of text, and back. Owns the order they are written in, the digests and the manifest, and the rule
 * that nothing is written into a storage that is not empty; it does not own what a record means, nor how the text is
 * sealed (crypto) or kept (the commands). What expires is no part of it. Its format is a design of this project, its
 * documents are canonical Extended JSON (MongoDB) [M]. Control leaves by the lines and by an AppError with a code.
 */
import { AppError } from '../../base/error.ts';
import { type ArchiveHead, type ArchivePart, documentLine, line, PartSum } from './lines.ts';
import type { ArchiveSource } from './source.ts';

/** How a restore stands; it is of this storage, so no archive holds it. */
export const restoreCollection = 'restores';

/**
 * Writes all records as lines. The collections named in `last` come at the end in that order: what is read earlier may
 * be less than what is read later, never more. Throws backup-nothing.
 */
export async function* dumpLines(
  source: ArchiveSource,
  given: Omit<ArchiveHead, 'version' | 'consistency'>,
  last: readonly string[],
): AsyncGenerator<string> {
  const head: ArchiveHead = { version: 1, ...given, consistency: source.consistency };
  const names = inOrder(await source.collections(), last);
  if (names.length === 0) throw new AppError('backup-nothing');
  yield line('H', head);
  const parts: ArchivePart[] = [];
  for (const collection of names) {
    yield line('C', collection);
    const sum = new PartSum(collection);
    for await (const doc of source.documents(collection)) {
      const text = documentLine(doc);
      sum.add(text);
      yield `D${text}\n`;
    }
    const part = sum.end();
    parts.push(part);
    yield line('E', part);
  }
  yield line('M', { ...head, parts });
}

const inOrder = (names: readonly string[], last: readonly string[]): string[] => [
  ...names.filter((name) => name !== restoreCollection && !last.includes(name)).sort(),
  ...last.filter((name) => names.includes(name)),
];
