import { constants, createReadStream, createWriteStream } from 'node:fs';
import { access, link, open, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { AppError } from '../base/error.ts';
import { newId } from '../base/id.ts';
import { type MasterKey, openSealedFile, sealedFile } from '../crypto/index.ts';
import { type Line, linesOf, type Manifest } from '../storage/archive/lines.ts';
import { readLines } from '../storage/archive/verify.ts';

/** Reads the lines of an archive. Throws backup-other-key, backup-unreadable. */
export async function* archiveLines(file: string, masterKey: MasterKey): AsyncGenerator<Line> {
  const plain = Readable.from(openSealedFile(masterKey, createReadStream(file)), { objectMode: false });
  const unzipped = createGunzip();
  const piped = pipeline(plain, unzipped);
  // What fails is thrown by the reading below; a reader who ends early is no failure.
  piped.catch(() => undefined);
  yield* linesOf(unzipped);
  await piped;
}

/**
 * Writes an archive beside its place, reads it back whole, and only then gives it its name; returns its manifest. What
 * was begun is gone when it fails. Throws backup-target-taken.
 */
export async function writeArchive(
  file: string,
  masterKey: MasterKey,
  lines: AsyncIterable<string>,
): Promise<Manifest> {
  if (await exists(file)) throw new AppError('backup-target-taken', { file });
  const partial = `${file}.${newId(6)}.partial`;
  try {
    await pipeline(
      Readable.from(lines, { objectMode: true }),
      createGzip(),
      (source: AsyncIterable<Buffer>) => sealedFile(masterKey, source),
      createWriteStream(partial, { flags: 'wx', mode: 0o600 }),
    );
    await flush(partial);
    const manifest = await readLines(archiveLines(partial, masterKey));
    await link(partial, file).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? new AppError('backup-target-taken', { file }) : error;
    });
    return manifest;
  } finally {
    await unlink(partial).catch(() => undefined);
  }
}

/** Names the file for an archive: as given, or, in a folder that is there, after the region and the time. */
export async function archiveFileOf(target: string, regionCode: string, at: Date): Promise<string> {
  const isFolder = await stat(target).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  return isFolder ? join(target, `yihao-${regionCode}-${time}.backup`) : target;
}

const exists = (file: string): Promise<boolean> =>
  access(file, constants.F_OK).then(
    () => true,
    () => false,
  );

const flush = async (file: string): Promise<void> => {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
