import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewAccess } from '../../src/consent/index.ts';
import { access, type ConsentHouse, citizen, codeOf, openConsentHouse, stranger } from './house.ts';

const words = '我没有去过这个窗口，请致电 19900000001';

let house: ConsentHouse;
beforeEach(async () => {
  house = await openConsentHouse({ ratingChangeDays: 7 });
});
afterEach(() => house.close());

const row = async (changes: Partial<NewAccess> = {}): Promise<string> =>
  (await house.consent.recordAccess(access(changes))).accessId;
const object = (accessId: string, person: object = citizen) =>
  house.consent.openObjection({ person, accessId, reason: 'not-me', text: words });
const opened = async (): Promise<string> => (await object(await row())).objectionId;
const decide = (objectionId: string, decision: 'upheld' | 'rejected' = 'upheld', officerId = 'officer-1') =>
  house.consent.decideObjection({
    objectionId,
    officerId,
    decision,
    answer: '经核实，该次查阅不当，已处理。',
  });
const review = (objectionId: string, officerId = 'officer-1') =>
  house.consent.reviewObjection({ objectionId, officerId });

/** Everything kept in a collection, as text in which any letter of it would be found. */
const kept = async (collection: string): Promise<string> => {
  const raw = await house.records.collection(collection).find({}).toArray();
  const bytes = JSON.stringify(raw, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && 'buffer' in value
      ? Buffer.from((value as { buffer: Uint8Array }).buffer).toString('utf8')
      : value,
  );
  return `${JSON.stringify(raw)}${bytes}`;
};

describe('an objection', () => {
  test('goes from opened by way of a review to an answer, and keeps its history', async () => {
    const objectionId = await opened();
    house.clock.advance(60);
    await review(objectionId);
    house.clock.advance(60);
    await decide(objectionId);
    const { rows } = await house.consent.listObjections(citizen);
    expect(rows).toMatchObject([
      {
        objectionId,
        reason: 'not-me',
        text: words,
        state: 'upheld',
        history: [
          { state: 'opened', actor: 'account-1', answer: null },
          { state: 'underReview', actor: 'officer-1', answer: null },
          { state: 'upheld', actor: 'officer-1', answer: '经核实，该次查阅不当，已处理。' },
        ],
      },
    ]);
  });

  test('is told to its person once it is answered', async () => {
    const objectionId = await opened();
    await review(objectionId);
    const told = () => house.consent.readNotices(citizen.accountId).then(({ rows }) => rows);
    expect(await told()).toEqual([]);
    await decide(objectionId);
    expect(await told()).toMatchObject([{ kind: 'objection-answered', isRead: false }]);
    expect(await house.consent.countUnreadNotices(citizen.accountId)).toBe(0);
    expect(await house.consent.countUnreadNotices(stranger.accountId)).toBe(0);
  });

  test('keeps what either side wrote sealed, and out of its events', async () => {
    const objectionId = await opened();
    await review(objectionId);
    await decide(objectionId);
    const found = await kept('objections');
    for (const secret of ['窗口', '19900000001', '经核实']) expect(found).not.toContain(secret);
  });

  test('is for the person of the row only', async () => {
    const accessId = await row();
    expect(await codeOf(object(accessId, stranger))).toEqual({ code: 'access-missing' });
    expect(await codeOf(object(accessId, {}))).toEqual({ code: 'access-missing' });
    expect(await codeOf(object('none'))).toEqual({ code: 'access-missing' });
    const { objectionId } = await object(accessId);
    expect((await house.consent.listObjections(stranger)).rows).toEqual([]);
    expect(await codeOf(house.consent.withdrawObjection({ person: stranger, objectionId }))).toEqual({
      code: 'objection-missing',
    });
  });

  test('is one at a time on a row, of many at once; closed it makes room for another', async () => {
    const accessId = await row();
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => codeOf(object(accessId))));
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
    expect(outcomes).toContainEqual({ code: 'objection-open' });
    expect(await codeOf(object(await row()))).toBeNull();
    const [first] = (await house.consent.listObjectionsByState('opened')).rows.filter(
      (found) => found.accessId === accessId,
    );
    await house.consent.withdrawObjection({ person: citizen, objectionId: first?.objectionId ?? '' });
    expect(await codeOf(object(accessId))).toBeNull();
    expect((await house.consent.listObjections(citizen)).rows).toHaveLength(3);
  });

  test('is not decided before its review, nor after its end', async () => {
    const objectionId = await opened();
    expect(await codeOf(decide(objectionId))).toEqual({ code: 'objection-state', state: 'opened' });
    await review(objectionId);
    await decide(objectionId, 'rejected');
    const over = { code: 'objection-state', state: 'rejected' };
    expect(await codeOf(decide(objectionId))).toEqual(over);
    expect(await codeOf(house.consent.withdrawObjection({ person: citizen, objectionId }))).toEqual(over);
    expect(await codeOf(review('none'))).toEqual({ code: 'objection-missing' });
  });

  test('decided twice at once is decided once', async () => {
    const objectionId = await opened();
    await review(objectionId);
    const outcomes = await Promise.all([
      codeOf(decide(objectionId)),
      codeOf(decide(objectionId, 'rejected')),
    ]);
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
    const [found] = (await house.consent.listObjections(citizen)).rows;
    expect(found?.history).toHaveLength(3);
  });

  test('is not decided by the officer it is about', async () => {
    const reader = { kind: 'officer', id: 'officer-1', name: { zh: '窗口三号', en: 'Counter 3' } } as const;
    const { objectionId } = await object(await row({ reader }));
    expect(await codeOf(review(objectionId))).toEqual({ code: 'objection-own-access' });
    await review(objectionId, 'officer-2');
    expect(await codeOf(decide(objectionId))).toEqual({ code: 'objection-own-access' });
    expect(await codeOf(decide(objectionId, 'upheld', 'officer-2'))).toBeNull();
  });

  test('of a holder without an account is found once they have one', async () => {
    const accessId = await row({ person: { accountId: 'account-1', holderIndex: 'index-1' } });
    await object(accessId, { holderIndex: 'index-1' });
    expect((await house.consent.listObjections(citizen)).rows).toHaveLength(1);
    expect(JSON.stringify((await house.consent.listObjections(citizen)).rows)).not.toContain('index-1');
  });

  test.each<[what: string, changes: object, field: string]>([
    ['an unknown reason', { reason: 'because' }, 'reason'],
    ['no words', { text: '\n ' }, 'text'],
    ['1001 characters', { text: '字'.repeat(1001) }, 'text'],
  ])('of %s is refused', async (_what, changes, field) => {
    const input = { person: citizen, accessId: await row(), reason: 'other', text: words } as const;
    expect(await codeOf(house.consent.openObjection({ ...input, ...changes }))).toMatchObject({ field });
  });
});

