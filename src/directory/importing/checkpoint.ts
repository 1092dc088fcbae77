import { open, readFile, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../base/error.ts';
import type { ImportCounts } from './counts.ts';
import type { Place } from './frames.ts';

/** Tells one file from another without reading all of it. */
export interface FileMark {
  /** SHA-256 of the first MiB, hexadecimal. */
  digest: string;
  sizeBytes: number;
}

/** How far an import has come: every row before the place is on disk, and so is its line of the report. */
export interface Checkpoint {
  mark: FileMark;
  next: Place;
  counts: ImportCounts;
  /** How much of the report belongs to the rows before the place. */
  reportBytes: number;
  /** When it was taken: what was issued later was issued by rows behind the place. */
  at: Date;
}

const whole = z.int().min(0);
const checkpointShape = z.strictObject({
  mark: z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/), sizeBytes: whole }),
  next: z.strictObject({ line: whole, offset: whole }),
  counts: z.strictObject({ created: whole, alreadyThere: whole, rejected: whole }),
  reportBytes: whole,
  at: z.iso.datetime(),
});

/** Names the progress file of a file. */
export const progressFileOf = (file: string): string => `${file}.progress.json`;

/**
 * Reads how far a file has come; null when it was not begun, or was finished. Throws import-file-changed when the file is
 * another than the one begun, and import-progress-damaged.
 */
export async function readCheckpoint(file: string, mark: FileMark): Promise<Checkpoint | null> {
  const progressFile = progressFileOf(file);
  const text = await readFile(progressFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const { data } = checkpointShape.safeParse(parseJson(text));
  if (data === undefined)
    throw new AppError('import-progress-damaged', { progressFile: basename(progressFile) });
  if (data.mark.digest !== mark.digest || data.mark.sizeBytes !== mark.sizeBytes)
    throw new AppError('import-file-changed', {
      file: basename(file),
      progressFile: basename(progressFile),
    });
  return { ...data, at: new Date(data.at) };
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Writes how far a file has come: whole or not at all, and on disk when it returns. */
export async function writeCheckpoint(file: string, checkpoint: Checkpoint): Promise<void> {
  const progressFile = progressFileOf(file);
  const draft = `${progressFile}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(checkpoint)}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(draft, progressFile);
}

/** Forgets how far a file has come, once it is through. */
export async function forgetCheckpoint(file: string): Promise<void> {
  await rm(progressFileOf(file), { force: true });
}
