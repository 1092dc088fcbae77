import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../base/error.ts';
import type { FileMark } from './checkpoint.ts';
import { type Encoding, findEncoding, sampleBytes } from './encoding.ts';
import type { Place, RowForm } from './frames.ts';

/** A file that is to be imported, opened and recognised. */
export interface ImportSource {
  form: RowForm;
  encoding: Encoding;
  mark: FileMark;
  /** Where its text begins. */
  start: Place;
  /** Reads on from a place, a chunk at a time. */
  chunksFrom(place: Place): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

const markBytes = 1_048_576;

/** Opens a file. Throws import-file-kind, import-file-unreadable and import-encoding. */
export async function openSource(file: string): Promise<ImportSource> {
  const form = formOf(file);
  const handle = await openForReading(file);
  try {
    const { size } = await handle.stat();
    const beginning = await readBeginning(handle);
    const sample = beginning.subarray(0, sampleBytes);
    const { encoding, start } = findEncoding(sample, sample.length === size);
    return {
      form,
      encoding,
      mark: { digest: createHash('sha256').update(beginning).digest('hex'), sizeBytes: size },
      start: { line: 1, offset: start },
      chunksFrom: ({ offset }) => chunksOf(handle, offset),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

function formOf(file: string): RowForm {
  const [, ending] = /\.(csv|ndjson)$/i.exec(file) ?? [];
  if (ending === undefined) throw new AppError('import-file-kind');
  return ending.toLowerCase() === 'csv' ? 'csv' : 'ndjson';
}

async function openForReading(file: string): Promise<FileHandle> {
  const unreadable = (cause?: unknown) =>
    new AppError('import-file-unreadable', { file: basename(file) }, { cause });
  const handle = await open(file, 'r').catch((cause: unknown) => {
    throw unreadable(cause);
  });
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw unreadable();
}

/** One read may return less than asked; what is digested must not hang on that. */
async function readBeginning(handle: FileHandle): Promise<Buffer> {
  const bytes = Buffer.alloc(markBytes);
  let length = 0;
  for (let read = -1; read !== 0 && length < markBytes; length += read)
    ({ bytesRead: read } = await handle.read(bytes, length, markBytes - length, length));
  return bytes.subarray(0, length);
}

const chunkBytes = 65_536;

/** Not a stream of the handle's own: ended early, as the search for the header ends it, that closes the handle. */
async function* chunksOf(handle: FileHandle, from: number): AsyncGenerator<Buffer> {
  for (let offset = from; ; ) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const { bytesRead } = await handle.read(chunk, 0, chunkBytes, offset);
    if (bytesRead === 0) return;
    yield chunk.subarray(0, bytesRead);
    offset += bytesRead;
  }
}
