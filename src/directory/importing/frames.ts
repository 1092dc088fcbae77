/** Files are cut into rows as bytes: in UTF-8 and in GB18030 no part of a longer character looks like LF, comma or quote. */

/** One row as it stands in the file. */
export interface Frame {
  /** The line it begins on, from 1. */
  line: number;
  /** Without its line end; null when it is longer than a row may be. */
  bytes: Buffer | null;
  /** Where the next row begins. */
  next: Place;
}

export interface Place {
  line: number;
  /** In bytes from the start of the file. */
  offset: number;
}

export type RowForm = 'ndjson' | 'csv';

/** A row is at most so long. */
export const mostRowBytes = 65_536;
const mostWithLineEnd = mostRowBytes + 2;

const [lineFeed, carriageReturn, quote, comma] = [0x0a, 0x0d, 0x22, 0x2c];

/**
 * Cuts a file, from a place where a row begins, into rows, holding one row and one chunk at most. A CSV row whose quotes
 * do not close within the length allowed is handed out as its first line alone, so that a stray quote costs one row.
 */
export async function* framesOf(
  chunks: AsyncIterable<Buffer>,
  from: Place,
  form: RowForm,
): AsyncGenerator<Frame> {
  let at = from;
  let held: Buffer = Buffer.alloc(0);
  /** Of a line without an end in sight: how much was let go already. */
  let letGoBytes = 0;
  const take = (length: number): Frame => {
    const bytes = held.subarray(0, length);
    const next = { line: at.line + Math.max(1, linesIn(bytes)), offset: at.offset + letGoBytes + length };
    const row = withoutLineEnd(bytes);
    const isTooLong = letGoBytes > 0 || row.length > mostRowBytes;
    const frame: Frame = { line: at.line, bytes: isTooLong ? null : row, next };
    held = held.subarray(length);
    letGoBytes = 0;
    at = next;
    return frame;
  };
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (let end = rowEnd(held, form, letGoBytes > 0); end > 0; end = rowEnd(held, form, false))
      yield take(end);
    // Nothing to end the line in more than a row may have: only its end is still of interest.
    if (held.length > mostWithLineEnd) {
      letGoBytes += held.length;
      held = Buffer.alloc(0);
    }
  }
  while (held.length > 0 || letGoBytes > 0) {
    // The last row may lack its line end; with one added it ends, unless a quote is open: then its first line goes alone.
    const ended = Buffer.concat([held, Buffer.of(lineFeed)]);
    const end = rowEnd(ended, form, letGoBytes > 0) || ended.indexOf(lineFeed) + 1;
    yield take(Math.min(end, held.length));
  }
}

/** Returns where the first row ends, its line end included; 0 when that is not in sight. */
function rowEnd(bytes: Buffer, form: RowForm, isRestOfLine: boolean): number {
  const firstLine = bytes.indexOf(lineFeed) + 1;
  if (form === 'ndjson' || isRestOfLine) return firstLine;
  const end = csvRowEnd(bytes);
  if (end > 0) return end;
  return bytes.length > mostWithLineEnd ? firstLine : 0;
}

type CellState = 'start' | 'plain' | 'quoted' | 'quote-in-quoted';

/** A line feed within quotes is part of a cell; a quote opens only at the start of one. Looks no further than a row may go. */
function csvRowEnd(bytes: Buffer): number {
  let state: CellState = 'start';
  const last = Math.min(bytes.length, mostWithLineEnd);
  for (let i = 0; i < last; i += 1) {
    const byte = bytes[i];
    if (state === 'quoted') state = byte === quote ? 'quote-in-quoted' : 'quoted';
    else if (byte === lineFeed) return i + 1;
    else if (byte === comma) state = 'start';
    else if (byte === quote && state !== 'plain') state = 'quoted';
    else state = 'plain';
  }
  return 0;
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let i = bytes.indexOf(lineFeed); i !== -1; i = bytes.indexOf(lineFeed, i + 1)) lines += 1;
  return lines;
}

function withoutLineEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  if (bytes[end - 1] === lineFeed) end -= 1;
  if (bytes[end - 1] === carriageReturn) end -= 1;
  return bytes.subarray(0, end);
}
