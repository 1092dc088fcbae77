import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openPhotoHouse, type PhotoHouse } from './photo-house.ts';

let house: PhotoHouse;
beforeEach(async () => {
  house = await openPhotoHouse();
});
afterEach(() => house.close());

const context = 'photos.sealed:abc';
const picture = Buffer.from('ffd8ff00fffe8081', 'hex');

test('a photo is sealed byte for byte, under keys that no field is sealed under', async () => {
  const sealed = house.crypto.photoCipher.seal(picture, context);
  expect(house.crypto.photoCipher.open(sealed, context)).toEqual(picture);
  expect(() => house.crypto.cipher.open(sealed, context)).toThrow('does not open');
  const rings = await Promise.all(
    ['photokeys', 'datakeys'].map((name) => house.records.collection(name).findOne({})),
  );
  expect(rings[0]?.['entries'][0].sealed).not.toBe(rings[1]?.['entries'][0].sealed);
  expect(rings[0]?.['outbox']).toMatchObject([{ type: 'photo-keys.created' }]);
});

test('a sealed photo does not open in the place of another, nor altered', () => {
  const sealed = house.crypto.photoCipher.seal(picture, context);
  expect(() => house.crypto.photoCipher.open(sealed, 'photos.sealed:other')).toThrow('does not open');
  sealed[20] = (sealed[20] ?? 0) ^ 1;
  expect(() => house.crypto.photoCipher.open(sealed, context)).toThrow('A sealed photo does not open');
});

test('after a rotation new photos are sealed under the new key, and old ones open', async () => {
  const old = house.crypto.photoCipher.seal(picture, context);
  await house.crypto.rotatePhotoKey();
  expect(house.crypto.photoCipher.seal(picture, context).readUInt32BE(0)).toBe(2);
  expect(house.crypto.photoCipher.open(old, context)).toEqual(picture);
  expect(house.crypto.cipher.seal('x', context).readUInt32BE(0)).toBe(1);
});

test('a photo is kept without a byte of its picture in the clear', async () => {
  const photoId = await house.admit();
  const raw = await house.records.collection('photos').findOne({});
  const sealed: Buffer = raw?.['sealed'].buffer;
  for (const clear of [Buffer.from('JFIF'), Buffer.from('ffd8ffe0', 'hex')])
    expect(sealed.includes(clear)).toBe(false);
  const jpeg = house.crypto.photoCipher.open(Buffer.from(sealed), `photos.sealed:${photoId}`);
  expect(jpeg.subarray(6, 10).toString()).toBe('JFIF');
  expect(Object.keys(raw ?? {}).sort()).toEqual(
    [
      ...['_id', 'createdAt', 'digest', 'holderId', 'originalDigest', 'outbox', 'profileId', 'review'],
      ...['sealed', 'sizeBytes', 'updatedAt', 'verdicts', 'version'],
    ].sort(),
  );
});
