import { crc32 } from 'node:zlib';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { demoFace } from '../../../config/demo/faces.ts';
import { checkContainer } from '../../../src/directory/photo/container.ts';
import { openPhoto } from '../../../src/directory/photo/picture.ts';
import { codeOf } from './photo-house.ts';

const jpeg = await demoFace(0);
const png = await sharp(jpeg).png().toBuffer();

/** Puts a JPEG segment right behind the start of image. */
const withSegment = (code: number, payload: Buffer): Buffer => {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, payload, jpeg.subarray(2)]);
};

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** A PNG of a few bytes that claims to be of a size; decoding it would fail, as its pixels are missing. */
const pngClaiming = (width: number, height: number): Buffer => {
  const header = Buffer.from('0000000000000000' + '0802000000', 'hex');
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const parts = [chunk('IHDR', header), chunk('IDAT', Buffer.alloc(0)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([png.subarray(0, 8), ...parts]);
};

test.each([
  ['JPEG', jpeg, 'jpeg'],
  ['PNG', png, 'png'],
  // A thumbnail or a comment may hold whatever it likes, an end of image too: it is not the end of this one.
  ['JPEG with an end marker inside a comment', withSegment(0xfe, Buffer.from('ffd9ffd8', 'hex')), 'jpeg'],
  ['progressive JPEG', await sharp(jpeg).jpeg({ progressive: true }).toBuffer(), 'jpeg'],
])('a whole %s is let in', async (_what, bytes, type) => {
  expect(checkContainer(bytes)).toBe(type);
  expect(await openPhoto(bytes)).toMatchObject({ width: 716, height: 882 });
});

test.each([
  ['SVG', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['GIF', await sharp(jpeg).resize(8).gif().toBuffer()],
  ['WebP', await sharp(jpeg).resize(8).webp().toBuffer()],
  ['TIFF', await sharp(jpeg).resize(8).tiff().toBuffer()],
  ['PDF', Buffer.from('%PDF-1.7\n%\0')],
  ['HTML', Buffer.from('<!DOCTYPE html><p>photo')],
  ['ZIP', Buffer.from('PK\x03\x04\0\0')],
  ['TXT', Buffer.from('这是一张照片')],
  ['HEIC/AVIF', Buffer.from('\0\0\0\x18ftypheic\0\0', 'latin1')],
])('a %s file is refused by its name', async (found, bytes) => {
  await expect(openPhoto(bytes)).rejects.toMatchObject({ code: 'photo-type-refused', values: { found } });
});

test.each([
  ['nothing at all', Buffer.alloc(0), 'photo-type-unknown'],
  ['bytes of no kind', Buffer.from('00010203', 'hex'), 'photo-type-unknown'],
  ['a JPEG cut in half', jpeg.subarray(0, jpeg.length / 2), 'photo-damaged'],
  ['a JPEG of three bytes', jpeg.subarray(0, 3), 'photo-damaged'],
  ['a PNG cut in half', png.subarray(0, png.length / 2), 'photo-damaged'],
  ['a JPEG with a ZIP behind', Buffer.concat([jpeg, Buffer.from('PK\x03\x04')]), 'photo-trailing-data'],
  ['a JPEG with a second one behind', Buffer.concat([jpeg, jpeg]), 'photo-trailing-data'],
  ['a PNG with a script behind', Buffer.concat([png, Buffer.from('<script>')]), 'photo-trailing-data'],
  ['more than 5 MB', Buffer.concat([jpeg, Buffer.alloc(5 * 1024 * 1024)]), 'photo-too-large'],
  ['a PNG that claims 10,000 × 10,000', pngClaiming(10_000, 10_000), 'photo-too-many-pixels'],
  ['a PNG that claims 100 × 100 and holds none', pngClaiming(100, 100), 'photo-damaged'],
])('%s is refused', async (_what, bytes, code) => {
  expect(await codeOf(openPhoto(bytes))).toBe(code);
});

test('a JPEG whose coded pixels were overwritten is damaged, though its container is whole', async () => {
  const bytes = Buffer.from(jpeg);
  bytes.fill(0x55, bytes.length / 2, bytes.length - 2);
  expect(checkContainer(bytes)).toBe('jpeg');
  expect(await codeOf(openPhoto(bytes))).toBe('photo-damaged');
});
