import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Connection, Schema } from 'mongoose';
import { type Cards, card, cardsTo, newCards } from './records-model.ts';

const duplicate = { code: 11000 };

/**
 * What MongoDB and the embedded engine do and FerretDB 1.24 on SQLite does not: its updates are not atomic (two writers
 * may both match one version, increments are lost), one that meets a duplicate answers another code, and it knows fewer
 * operators. So FerretDB shows here that we speak the protocol; it is not to be run in production.
 */
export function beyondContract(connection: () => Connection): void {
  let cards: Cards;
  beforeEach(async () => {
    cards = await newCards(connection());
  });

  describe('unique indexes, besides', () => {
    test('hold for updates, which leave the whole document as it was', async () => {
      await cards.create([card(1, { serial: 'A' }), card(2, { serial: 'B' })]);
      const write = cards.updateOne({ _id: 'card-0002' }, { $set: { serial: 'A', note: 'half' } });
      await expect(write).rejects.toMatchObject(duplicate);
      const after = await cards.findById('card-0002').lean();
      expect(after).toMatchObject({ serial: 'B' });
      expect(after).not.toHaveProperty('note');
    });

    test('over an array refuse an element that another document has, and not twice in one', async () => {
      const name = `${cards.collection.name}tags`;
      const tagged = connection().model<{ _id: string; tags: string[] }>(
        name,
        new Schema({ _id: String, tags: [String] } as never, { versionKey: false, autoIndex: false }).index(
          { tags: 1 },
          { unique: true },
        ) as never,
        name,
      );
      await tagged.createIndexes();
      await tagged.create({ _id: 'a', tags: ['x', 'y', 'x'] });
      await expect(tagged.create({ _id: 'b', tags: ['z', 'y'] })).rejects.toMatchObject(duplicate);
      await tagged.create({ _id: 'c', tags: ['z'] });
      expect(await tagged.countDocuments()).toBe(2);
    });

    test('name the index that was met, so that a store can tell which', async () => {
      await cards.create(card(1, { serial: 'A' }));
      await expect(cards.create(card(2, { serial: 'A' }))).rejects.toThrow(/serial_1/);
      await expect(cards.create(card(2, { holder: 'holder-1' }))).rejects.toThrow(/holder_1_kind_1/);
    });
  });

  describe('updates, besides', () => {
    test('on a version let exactly one of twenty writers through', async () => {
      await cards.create(card(1));
      const swaps = Array.from({ length: 20 }, (_, n) =>
        cards.updateOne({ _id: 'card-0001', version: 1 }, { $set: { version: 2, note: `writer ${n}` } }),
      );
      const matched = (await Promise.all(swaps)).map(({ matchedCount }) => matchedCount);
      expect(matched.reduce((sum, one) => sum + one, 0)).toBe(1);
    });

    test('lose none of a hundred increments at once', async () => {
      await cards.create(card(1, { score: 0 }));
      await Promise.all(
        Array.from({ length: 100 }, () => cards.updateOne({ _id: 'card-0001' }, { $inc: { score: 1 } })),
      );
      expect(await cards.findById('card-0001').lean()).toMatchObject({ score: 100 });
    });

    test('push, keep the last few, and pull what fits', async () => {
      await cards.create(card(1, { tags: ['a', 'b'], lines: [{ key: 'k', value: 1 }] }));
      const where = { _id: 'card-0001' };
      await cards.updateOne(where, { $push: { tags: { $each: ['c', 'd'], $slice: -3 } } });
      await cards.updateOne(where, { $pull: { lines: { key: 'k' }, tags: 'b' } });
      expect(await cards.findOne(where).lean()).toMatchObject({ tags: ['c', 'd'], lines: [] });
      expect(await cards.countDocuments({ tags: 'b' })).toBe(0);
    });

    test('change the element that the filter found, and those that a filter of their own finds', async () => {
      await cards.create(card(1, { lines: ['a', 'b', 'a'].map((key, value) => ({ key, value })) }));
      await cards.updateOne({ _id: 'card-0001', 'lines.key': 'b' }, { $set: { 'lines.$.value': 20 } });
      const own = { arrayFilters: [{ 'line.key': 'a' }] };
      await cards.updateOne({ _id: 'card-0001' }, { $inc: { 'lines.$[line].value': 5 } }, own);
      const after = await cards.findById('card-0001').lean();
      expect(after?.lines.map(({ value }) => value)).toEqual([5, 20, 7]);
    });
  });

  describe('filters, besides', () => {
    test('find one element that fits whole', async () => {
      await cards.create(
        cardsTo(8, (number) => ({
          lines: [
            { key: `k${number % 2}`, value: number },
            { key: 'k2', value: 0 },
          ],
        })),
      );
      const filter = { lines: { $elemMatch: { key: 'k1', value: { $gt: 4 } } } };
      expect((await cards.find(filter).sort({ _id: 1 }).lean()).map(({ score }) => score)).toEqual([5, 7]);
    });

    test('find the greatest of a group', async () => {
      await cards.create(cardsTo(4, (number) => ({ version: number % 2 })));
      const groups = await cards.aggregate([
        { $group: { _id: '$version', most: { $max: '$score' } } },
        { $sort: { _id: 1 } },
      ]);
      expect(groups).toEqual([
        { _id: 0, most: 2 },
        { _id: 1, most: 3 },
      ]);
    });
  });
}
