import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { demoFace } from '../../../config/demo/faces.ts';
import { develop } from '../../../src/directory/photo/develop.ts';
import { type FoundFace, photoProfiles } from '../../../src/directory/photo/photos.ts';
import { writeJpeg } from '../../../src/directory/photo/picture.ts';
import { codeOf, openPhotoHouse, type PhotoHouse } from './photo-house.ts';

const face = await demoFace(0);
const inDisplayP3 = await sharp(face).withIccProfile('p3').jpeg({ quality: 95 }).toBuffer();
const asPng = await sharp(face).png().toBuffer();
let house: PhotoHouse;
beforeAll(async () => {
  house = await openPhotoHouse();
});
afterAll(() => house.close());

const preview = (bytes: Buffer) => house.photos.previewPhoto({ bytes, profileId: 'id-card' });
const admit = (bytes: Buffer, profileId = 'id-card', at = house) =>
  at.photos.admitPhoto({ bytes, profileId, holderId: 'holder-1', actor: 'test' });
const failuresOf = async (picture: Sharp | Buffer): Promise<string[]> => {
  const bytes = Buffer.isBuffer(picture) ? picture : await picture.jpeg({ quality: 92 }).toBuffer();
  const admission = await admit(bytes);
  return admission.outcome === 'refused' ? admission.failures.map(({ code }) => code) : [];
};
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const rawOf = (bytes: Buffer) => sharp(bytes).removeAlpha().raw().toBuffer();
/** How far two pictures are from each other, a channel on average. */
const distance = async (one: Buffer | null, two: Buffer | null): Promise<number> => {
  const [a, b] = [await rawOf(one ?? Buffer.alloc(0)), await rawOf(two ?? Buffer.alloc(0))];
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 255)), 0) / a.length;
};
const overlay = (svg: string): Sharp =>
  sharp(face).composite([
    {
      input: Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="716" height="882" viewBox="0 0 358 441">${svg}</svg>`,
      ),
    },
  ]);

describe('a photo that is kept', () => {
  test('is a baseline sRGB JPEG of 358 × 441 at 350 per inch and 10 to 50 KB, with nothing else in it', async () => {
    const marked = await sharp(face)
      .withExif({ IFD0: { Copyright: '<script>alert(1)</script> PK\x03\x04 %PDF-1.7' } })
      .jpeg()
      .toBuffer();
    expect(marked.includes('<script>')).toBe(true);
    const { jpeg } = await preview(marked);
    const kept = jpeg ?? Buffer.alloc(0);
    expect(await sharp(kept).metadata()).toMatchObject({
      ...{ format: 'jpeg', width: 358, height: 441, density: 350, space: 'srgb', channels: 3 },
      ...{ isProgressive: false, hasAlpha: false, hasProfile: false },
    });
    expect(kept.length).toBeGreaterThanOrEqual(10 * 1024);
    expect(kept.length).toBeLessThanOrEqual(50 * 1024);
    for (const planted of ['<script', 'PK\x03\x04', '%PDF', 'Exif'])
      expect(kept.includes(planted)).toBe(false);
  });

  test('is turned upright first', async () => {
    const lying = await sharp(face).rotate(-90).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { jpeg, width, height } = await preview(lying);
    expect([width, height]).toEqual([716, 882]);
    expect(await distance(jpeg, (await preview(face)).jpeg)).toBeLessThan(3);
  });

  test('has white where the file had nothing', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="716" height="882"><ellipse cx="358" cy="470" rx="200" ry="400" fill="#c99"/></svg>';
    const { jpeg } = await preview(await sharp(Buffer.from(svg)).png().toBuffer());
    expect([...(await rawOf(jpeg ?? face)).subarray(0, 3)].every((value) => value >= 250)).toBe(true);
  });

  test.each([
    ['Display P3', inDisplayP3],
    ['PNG', asPng],
  ])('of a file in %s has the colours of the file in sRGB', async (_what, bytes) => {
    expect(await distance((await preview(bytes)).jpeg, (await preview(face)).jpeg)).toBeLessThan(3);
  });

  test('is kept with both digests, its size and its verdicts, and waits for review', async () => {
    const admission = await admit(face);
    const kept = (await preview(face)).jpeg ?? Buffer.alloc(0);
    expect(admission).toMatchObject({
      outcome: 'admitted',
      photo: {
        holderId: 'holder-1',
        digest: sha256(kept),
        originalDigest: sha256(face),
        sizeBytes: kept.length,
        profileId: 'id-card',
        review: { state: 'pending' },
      },
    });
    const photo = admission.outcome === 'admitted' ? admission.photo : null;
    expect(photo?.verdicts).toContainEqual({ check: 'face', verdict: 'needs-review' });
    expect(photo?.verdicts).toContainEqual({ check: 'background', verdict: 'passed' });
    expect(await house.photos.findPhoto(photo?.photoId ?? '')).toEqual(photo);
  });

  test('of the exit-entry profile is 354 × 472 of 30 to 80 KB', async () => {
    const admission = await admit(face, 'exit-entry');
    expect(admission.outcome === 'admitted' && admission.photo.sizeBytes).toBeGreaterThanOrEqual(30 * 1024);
    const { jpeg } = await house.photos.previewPhoto({ bytes: face, profileId: 'exit-entry' });
    expect(await sharp(jpeg ?? face).metadata()).toMatchObject({ width: 354, height: 472 });
  });
});

test('a picture too rich for quality 70 is written at a lower one', async () => {
  const [width, height] = [358, 441];
  const data = Buffer.from(Array.from({ length: width * height * 3 }, (_, i) => (i * i * 31) % 251));
  const profile = photoProfiles['id-card'];
  const rich = await writeJpeg({ data, width, height }, { ...profile, maximumBytes: 1_000_000 });
  expect(rich?.length).toBeGreaterThan(profile.maximumBytes);
  const poorer = { ...profile, quality: { ...profile.quality, lowest: 5 } };
  const { length = 0 } = (await writeJpeg({ data, width, height }, poorer)) ?? {};
  expect(length).toBeLessThanOrEqual(profile.maximumBytes);
  expect(length).toBeGreaterThan(profile.minimumBytes);
});

describe('the crop', () => {
  const tall = sharp(face).extend({ bottom: 200, background: '#fff' }).jpeg().toBuffer();
  const wide = sharp(face).extend({ left: 100, right: 100, background: '#fff' }).jpeg().toBuffer();

  test('takes from below rather than from above, and from both sides alike', async () => {
    expect((await preview(await tall)).crop).toEqual({ left: 0, top: 40, width: 716, height: 882 });
    expect((await preview(await wide)).crop).toEqual({ left: 100, top: 0, width: 716, height: 882 });
  });

  test('may be drawn by the person, in the picture and in its ratio', async () => {
    const bytes = await tall;
    const cropped = (crop: { left: number; top: number; width: number; height: number }) =>
      house.photos.previewPhoto({ bytes, profileId: 'id-card', crop });
    const { jpeg } = await cropped({ left: 0, top: 0, width: 716, height: 882 });
    expect(await distance(jpeg, (await preview(face)).jpeg)).toBeLessThan(2);
    for (const crop of [
      { left: 1, top: 0, width: 716, height: 882 },
      { left: 0, top: 0, width: 700, height: 882 },
      { left: 0, top: -1, width: 716, height: 882 },
      { left: 0, top: 0, width: 0, height: 0 },
    ])
      expect(await codeOf(cropped(crop))).toBe('photo-crop-invalid');
  });
});

describe('a picture is refused', () => {
  test.each<[string, Sharp, string[]]>([
    ['too small', sharp(face).resize(357), ['photo-too-small']],
    ['far too wide', sharp(face).extend({ right: 900, background: '#fff' }), ['photo-ratio']],
    ['grey', sharp(face).greyscale(), ['photo-not-colour']],
    ['before a coloured wall', overlay('<rect width="20" height="200" fill="#9bd"/>'), ['photo-background']],
    [
      'before a wall with a shadow',
      overlay('<rect x="335" width="6" height="250" fill="#777"/>'),
      ['photo-background'],
    ],
    [
      'of a white wall',
      sharp({ create: { width: 716, height: 882, channels: 3, background: '#f4f4f0' } }),
      ['photo-blank'],
    ],
    [
      'with a dark face',
      overlay('<ellipse cx="179" cy="190" rx="115" ry="170" fill="#000" opacity=".55"/>'),
      ['photo-too-dark'],
    ],
    [
      'with a glaring face',
      overlay('<ellipse cx="179" cy="190" rx="115" ry="170" fill="#fff" opacity=".6"/>'),
      ['photo-too-bright'],
    ],
    ['out of focus', sharp(face).blur(4), ['photo-blurred']],
  ])('when it is %s', async (_what, picture, codes) => {
    expect(await failuresOf(picture)).toEqual(codes);
  });

  test('with everything that is wrong at once', async () => {
    const poor = sharp(face).resize(300).greyscale().linear(0.5, 0).blur(5);
    expect(await failuresOf(poor)).toEqual([
      'photo-too-small',
      'photo-background',
      'photo-not-colour',
      'photo-too-dark',
      'photo-blurred',
    ]);
  });

  test('when no quality brings it into the bytes of its profile', async () => {
    const profile = { ...photoProfiles['id-card'], minimumBytes: 500 * 1024, maximumBytes: 600 * 1024 };
    const { jpeg, failures } = await develop(face, profile);
    expect(jpeg).toBeNull();
    const values = { minimumKilobytes: 500, maximumKilobytes: 600 };
    expect(failures).toEqual([{ code: 'photo-detail', values }]);
  });

  test('and none of it is kept', async () => {
    const before = await house.records.collection('photos').countDocuments({});
    await failuresOf(sharp(face).greyscale());
    expect(await house.records.collection('photos').countDocuments({})).toBe(before);
  });

  test('when its profile is unknown', async () => {
    expect(await codeOf(admit(face, 'passport'))).toBe('photo-profile-unknown');
  });
});

describe('with a face finder', () => {
  const placed: FoundFace = { width: 207, hairTop: 14, eyesTop: 200 };
  test.each<[string, FoundFace[], string[]]>([
    ['one face in its place passes', [placed], []],
    ['no face is refused', [], ['photo-face-count']],
    ['two faces are refused', [placed, placed], ['photo-face-count']],
    ['a face too narrow is refused', [{ ...placed, width: 192 }], ['photo-face-place']],
    ['a face too wide is refused', [{ ...placed, width: 222 }], ['photo-face-place']],
    ['eyes too low are refused', [{ ...placed, eyesTop: 235 }], ['photo-face-place']],
    ['hair too low is refused', [{ ...placed, hairTop: 22 }], ['photo-face-place']],
    ['hair too high is refused', [{ ...placed, hairTop: 6 }], ['photo-face-place']],
    ['hair too high passes where the eyes leave no room', [{ ...placed, hairTop: 4, eyesTop: 232 }], []],
  ])('%s', async (_what, faces, codes) => {
    const found = await openPhotoHouse({ faceFinder: { find: async () => faces } });
    try {
      const admission = await admit(face, 'id-card', found);
      const failures = admission.outcome === 'refused' ? admission.failures : [];
      expect(failures.map(({ code }) => code)).toEqual(codes);
      if (admission.outcome === 'admitted')
        expect(admission.photo.verdicts).toContainEqual({ check: 'face', verdict: 'passed' });
    } finally {
      await found.close();
    }
  });
});
