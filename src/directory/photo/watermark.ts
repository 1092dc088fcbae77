import sharp from 'sharp';
import { AppError } from '../../base/error.ts';

/** A font for watermarks, as fontconfig names it. */
export interface WatermarkFont {
  family: string;
  /** A font file to use beside those the machine has. */
  file?: string;
  /** Whether characters that the family lacks are looked for in the machine's other fonts. */
  mayFallBack: boolean;
}

/** What a watermark says: who has the photo, what for, since when. */
export interface WatermarkText {
  callerName: string;
  purpose: string;
  at: Date;
}

/** What is drawn with when nothing else is configured. */
export const defaultWatermarkFont: WatermarkFont = { family: 'Noto Sans CJK SC', mayFallBack: true };

const textWidthPixels = 300;
const textDotsPerInch = 72;
const textSize = 15;
const gapPixels = 24;
const slantDegrees = -30;
/** Dark over what is light and light over what is dark; pale enough to tell the face by. */
const ink = { dark: '#1f2a44', light: '#ffffff', darkAlpha: '38%', lightAlpha: '30%' } as const;
const jpegQuality = 80;
const clear = { r: 0, g: 0, b: 0, alpha: 0 };

/** Draws the text over a JPEG, slanting, all over it. Throws photo-font-missing rather than drawing boxes. */
export async function watermark(jpeg: Buffer, text: WatermarkText, font: WatermarkFont): Promise<Buffer> {
  await checkFont(font);
  const lines = [`${text.callerName}　${text.purpose}`, shanghaiTimeOf(text.at)].join('\n');
  const { width, height } = await sharp(jpeg).metadata();
  const veil = await veilOf(lines, font, { width, height });
  return sharp(jpeg)
    .composite([{ input: veil }])
    .jpeg({ quality: jpegQuality })
    .toBuffer();
}

const shanghaiOffsetMilliseconds = 8 * 3_600_000;

/** Writes an instant as the clocks in Asia/Shanghai show it. */
const shanghaiTimeOf = (at: Date): string =>
  new Date(at.getTime() + shanghaiOffsetMilliseconds).toISOString().slice(0, 19).replace('T', ' ');

/** Makes the transparent picture that is laid over the photo: the text again and again, slanting. */
const veilOf = async (
  lines: string,
  font: WatermarkFont,
  size: { width: number; height: number },
): Promise<Buffer> => {
  const dark = await drawText(lines, font, `foreground="${ink.dark}" alpha="${ink.darkAlpha}"`);
  const light = await drawText(lines, font, `foreground="${ink.light}" alpha="${ink.lightAlpha}"`);
  const { width = 0, height = 0 } = await sharp(dark).metadata();
  const tile = await sharp({
    create: { width: width + gapPixels, height: height + gapPixels, channels: 4, background: clear },
  })
    .composite([
      { input: light, left: 1, top: 1 },
      { input: dark, left: 0, top: 0 },
    ])
    .png()
    .toBuffer();
  // A square of the diagonal covers the photo however it is turned.
  const side = Math.ceil(Math.hypot(size.width, size.height)) + width + gapPixels;
  const sheet = await sharp({ create: { width: side, height: side, channels: 4, background: clear } })
    .composite([{ input: tile, tile: true, gravity: 'northwest' }])
    .png()
    .toBuffer();
  const turned = await sharp(sheet).rotate(slantDegrees, { background: clear }).png().toBuffer();
  const { width: turnedWidth = 0, height: turnedHeight = 0 } = await sharp(turned).metadata();
  const left = Math.floor((turnedWidth - size.width) / 2);
  const top = Math.floor((turnedHeight - size.height) / 2);
  return sharp(turned)
    .extract({ left, top, ...size })
    .png()
    .toBuffer();
};

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
/** Escapes what Pango's markup would read as its own. */
const escapeMarkup = (text: string): string => text.replace(/[&<>"']/g, (found) => entities[found] ?? '');

/** Draws text as a PNG with transparency, as wide as it is up to the widest line allowed. */
export async function drawText(text: string, font: WatermarkFont, attributes = ''): Promise<Buffer> {
  const fallback = `fallback="${font.mayFallBack}"`;
  const family = `font_family="${escapeMarkup(font.family)}"`;
  return sharp({
    text: {
      text: `<span ${family} ${fallback} ${attributes}>${escapeMarkup(text)}</span>`,
      font: `${font.family} ${textSize}`,
      ...(font.file === undefined ? {} : { fontfile: font.file }),
      width: textWidthPixels,
      wrap: 'word-char',
      dpi: textDotsPerInch,
      rgba: true,
    },
  })
    .png()
    .toBuffer();
}

/** Fonts that were found to do; asking anew for each photo would draw three pictures more. */
const knownFonts = new Set<string>();
const flatShare = 0.4;

/**
 * Refuses a font without Chinese: what lacks a glyph draws a box in its place, and no error. 一 tells: it is one flat
 * stroke, and every box is tall. Throws photo-font-missing.
 */
export async function checkFont(font: WatermarkFont): Promise<void> {
  const name = JSON.stringify(font);
  if (knownFonts.has(name)) return;
  const { width = 0, height = 0 } = await sharp(await drawText('一', font)).metadata();
  if (width === 0 || height > width * flatShare) throw new AppError('photo-font-missing');
  knownFonts.add(name);
}
