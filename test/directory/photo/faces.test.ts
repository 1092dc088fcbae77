import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { demoFace, demoFaceCount } from '../../../config/demo/faces.ts';
import { demoPeople } from '../../../config/demo/people.ts';
import { openPhotoHouse, type PhotoHouse } from './photo-house.ts';

let house: PhotoHouse;
beforeAll(async () => {
  house = await openPhotoHouse();
});
afterAll(() => house.close());

test('there is a face for each of the demo people, and no two are the same', async () => {
  expect(demoFaceCount).toBe(demoPeople.length);
  const faces = await Promise.all(demoPeople.map((_, index) => demoFace(index)));
  expect(new Set(faces.map((bytes) => bytes.toString('base64'))).size).toBe(demoPeople.length);
  await expect(demoFace(demoFaceCount)).rejects.toThrow(RangeError);
});

test.each(demoPeople.map((_, index) => index))('face %i passes every check', async (index) => {
  const bytes = await demoFace(index);
  const { failures, jpeg } = await house.photos.previewPhoto({ bytes, profileId: 'id-card' });
  expect(failures).toEqual([]);
  expect(jpeg).not.toBeNull();
  expect(await house.admit({ index })).toEqual(expect.any(String));
});

test.each(demoPeople.map((_, index) => index))(
  'face %i has its hair 7 to 21 px from the top',
  async (index) => {
    const { data, info } = await sharp(await demoFace(index))
      .resize(358, 441)
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const firstInked = data.findIndex((value) => value < 200);
    const hairTop = Math.floor(firstInked / info.width);
    expect(hairTop).toBeGreaterThanOrEqual(7);
    expect(hairTop).toBeLessThanOrEqual(21);
  },
);
