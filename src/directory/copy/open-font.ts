import { readFile } from 'node:fs/promises';
import type { Font } from 'fontkit';

/** A font on this machine: a file, and the PostScript name of one face in it. */
export interface FoundFont {
  file: string;
  face: string;
}

/** A character drawn: its outline in font units with y upwards, and where it stands in a line, in points. */
export interface Outline {
  glyphId: number;
  path: string;
  x: number;
}

/** The font of copies, open. */
export interface CopyFont {
  /** What a document embeds its subset from. */
  source: { bytes: Buffer; face: string };
  unitsPerEm: number;
  /** Returns the distinct characters that the font has no glyph for: it would print boxes in their place. */
  missingFrom(text: string): string[];
  /** Measures a line, in points. */
  widthOf(text: string, size: number): number;
  /** Draws a line as outlines, so that a picture needs no font where it is drawn. */
  outline(text: string, size: number): Outline[];
}

/** Opens a font file whole; pictures and documents then measure and draw by one and the same font. */
export async function openCopyFont({ file, face }: FoundFont): Promise<CopyFont> {
  const bytes = await readFile(file);
  const engine = await engineOf(bytes, face);
  const { unitsPerEm } = engine;
  return {
    source: { bytes, face },
    unitsPerEm,
    missingFrom: (text) => [
      ...new Set(
        [...text].filter((character) => !engine.hasGlyphForCodePoint(character.codePointAt(0) ?? 0)),
      ),
    ],
    widthOf: (text, size) => (engine.layout(text).advanceWidth * size) / unitsPerEm,
    outline(text, size) {
      const { glyphs, positions } = engine.layout(text);
      const scale = size / unitsPerEm;
      let x = 0;
      return glyphs.map((glyph, i) => {
        const { xAdvance = 0, xOffset = 0 } = positions[i] ?? {};
        const drawn = { glyphId: glyph.id, path: glyph.path.toSVG(), x: x + xOffset * scale };
        x += xAdvance * scale;
        return drawn;
      });
    },
  };
}

/** Loaded when the first copy is made: most processes make none. */
const engineOf = async (bytes: Buffer, face: string): Promise<Font> => {
  const { create } = await import('fontkit');
  const opened = create(bytes, face);
  // A collection that has no such face is handed out as it is.
  if (!('layout' in opened)) throw new Error(`the font file has no face ${face}`);
  return opened;
};
