import { AppError } from '../../base/error.ts';

/** The encodings that are read: UTF-8, and what Chinese office software writes (GB18030, a superset of GBK). */
export const encodings = ['utf-8', 'gb18030'] as const;
export type Encoding = (typeof encodings)[number];

/** How a file is encoded, and where its text begins behind a byte order mark. */
export interface FoundEncoding {
  encoding: Encoding;
  start: number;
}

/** So much of a file is looked at to tell its encoding. */
export const sampleBytes = 65_536;

const marks: readonly (readonly [mark: Buffer, encoding: Encoding])[] = [
  [Buffer.from('efbbbf', 'hex'), 'utf-8'],
  [Buffer.from('84319533', 'hex'), 'gb18030'],
];

const lineFeed = 0x0a;

/**
 * Finds the encoding of a file by its beginning: a mark decides, else UTF-8 if every line can be read as that, else
 * GB18030. Chinese text of the one is hardly ever text of the other. Throws import-encoding with the line at which
 * neither is left; a NUL counts as neither, as it stands in UTF-16 only.
 */
export function findEncoding(sample: Buffer, isWhole: boolean): FoundEncoding {
  const marked = marks.find(([mark]) => sample.subarray(0, mark.length).equals(mark));
  const start = marked?.[0].length ?? 0;
  const candidates = marked === undefined ? encodings : [marked[1]];
  return { encoding: narrow(sample.subarray(start), candidates, isWhole), start };
}

function narrow(text: Buffer, candidates: readonly Encoding[], isWhole: boolean): Encoding {
  let left = candidates;
  let from = 0;
  for (let line = 1; from < text.length; line += 1) {
    const end = text.indexOf(lineFeed, from);
    const isCut = end === -1 && !isWhole;
    const bytes = text.subarray(from, end === -1 ? text.length : end);
    left = left.filter((encoding) => canRead(bytes, encoding, isCut));
    if (left.length === 0) throw new AppError('import-encoding', { line });
    if (end === -1) break;
    from = end + 1;
  }
  return left[0] ?? 'utf-8';
}

/** A line that the sample cuts off may end in the middle of a character. */
function canRead(bytes: Buffer, encoding: Encoding, isCut: boolean): boolean {
  try {
    return !new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: isCut }).includes('\0');
  } catch {
    return false;
  }
}

/** Makes a reader of single lines. It throws import-row-encoding for bytes that are none of the encoding. */
export function lineReader(encoding: Encoding): (bytes: Buffer) => string {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      throw new AppError('import-row-encoding', { encoding: encoding.toUpperCase() });
    }
  };
}
