import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../base/error.ts';
import { photoLimits } from '../photo/container.ts';

const longestNameBytes = 255;

/**
 * Reads a photo from the folder by its plain name. No path, hidden file, link or device is followed. Throws
 * import-photo-name, import-photo-missing and photo-too-large.
 */
export async function readPhotoFile(folder: string | undefined, name: string): Promise<Buffer> {
  const isPlain = !/[/\\\p{Cc}]/u.test(name) && !name.startsWith('.') && name !== '';
  if (!isPlain || Buffer.byteLength(name) > longestNameBytes) throw new AppError('import-photo-name');
  if (folder === undefined) throw new AppError('import-photo-missing');
  const handle = await openPlainFile(join(folder, name));
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new AppError('import-photo-missing');
    // Asked before it is read: a film in the folder is not taken into memory to be told that it is no photo.
    if (stat.size > photoLimits.bytes)
      throw new AppError('photo-too-large', { maximumMegabytes: photoLimits.bytes / 1024 / 1024 });
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

async function openPlainFile(path: string): Promise<FileHandle> {
  try {
    // Without waiting: a pipe nobody writes to would hold the import up for good.
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    // The cause is not passed on: it names the path, and photos may be named after people.
    throw new AppError('import-photo-missing');
  }
}
