import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { createDarkroom } from '../../../src/directory/photo/darkroom.ts';
import { newReference, readReference } from '../../../src/directory/photo/reference.ts';
import { defaultWatermarkFont, drawText, watermark } from '../../../src/directory/photo/watermark.ts';
import { codeOf, openPhotoHouse, type PhotoHouse } from './photo-house.ts';

let house: PhotoHouse;
beforeEach(async () => {
  house = await openPhotoHouse();
});
afterEach(() => house.close());

const request = { callerId: 'site-property', callerName: '示例市不动产登记中心', purpose: '办理首次登记' };
const accepted = async (): Promise<string> => {
  const photoId = await house.admit();
  await house.photos.acceptPhoto({ photoId, reviewer: 'officer-1' });
  return photoId;
};
const referTo = (photoId: string, more: object = {}) =>
  house.photos.makeReference({ photoId, ...request, ttlSeconds: 60, ...more });
const rawOf = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
const changedShare = async (one: Buffer, two: Buffer): Promise<number> => {
  const [a, b] = [await rawOf(one), await rawOf(two)];
  return a.filter((value, i) => Math.abs(value - (b[i] ?? 0)) > 20).length / a.length;
};

describe('a reference', () => {
  test('opens an accepted photo once, and leaves a trace without the purpose', async () => {
    const photoId = await accepted();
    const { token } = await referTo(photoId);
    const shown = await house.photos.openReference(token);
    expect(await sharp(shown).metadata()).toMatchObject({ format: 'jpeg', width: 358, height: 441 });
    expect(await codeOf(house.photos.openReference(token))).toBe('photo-reference-invalid');
    const raw = await house.records.collection('photos').findOne({});
    expect(raw?.['outbox'].at(-1)).toMatchObject({ type: 'photo.delivered', actor: 'site-property' });
    expect(JSON.stringify(raw?.['outbox'])).not.toContain(request.purpose);
  });

  test('says nothing of the photo, the caller or the purpose', async () => {
    const photoId = await accepted();
    const { token } = await referTo(photoId);
    expect(token).toMatch(/^[\w-]{22}\.[\w-]{43}$/);
    const readable = token + Buffer.from(token, 'base64url').toString('latin1');
    for (const told of [photoId, 'site-property', '办理']) expect(readable).not.toContain(told);
  });

  test('is over when its seconds have passed', async () => {
    const { token } = await referTo(await accepted(), { ttlSeconds: 10 });
    house.clock.advance(11);
    expect(await codeOf(house.photos.openReference(token))).toBe('photo-reference-invalid');
  });

  test('opens nothing when a character of it is another, and then still opens as it was', async () => {
    const { token } = await referTo(await accepted());
    const other = (at: number) => token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
    for (const forged of [other(0), other(30), token.slice(0, -1), '', `${token}A`, token.replace('.', '')])
      expect(await codeOf(house.photos.openReference(forged))).toBe('photo-reference-invalid');
    expect(await codeOf(house.photos.openReference(token))).toBeNull();
  });

  test('signed under another key is not ours', () => {
    const key = randomBytes(32);
    const { referenceId, token } = newReference(key);
    expect(readReference(key, token)).toBe(referenceId);
    expect(readReference(randomBytes(32), token)).toBeNull();
  });

  test.each([
    ['61 seconds', { ttlSeconds: 61 }, 'photo-reference-lifetime'],
    ['no second', { ttlSeconds: 0 }, 'photo-reference-lifetime'],
    ['half a second', { ttlSeconds: 0.5 }, 'photo-reference-lifetime'],
    ['no purpose', { purpose: ' \u200b ' }, 'photo-purpose'],
    ['a purpose without end', { purpose: '用'.repeat(201) }, 'photo-purpose'],
    ['a caller without a name', { callerName: '' }, 'photo-purpose'],
    ['no photo', { photoId: 'none' }, 'photo-missing'],
  ])('for %s is not made', async (_what, more, code) => {
    expect(await codeOf(referTo(await accepted(), more))).toBe(code);
  });

  test('to a photo that is not accepted is made for its holder only', async () => {
    const waiting = await house.admit({ holderId: 'holder-1' });
    const refused = await house.admit({ holderId: 'holder-1' });
    await house.photos.refusePhoto({ photoId: refused, reviewer: 'officer-1', reason: 'edited' });
    for (const photoId of [waiting, refused]) {
      expect(await codeOf(referTo(photoId))).toBe('photo-not-accepted');
      const { token } = await referTo(photoId, { callerId: 'holder-1' });
      expect(await codeOf(house.photos.openReference(token))).toBeNull();
    }
  });

  test('does not open a photo that stopped being accepted meanwhile', async () => {
    const { token } = await referTo(await accepted());
    await house.records.collection('photos').updateOne({}, { $set: { 'review.state': 'refused' } });
    expect(await codeOf(house.photos.openReference(token))).toBe('photo-not-accepted');
  });
});

