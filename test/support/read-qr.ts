import jsQR from 'jsqr';
import sharp from 'sharp';

/** Reads the code on a page as a camera does: from its picture. Throws when there is none that can be read. */
export async function readQr(html: string): Promise<string> {
  const svg = Buffer.from(/src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html)?.[1] ?? '', 'base64');
  const { data, info } = await sharp(svg)
    .resize({ width: 400, kernel: 'nearest' })
    .extend({ top: 24, bottom: 24, left: 24, right: 24, background: '#fff' })
    .flatten({ background: '#fff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const found = jsQR.default(new Uint8ClampedArray(data), info.width, info.height);
  if (found === null) throw new Error('the picture is not a code that can be read');
  return found.data;
}
