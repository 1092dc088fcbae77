import sharp from 'sharp';
import type { CopyFont } from './open-font.ts';
import { type Mark, type Page, veilDegrees } from './page.ts';

const pixelsPerPoint = 2.5;

/** Draws a page as a PNG; text goes in as outlines, so nothing in it can be read as markup. */
export async function drawPng(page: Page, font: CopyFont): Promise<Buffer> {
  const glyphs = new Map<number, string>();
  const marks = page.marks.map((mark) => draw(mark, font, glyphs)).join('');
  const defined = [...glyphs].map(([glyphId, path]) => `<path id="g${glyphId}" d="${path}"/>`).join('');
  const { width, height } = page;
  const [across, down] = [Math.round(width * pixelsPerPoint), Math.round(height * pixelsPerPoint)];
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}" viewBox="0 0 ${width} ${height}">` +
    `<defs>${defined}</defs><rect width="${width}" height="${height}" fill="#ffffff"/>${marks}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: '#ffffff' }).png().toBuffer();
}

/** Draws one mark; each glyph is written once and used by its number. */
const draw = (mark: Mark, font: CopyFont, glyphs: Map<number, string>): string => {
  switch (mark.kind) {
    case 'text':
      return `<g fill="${mark.ink}">${lineOf(mark, font, glyphs)}</g>`;
    case 'block':
      return `<rect x="${mark.x}" y="${mark.y}" width="${mark.width}" height="${mark.height}" fill="${mark.ink}"/>`;
    case 'picture':
      return (
        `<image x="${mark.x}" y="${mark.y}" width="${mark.width}" height="${mark.height}" preserveAspectRatio="none" ` +
        `href="data:image/jpeg;base64,${mark.jpeg.toString('base64')}"/>`
      );
    case 'shape':
      return `<path transform="translate(${mark.x} ${mark.y}) scale(${mark.scale})" d="${mark.path}" fill="${mark.ink}"/>`;
    case 'veil':
      return (
        `<g fill="${mark.ink}" fill-opacity="${mark.opacity}" transform="rotate(${veilDegrees} ${mark.x} ${mark.y})">` +
        `${lineOf(mark, font, glyphs)}</g>`
      );
  }
};

const lineOf = (
  { text, x, y, size }: { text: string; x: number; y: number; size: number },
  font: CopyFont,
  glyphs: Map<number, string>,
): string => {
  const scale = size / font.unitsPerEm;
  return font
    .outline(text, size)
    .map((glyph) => {
      glyphs.set(glyph.glyphId, glyph.path);
      const left = (x + glyph.x).toFixed(2);
      return `<use href="#g${glyph.glyphId}" transform="translate(${left} ${y.toFixed(2)}) scale(${scale} ${-scale})"/>`;
    })
    .join('');
};
