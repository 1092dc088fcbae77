import { constants, createReadStream, createWriteStream } from 'node:fs';
import { access, link, open, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { AppError } from '../base/error.ts';
import { newId } from '../base/id.ts';
import {
  type FileKey,
  findFileKey,
  type MasterKey,
  newFileKey,
  openSealedFile,
  type RecipientKey,
  sealedFile,
} from '../crypto/index.ts';
import { type Line, linesOf, type Manifest } from '../storage/archive/lines.ts';
import { readLines } from '../storage/archive/verify.ts';

/** Reads the lines of an archive. Throws backup-other-key, backup-for-recipient, backup-unreadable. */
export const archiveLines = (
  file: string,
  masterKey: MasterKey,
  identity: RecipientKey | null = null,
): AsyncGenerator<Line> => linesIn(file, (header) => findFileKey(header, masterKey, identity));

async function* linesIn(file: string, find: (header: Buffer) => Promise<FileKey>): AsyncGenerator<Line> {
  const plain = Readable.from(openSealedFile(find, createReadStream(file)), { objectMode: false });
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
  keys: { masterKey: MasterKey; recipient: RecipientKey | null },
  lines: AsyncIterable<string>,
): Promise<Manifest> {
  if (await exists(file)) throw new AppError('backup-target-taken', { file });
  const fileKey = await newFileKey(keys.masterKey, keys.recipient);
  const partial = `${file}.${newId(6)}.partial`;
  try {
    await pipeline(
      Readable.from(lines, { objectMode: true }),
      createGzip(),
      (source: AsyncIterable<Buffer>) => sealedFile(fileKey, source),
      createWriteStream(partial, { flags: 'wx', mode: 0o600 }),
    );
    await flush(partial);
    // A recipient's private key is not here; what was just written opens with the key it was written with.
    const manifest = await readLines(linesIn(partial, async () => fileKey));
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
