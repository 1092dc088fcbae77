import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Connection } from 'mongoose';
import { type Card, type Cards, card, cardsTo, dayMilliseconds, ids, newCards } from './records-model.ts';

const from0to = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

/** What every engine promises of reading. */
export function readsContract(connection: () => Connection): void {
  let cards: Cards;
  beforeEach(async () => {
    cards = await newCards(connection());
  });

  describe('values', () => {
    test('come back as they went: bytes, instants, nested documents, lists and rare characters', async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const given = card(1, {
        holder: '𠮷䶮 with a \u0000 within',
        photo: bytes,
        issuedAt: new Date('1969-12-31T23:59:59.999Z'),
        place: { city: '北', zone: -1.5 },
        lines: [
          { key: 'a', value: 2 ** 40 },
          { key: '', value: 0 },
        ],
      });
      await cards.create(given);
      const found = await cards.findById('card-0001');
      expect(found?.toObject({ flattenMaps: true })).toMatchObject({
        holder: given.holder,
        issuedAt: given.issuedAt,
        place: given.place,
        lines: given.lines,
      });
      expect(Buffer.compare(found?.photo ?? Buffer.alloc(0), bytes)).toBe(0);
      expect(await cards.countDocuments({ holder: given.holder, kind: 'licence' })).toBe(1);
    });

    test('are found by their kind: null also finds what is missing, an operator does not cross kinds', async () => {
      await cards.create([card(1), card(2, { score: null }), card(3, { note: '2' })]);
      expect(ids(await cards.find({ score: null }).lean())).toEqual([2]);
      expect(ids(await cards.find({ note: null }).sort({ _id: 1 }).lean())).toEqual([1, 2]);
      expect(ids(await cards.find({ note: { $exists: true } }).lean())).toEqual([3]);
      expect(
        ids(
          await cards
            .find({ score: { $lt: 100 } })
            .sort({ _id: 1 })
            .lean(),
        ),
      ).toEqual([1, 3]);
    });
  });

  describe('filters', () => {
    beforeEach(async () => {
      const cities = ['North', 'South', 'West'];
      await cards.create(
        cardsTo(12, (number) => ({
          tags: number % 2 === 0 ? ['even', `t${number}`] : [],
          place: { city: cities[number % 3] ?? '' },
          lines: [{ key: `k${number % 4}`, value: number }],
        })),
      );
    });
    const find = async (filter: Record<string, unknown>): Promise<number[]> =>
      ids(
        await cards
          .find(filter as never)
          .sort({ _id: 1 })
          .lean(),
      );

    test.each<[string, Record<string, unknown>, number[]]>([
      ['a value of an array', { tags: 't4' }, [4]],
      ['one of several values', { _id: { $in: ['card-0003', 'card-0007', 'none'] } }, [3, 7]],
      ['none of several values', { score: { $nin: from0to(10) } }, [10, 11]],
      ['not a value', { score: { $ne: 0, $lt: 3 } }, [1, 2]],
      ['a range', { score: { $gt: 3, $lte: 6 } }, [4, 5, 6]],
      ['a range under a value', { 'place.city': 'North', score: { $gte: 4 } }, [6, 9]],
      ['a range of instants', { issuedAt: { $lt: card(2).issuedAt } }, [0, 1]],
      ['either of two', { $or: [{ score: 1 }, { tags: 't8' }] }, [1, 8]],
      ['both of two', { $and: [{ score: { $gte: 5 } }, { tags: 'even' }] }, [6, 8, 10]],
      ['a beginning of text', { _id: /^card-000[12]/ }, [1, 2]],
      ['a field of the elements', { 'lines.key': 'k3' }, [3, 7, 11]],
      ['a length of an array', { tags: { $size: 2 }, score: { $lt: 4 } }, [0, 2]],
      ['an empty array', { tags: [], score: { $lt: 4 } }, [1, 3]],
      ['a negation', { score: { $not: { $gte: 2 } } }, [0, 1]],
      ['nothing', { score: 99 }, []],
    ])('find by %s', async (_what, filter, expected) => {
      expect(await find(filter)).toEqual(expected);
      expect(await cards.countDocuments(filter as never)).toBe(expected.length);
      expect((await cards.exists(filter as never)) !== null).toBe(expected.length > 0);
    });

    test('never widen because a value is undefined', async () => {
      const found = await connection()
        .collection(cards.collection.name)
        .find({ holder: undefined })
        .toArray();
      expect(found).toEqual([]);
    });

    test('leave out or keep the fields asked for', async () => {
      const kept = await cards.findById('card-0003').select('holder place.city').lean();
      expect(kept).toEqual({ _id: 'card-0003', holder: 'holder-3', place: { city: 'North' } });
      const left = await cards.findById('card-0003').select('-lines -tags').lean();
      expect(left).not.toHaveProperty('lines');
      expect(left).toMatchObject({ holder: 'holder-3' });
    });

    test('find distinct values', async () => {
      expect((await cards.distinct('place.city')).sort()).toEqual(['North', 'South', 'West']);
      expect((await cards.distinct('tags', { score: { $lt: 3 } })).sort()).toEqual(['even', 't0', 't2']);
    });

    test('add up groups', async () => {
      const groups = await cards.aggregate([
        { $match: { score: { $gte: 3 } } },
        { $group: { _id: '$place.city', count: { $sum: 1 } } },
        { $sort: { _id: 1 } },
        { $limit: 2 },
      ]);
      expect(groups).toEqual([
        { _id: 'North', count: 3 },
        { _id: 'South', count: 3 },
      ]);
    });
  });

  describe('order and pages', () => {
    test('sort by one field, by several, up and down, with and without an index', async () => {
      await cards.create(cardsTo(9, (number) => ({ version: number % 3, note: `n${9 - number}` })));
      expect(ids(await cards.find().sort({ issuedAt: -1 }).limit(3).lean())).toEqual([8, 7, 6]);
      expect(ids(await cards.find().sort({ note: 1 }).limit(3).lean())).toEqual([8, 7, 6]);
      const mixed = await cards.find().sort({ version: -1, score: 1 }).skip(1).limit(4).lean();
      expect(ids(mixed)).toEqual([5, 8, 1, 4]);
    });

    test.each<1 | -1>([1, -1])('page through ties without gap or repeat, direction %d', async (direction) => {
      const sameDay = (number: number) => ({ issuedAt: new Date(Math.floor(number / 5) * dayMilliseconds) });
      await cards.create(cardsTo(23, sameDay));
      const beyond = direction === 1 ? '$gt' : '$lt';
      const seen: number[] = [];
      let last: Card | undefined;
      do {
        const after = last && {
          $or: [
            { issuedAt: { [beyond]: last.issuedAt } },
            { issuedAt: last.issuedAt, _id: { [beyond]: last._id } },
          ],
        };
        const page = await cards
          .find((after ?? {}) as never)
          .sort({ issuedAt: direction, _id: direction })
          .limit(4)
          .lean<Card[]>();
        seen.push(...ids(page));
        last = page.at(-1);
      } while (last);
      expect(seen).toEqual(direction === 1 ? from0to(23) : from0to(23).reverse());
    });

    test('read a thousand documents one by one while they are written to', async () => {
      await cards.insertMany(cardsTo(1000));
      let seen = 0;
      for await (const one of cards.find().sort({ _id: 1 }).cursor()) {
        seen += 1;
        if (seen % 100 === 0) await cards.updateOne({ _id: one._id }, { $set: { note: 'seen' } });
      }
      expect(seen).toBe(1000);
      expect(await cards.countDocuments({ note: 'seen' })).toBe(10);
    });

    test('count without a filter', async () => {
      await cards.create(cardsTo(3));
      expect(await cards.estimatedDocumentCount()).toBe(3);
      expect(await cards.countDocuments()).toBe(3);
    });
  });
}
