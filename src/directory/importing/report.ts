import { type FileHandle, open, rm } from 'node:fs/promises';
import type { Fault } from './fault.ts';

/** The rejected rows of an import, one fault a line: where and why, never what stood there. */
export interface RejectReport {
  file: string;
  /** Adds the faults of rows; on disk when it resolves. Returns how long the report is now. */
  add(rows: readonly { line: number; faults: readonly Fault[] }[]): Promise<number>;
  /** Closes it; one with nothing in it is removed. */
  close(): Promise<void>;
}

/** Opens a report, cut to the length that is known to be of rows that are through. */
export async function openReport(file: string, keptBytes: number): Promise<RejectReport> {
  const handle = await openOrMake(file);
  // A report that somebody took away meanwhile is begun anew.
  let length = Math.min((await handle.stat()).size, keptBytes);
  await handle.truncate(length);
  return {
    file,
    async add(rows) {
      const text = rows
        .flatMap(({ line, faults }) =>
          faults.map(
            ({ field, ...why }) =>
              `${JSON.stringify({ line, ...(field === null ? {} : { field }), ...why })}\n`,
          ),
        )
        .join('');
      if (text === '') return length;
      const bytes = Buffer.from(text);
      await handle.write(bytes, 0, bytes.length, length);
      await handle.datasync();
      length += bytes.length;
      return length;
    },
    async close() {
      await handle.close();
      if (length === 0) await rm(file, { force: true });
    },
  };
}

const openOrMake = (file: string): Promise<FileHandle> =>
  open(file, 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return open(file, 'wx+', 0o600);
    throw error;
  });
