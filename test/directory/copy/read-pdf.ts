import { inflateSync } from 'node:zlib';

/** What a test reads out of a PDF that was drawn here. */
export interface ReadPdf {
  /** The characters that glyphs of the embedded font stand for, as the reader's copy and search have them. */
  mapped: Set<string>;
  /** Bytes of the embedded font. */
  fontBytes: number;
  /** The names of the fonts. */
  fonts: string[];
  pictures: number;
  raw: string;
  /** What it says, one line for each piece that is set. */
  text: string;
}

/** Reads the maps and fonts of a PDF; only as much of the format as pdfkit writes. */
export function readPdf(bytes: Buffer): ReadPdf {
  const raw = bytes.toString('latin1');
  const streams = [...raw.matchAll(/<<(?:[^>]|>(?!>))*>>\nstream\n/g)].map((head) => {
    const length = Number(/\/Length (\d+)/.exec(head[0])?.[1]);
    const start = (head.index ?? 0) + head[0].length;
    const body = bytes.subarray(start, start + length);
    return { head: head[0], body: head[0].includes('/FlateDecode') ? inflateSync(body) : body };
  });
  const maps = streams
    .map(({ body }) => body.toString('latin1'))
    .filter((text) => text.includes('beginbfrange'));
  const glyphs = maps.flatMap(charactersOf);
  const pieces = streams.flatMap(({ body }) => [...body.toString('latin1').matchAll(/\[(<[^\]]*)\] TJ/g)]);
  const font = streams.find(({ head }) => head.includes('/CIDFontType0C'));
  return {
    mapped: new Set(glyphs),
    fontBytes: font?.body.length ?? 0,
    fonts: [...raw.matchAll(/\/BaseFont \/(\S+)/g)].map(([, name = '']) => name),
    pictures: streams.filter(({ head }) => head.includes('/Subtype /Image')).length,
    raw,
    text: pieces.map(([, piece = '']) => wordsOf(piece, glyphs)).join('\n'),
  };
}

/** Reads the targets of a ToUnicode map: UTF-16, big-endian, a surrogate pair for what is outside the basic plane. */
const charactersOf = (map: string): string[] => {
  const [, ranges = ''] = /beginbfrange([\s\S]*?)endbfrange/.exec(map) ?? [];
  return [...ranges.matchAll(/\[([^\]]*)\]/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/<([0-9a-f ]+)>/g)].map(([, hex = '']) => {
      const units = hex.trim().split(/\s+/);
      return String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16)));
    }),
  );
};

/** Reads a piece: glyphs by number, two bytes each, with spacing between. */
const wordsOf = (piece: string, glyphs: readonly string[]): string =>
  [...piece.matchAll(/<([0-9a-f]+)>/g)]
    .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
    .map((glyph) => glyphs[Number.parseInt(glyph, 16)] ?? '')
    .join('');
