import { AppError } from '../../base/error.ts';

/** A photo file is at most so large, and holds at most so many pixels. */
export const photoLimits = { bytes: 5 * 1024 * 1024, pixels: 40_000_000 } as const;

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');
const jpegStart = Buffer.from('ffd8ff', 'hex');
const megabyte = 1024 * 1024;

/** What else people upload, by what it begins with, so that the refusal can name it. */
const otherTypes: readonly (readonly [name: string, looksLike: (bytes: Buffer) => boolean])[] = [
  ['GIF', (bytes) => /^GIF8[79]a/.test(startOf(bytes))],
  ['WebP', (bytes) => /^RIFF.{4}WEBP/s.test(startOf(bytes))],
  ['PDF', (bytes) => startOf(bytes).includes('%PDF-')],
  ['HEIC/AVIF', (bytes) => /^.{4}ftyp/s.test(startOf(bytes))],
  ['BMP', (bytes) => startOf(bytes).startsWith('BM')],
  ['TIFF', (bytes) => ['II*\0', 'MM\0*'].includes(startOf(bytes).slice(0, 4))],
  ['ZIP', (bytes) => startOf(bytes).startsWith('PK\x03\x04')],
  ['SVG', (bytes) => /<svg[\s>]/i.test(startOf(bytes))],
  ['HTML', (bytes) => /<(!doctype html|html|script)/i.test(startOf(bytes))],
  ['TXT', (bytes) => isText(bytes.subarray(0, 1024))],
];

const startOf = (bytes: Buffer): string => bytes.subarray(0, 1024).toString('latin1');

/** Text has no control characters but those from tab (9) to carriage return (13). */
const isText = (bytes: Buffer): boolean => bytes.every((byte) => byte >= 0x20 || (byte >= 9 && byte <= 13));

/**
 * Refuses every file that is not one JPEG or PNG from its first byte to its last, before anything decodes it.
 * Throws photo-too-large, photo-type-refused, photo-type-unknown, photo-damaged, photo-trailing-data.
 */
export function checkContainer(bytes: Buffer): 'jpeg' | 'png' {
  if (bytes.length > photoLimits.bytes)
    throw new AppError('photo-too-large', { maximumMegabytes: photoLimits.bytes / megabyte });
  const type = typeOf(bytes);
  const end = type === 'jpeg' ? endOfJpeg(bytes) : endOfPng(bytes);
  if (end === null) throw new AppError('photo-damaged');
  if (end < bytes.length) throw new AppError('photo-trailing-data');
  return type;
}

const typeOf = (bytes: Buffer): 'jpeg' | 'png' => {
  if (bytes.subarray(0, jpegStart.length).equals(jpegStart)) return 'jpeg';
  if (bytes.subarray(0, pngSignature.length).equals(pngSignature)) return 'png';
  const other = bytes.length === 0 ? undefined : otherTypes.find(([, looksLike]) => looksLike(bytes));
  throw other === undefined
    ? new AppError('photo-type-unknown')
    : new AppError('photo-type-refused', { found: other[0] });
};

const marker = { start: 0xd8, end: 0xd9, scan: 0xda, firstRestart: 0xd0, lastRestart: 0xd7, alone: 0x01 };

/** Returns where the end marker of a JPEG ends; null when there is none. Walks segments, so no payload can feign one. */
const endOfJpeg = (bytes: Buffer): number | null => {
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const code = bytes[at + 1] ?? 0;
    if (code === marker.end) return at + 2;
    if (code === 0xff) at += 1;
    else if (isBare(code)) at += 2;
    else {
      if (at + 4 > bytes.length) return null;
      at += 2 + bytes.readUInt16BE(at + 2);
      if (code === marker.scan) at = endOfScan(bytes, at);
    }
  }
  return null;
};

const isBare = (code: number): boolean =>
  code === marker.alone || (code >= marker.firstRestart && code <= marker.start);

/** Returns where the coded data of a scan ends: at the first marker that is neither a stuffed byte nor a restart. */
const endOfScan = (bytes: Buffer, from: number): number => {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1) {
    const next = bytes[at + 1] ?? 0xff;
    const isStuffed = next === 0 || next === 0xff;
    if (!isStuffed && (next < marker.firstRestart || next > marker.lastRestart)) return at;
    at = bytes.indexOf(0xff, at + (next === 0xff ? 1 : 2));
  }
  return bytes.length;
};

/** Returns where the last chunk of a PNG ends; null when it is cut off. */
const endOfPng = (bytes: Buffer): number | null => {
  let at = pngSignature.length;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return null;
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return end;
    at = end;
  }
  return null;
};