describe('a rating', () => {
  const rate = (accessId: string, stars: number, comment?: string, person: object = citizen) =>
    house.consent.rateAccess({ person, accessId, stars, ...(comment === undefined ? {} : { comment }) });

  test('is given once a row, and can be changed for its days', async () => {
    const accessId = await row();
    const first = house.clock.now();
    await rate(accessId, 2, words);
    house.clock.advance(7 * 86_400 - 1);
    expect(await rate(accessId, 4)).toEqual({
      accessId,
      stars: 4,
      comment: null,
      ratedAt: first,
      changedAt: house.clock.now(),
    });
    house.clock.advance(1);
    expect(await codeOf(rate(accessId, 5))).toEqual({ code: 'rating-closed', changeDays: 7 });
    expect(await house.consent.findRating(citizen, accessId)).toMatchObject({ stars: 4 });
    expect(await house.consent.countRatings('department-1')).toEqual({ 1: 0, 2: 0, 3: 0, 4: 1, 5: 0 });
  });

  test('given many times at once stays one', async () => {
    const accessId = await row();
    await Promise.all([3, 3, 3].map((stars) => rate(accessId, stars)));
    expect(await house.records.collection('ratings').countDocuments({})).toBe(1);
    expect(await house.records.collection('ratings').findOne({})).toMatchObject({ version: 3 });
  });

  test('keeps its words sealed, and opens them for its person only', async () => {
    const accessId = await row();
    await rate(accessId, 1, words);
    expect(await kept('ratings')).not.toMatch(/窗口|19900000001/);
    expect(await house.consent.findRating(citizen, accessId)).toMatchObject({ comment: words });
    expect(await house.consent.findRating(stranger, accessId)).toBeNull();
  });

  test('is for the person of the row, of a use that took place', async () => {
    const self = { kind: 'self', id: 'account-1', name: { zh: '', en: '' } } as const;
    expect(await codeOf(rate(await row(), 5, undefined, stranger))).toEqual({ code: 'access-missing' });
    const refused = await row({ outcome: { kind: 'refused', code: 'expired' } });
    expect(await codeOf(rate(refused, 5))).toEqual({ code: 'rating-not-used' });
    const own = await row({ reader: self, basis: { kind: 'self' } });
    expect(await codeOf(rate(own, 5))).toEqual({ code: 'rating-not-used' });
  });

  test.each([0, 6, 2.5, Number.NaN])('of %s stars is refused', async (stars) => {
    expect(await codeOf(rate(await row(), stars))).toMatchObject({ field: 'stars' });
  });
});
