import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { codeOf, openPhotoHouse, type PhotoHouse } from './photo-house.ts';

let house: PhotoHouse;
beforeEach(async () => {
  house = await openPhotoHouse();
});
afterEach(() => house.close());

const eventsOf = async (photoId: string) => {
  const raw = await house.records
    .collection<{ _id: string; outbox: object[] }>('photos')
    .findOne({ _id: photoId });
  return (raw?.outbox ?? []) as { type: string; actor: string; detail: object }[];
};

describe('the review queue', () => {
  test('is told page by page, the longest waiting first, each photo once', async () => {
    const admitted: string[] = [];
    // Two at one instant, so that an instant alone does not say where a page ended.
    for (let i = 0; i < 5; i += 1) {
      admitted.push(await house.admit({ index: i }));
      if (i !== 1) house.clock.advance(1);
    }
    const pages: string[][] = [];
    let after: string | null = '';
    while (after !== null && pages.length < 9) {
      const page = await house.photos.listForReview({ limit: 2, ...(after === '' ? {} : { after }) });
      pages.push(page.photos.map(({ photoId }) => photoId));
      after = page.next;
    }
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    const [first, second, third, ...rest] = admitted;
    expect(pages.flat()[0]).toBe(first);
    expect(pages.flat().slice(1, 3).sort()).toEqual([second, third].sort());
    expect(pages.flat().slice(3)).toEqual(rest);
  });

  test('begins anew where a place makes no sense', async () => {
    const photoId = await house.admit();
    expect((await house.photos.listForReview({ after: 'x' })).photos).toMatchObject([{ photoId }]);
  });

  test('holds no photo that was reviewed, and no bytes', async () => {
    const [accepted, refused, waiting] = [await house.admit(), await house.admit(), await house.admit()];
    await house.photos.acceptPhoto({ photoId: accepted, reviewer: 'officer-1' });
    await house.photos.refusePhoto({ photoId: refused, reviewer: 'officer-1', reason: 'headwear' });
    const { photos, next } = await house.photos.listForReview({});
    expect([photos.map(({ photoId }) => photoId), next]).toEqual([[waiting], null]);
    expect(Object.keys(photos[0] ?? {})).not.toContain('sealed');
  });
});

describe('a review', () => {
  test('keeps who, when and why, in the record and in its events', async () => {
    const photoId = await house.admit();
    house.clock.advance(60);
    await house.photos.refusePhoto({ photoId, reviewer: 'officer-1', reason: 'not-recent' });
    expect((await house.photos.findPhoto(photoId))?.review).toEqual({
      state: 'refused',
      reviewer: 'officer-1',
      at: house.clock.now(),
      reason: 'not-recent',
    });
    expect(await eventsOf(photoId)).toMatchObject([
      { type: 'photo.admitted', actor: 'test', detail: { profileId: 'id-card' } },
      { type: 'photo.refused', actor: 'officer-1', detail: { reason: 'not-recent' } },
    ]);
  });

  test('by several officers at once is that of one of them', async () => {
    const photoId = await house.admit();
    const codes = await Promise.all([
      codeOf(house.photos.acceptPhoto({ photoId, reviewer: 'officer-1' })),
      codeOf(house.photos.refusePhoto({ photoId, reviewer: 'officer-2', reason: 'uniform' })),
      codeOf(house.photos.acceptPhoto({ photoId, reviewer: 'officer-3' })),
    ]);
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes.filter((code) => code === 'photo-already-reviewed')).toHaveLength(2);
    expect(await eventsOf(photoId)).toHaveLength(2);
  });

  test.each(['', 'because', 'constructor'])('that refuses for the reason %j is not one', async (reason) => {
    const photoId = await house.admit();
    const refusal = house.photos.refusePhoto({ photoId, reviewer: 'officer-1', reason });
    expect(await codeOf(refusal)).toBe('photo-refusal-reason');
    expect((await house.photos.findPhoto(photoId))?.review).toEqual({ state: 'pending' });
  });

  test('of no photo says so', async () => {
    expect(await codeOf(house.photos.acceptPhoto({ photoId: 'none', reviewer: 'officer-1' }))).toBe(
      'photo-missing',
    );
  });

  test('shows its officer the photo while it waits, and leaves a trace', async () => {
    const photoId = await house.admit();
    const shown = await house.photos.openForReview({ photoId, reviewer: 'officer-1' });
    expect(shown.subarray(0, 2).toString('hex')).toBe('ffd8');
    expect((await eventsOf(photoId)).at(-1)).toMatchObject({ type: 'photo.viewed', actor: 'officer-1' });
    await house.photos.acceptPhoto({ photoId, reviewer: 'officer-1' });
    const late = house.photos.openForReview({ photoId, reviewer: 'officer-1' });
    expect(await codeOf(late)).toBe('photo-already-reviewed');
  });
});

test('the photos of a holder are listed to nobody else, the newest first', async () => {
  const first = await house.admit({ holderId: 'a' });
  house.clock.advance(1);
  const second = await house.admit({ holderId: 'a' });
  await house.admit({ holderId: 'b' });
  const found = await house.photos.listPhotosOf('a');
  expect(found.map(({ photoId }) => photoId)).toEqual([second, first]);
});