describe('the watermark', () => {
  const at = new Date('2026-11-24T04:00:00Z');
  const white = sharp({ create: { width: 358, height: 441, channels: 3, background: '#fff' } });
  const black = sharp({ create: { width: 358, height: 441, channels: 3, background: '#000' } });
  const mark = async (photo: Sharp, text: object = {}) =>
    watermark(await photo.jpeg().toBuffer(), { ...request, at, ...text }, defaultWatermarkFont);

  test('is seen on what is light and on what is dark, in every quarter', async () => {
    for (const photo of [white, black]) {
      const plain = await photo.clone().jpeg().toBuffer();
      const marked = await mark(photo.clone());
      for (const [left, top] of [
        [0, 0],
        [179, 0],
        [0, 220],
        [179, 220],
      ] as const) {
        const quarter = { left, top, width: 179, height: 220 };
        const [one, two] = await Promise.all(
          [plain, marked].map((bytes) => sharp(bytes).extract(quarter).png().toBuffer()),
        );
        expect(await changedShare(one ?? plain, two ?? plain)).toBeGreaterThan(0.02);
      }
    }
  });

  test.each([
    ['purpose', { purpose: '办理转移登记' }],
    ['caller', { callerName: '示例市社会保险中心' }],
    ['second', { at: new Date('2026-11-24T04:00:01Z') }],
  ])('is another for another %s, and the same for the same', async (_what, text) => {
    const one = await mark(white.clone());
    expect(await mark(white.clone())).toEqual(one);
    expect(await changedShare(one, await mark(white.clone(), text))).toBeGreaterThan(0);
  });

  test('draws two Chinese characters of one width differently, so none of them as a box', async () => {
    const pictures = await Promise.all(
      ['国', '图', '登'].map((text) => drawText(text, defaultWatermarkFont)),
    );
    const inked = await Promise.all(
      pictures.map((picture) => sharp(picture).resize(20, 20, { fit: 'contain' }).raw().toBuffer()),
    );
    expect(new Set(inked.map((bytes) => bytes.toString('hex'))).size).toBe(3);
  });

  test('draws markup as the text it is', async () => {
    const asText = await drawText('<b>&"x', defaultWatermarkFont);
    const bold = await drawText('x', defaultWatermarkFont);
    const [one, two] = [await sharp(asText).metadata(), await sharp(bold).metadata()];
    expect(one.width).toBeGreaterThan(3 * (two.width ?? 0));
    await expect(mark(white.clone(), { purpose: '</span><span foreground="red">' })).resolves.toBeDefined();
  });
});

describe('the darkroom', () => {
  test('works on two pictures at once and no more, in the order they came', async () => {
    const darkroom = createDarkroom();
    const started: number[] = [];
    const finish: (() => void)[] = [];
    const works = [0, 1, 2, 3].map((i) =>
      darkroom.run(
        () =>
          new Promise<void>((resolve) => {
            started.push(i);
            finish.push(resolve);
          }),
      ),
    );
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    await settle();
    expect(started).toEqual([0, 1]);
    finish[1]?.();
    await settle();
    expect(started).toEqual([0, 1, 2]);
    finish[0]?.();
    await settle();
    finish[2]?.();
    finish[3]?.();
    await Promise.all(works);
    expect(started).toEqual([0, 1, 2, 3]);
  });

  test('gives the place of a work that failed to the next', async () => {
    const darkroom = createDarkroom(1);
    const failed = darkroom.run(async () => Promise.reject(new Error('no')));
    const next = darkroom.run(async () => 'done');
    await expect(failed).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });
});
