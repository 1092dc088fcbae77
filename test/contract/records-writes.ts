import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Connection, Schema } from 'mongoose';
import { type Cards, card, cardsTo, newCards } from './records-model.ts';

const duplicate = { code: 11000 };

/** What every engine promises of writing. */
export function writesContract(connection: () => Connection): void {
  let cards: Cards;
  beforeEach(async () => {
    cards = await newCards(connection());
  });

  describe('unique indexes', () => {
    test('refuse a second document with the same _id and leave the first as it was', async () => {
      await cards.create(card(1));
      await expect(cards.create(card(1, { holder: 'other' }))).rejects.toMatchObject(duplicate);
      expect(await cards.findById('card-0001').lean()).toMatchObject({ holder: 'holder-1' });
    });

    test('over two fields refuse the same pair and let either differ', async () => {
      await cards.create(card(1));
      await expect(cards.create(card(2, { holder: 'holder-1' }))).rejects.toMatchObject(duplicate);
      await cards.create(card(3, { holder: 'holder-1', kind: 'permit' }));
      expect(await cards.countDocuments()).toBe(2);
    });

    test('that are sparse let any number of documents go without the field', async () => {
      await cards.create(cardsTo(5));
      await cards.create(card(6, { serial: 'S' }));
      await expect(cards.create(card(7, { serial: 'S' }))).rejects.toMatchObject(duplicate);
      expect(await cards.countDocuments()).toBe(6);
    });

    test('give a value free when the document leaves it or is deleted', async () => {
      await cards.create([card(1, { serial: 'A' }), card(2, { serial: 'B' })]);
      await cards.updateOne({ _id: 'card-0001' }, { $unset: { serial: 1 } });
      await cards.deleteOne({ _id: 'card-0002' });
      await cards.create([card(3, { serial: 'A' }), card(4, { serial: 'B' })]);
      expect(await cards.countDocuments({ serial: { $in: ['A', 'B'] } })).toBe(2);
    });

    test('let one of twenty writers at once have the value', async () => {
      const writes = Array.from({ length: 20 }, (_, n) => cards.create(card(n, { serial: 'ONE' })));
      const done = await Promise.allSettled(writes);
      expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await cards.countDocuments({ serial: 'ONE' })).toBe(1);
    });
  });

  describe('updates', () => {
    test('set, unset, count, and keep the rest', async () => {
      await cards.create(card(1, { note: 'n', place: { city: 'North' } }));
      await cards.updateOne(
        { _id: 'card-0001' },
        { $set: { 'place.zone': 4 }, $unset: { note: 1 }, $inc: { score: 2 }, $min: { version: 0 } },
      );
      const after = await cards.findById('card-0001').lean();
      expect(after).toMatchObject({
        place: { city: 'North', zone: 4 },
        score: 3,
        version: 0,
        holder: 'holder-1',
      });
      expect(after).not.toHaveProperty('note');
    });

    test('push and add to a set', async () => {
      await cards.create(card(1, { tags: ['a'] }));
      const where = { _id: 'card-0001' };
      await cards.updateOne(where, { $push: { tags: { $each: ['b', 'c'] } } });
      await cards.updateOne(where, { $addToSet: { tags: 'c' } });
      await cards.updateOne(where, { $addToSet: { tags: 'd' } });
      expect(await cards.findOne(where).lean()).toMatchObject({ tags: ['a', 'b', 'c', 'd'] });
      expect(await cards.countDocuments({ tags: 'd' })).toBe(1);
    });

    test('may set _id to what it is, and not to something else', async () => {
      await cards.create(card(1));
      await cards.updateOne({ _id: 'card-0001' }, { $set: { _id: 'card-0001', note: 'kept' } });
      expect(await cards.findById('card-0001').lean()).toMatchObject({ note: 'kept' });
      const other = cards.updateOne({ _id: 'card-0001' }, { $set: { _id: 'card-0002' } });
      await expect(other).rejects.toThrow();
      expect(await cards.countDocuments({ _id: 'card-0001' })).toBe(1);
    });

    test('say how many matched and how many changed', async () => {
      await cards.create(cardsTo(4));
      const done = await cards.updateMany({ score: { $gte: 2 } }, { $set: { kind: 'permit' } });
      expect(done).toMatchObject({ matchedCount: 2, modifiedCount: 2 });
      const again = await cards.updateMany({ score: { $gte: 2 } }, { $set: { kind: 'permit' } });
      expect(again).toMatchObject({ matchedCount: 2, modifiedCount: 0 });
      expect(await cards.updateOne({ _id: 'none' }, { $set: { note: 'x' } })).toMatchObject({
        matchedCount: 0,
      });
    });

    test('hand out the document before or after', async () => {
      await cards.create(card(1));
      const where = { _id: 'card-0001' };
      expect(await cards.findOneAndUpdate(where, { $inc: { score: 1 } }).lean()).toMatchObject({ score: 1 });
      const after = cards.findOneAndUpdate(where, { $inc: { score: 1 } }, { returnDocument: 'after' });
      expect(await after.lean()).toMatchObject({ score: 3 });
      expect(await cards.findOneAndUpdate({ _id: 'none' }, { $inc: { score: 1 } }).lean()).toBeNull();
    });

    test('insert what is not there when asked, once', async () => {
      const where = { _id: 'card-0009' };
      const { _id, ...fields } = card(9);
      const { score, ...onInsert } = fields;
      const options = { upsert: true, returnDocument: 'after' } as const;
      const first = await cards
        .findOneAndUpdate(where, { $inc: { score: 5 }, $setOnInsert: onInsert }, options)
        .lean();
      expect(first).toMatchObject({ _id: 'card-0009', score: 5, holder: 'holder-9' });
      await cards.updateOne(
        where,
        { $inc: { score: 5 }, $setOnInsert: { holder: 'other' } },
        { upsert: true },
      );
      expect(await cards.findOne(where).lean()).toMatchObject({ score: 10, holder: 'holder-9' });
      expect(await cards.countDocuments()).toBe(1);
    });
  });

  describe('whole documents', () => {
    test('saved after another saved them are refused by their version', async () => {
      const name = `${cards.collection.name}saves`;
      const schema = new Schema({ _id: String, text: String } as never, { optimisticConcurrency: true });
      const saves = connection().model<{ _id: string; text: string }>(name, schema as never, name);
      await saves.create({ _id: 'a', text: 'first' });
      const [mine, theirs] = await Promise.all([saves.findById('a'), saves.findById('a')]);
      mine?.set('text', 'mine');
      theirs?.set('text', 'theirs');
      await mine?.save();
      await expect(theirs?.save()).rejects.toMatchObject({ name: 'VersionError' });
      expect(await saves.findById('a').lean()).toMatchObject({ text: 'mine' });
    });

    test('are replaced whole', async () => {
      await cards.create(card(1, { note: 'old' }));
      await cards.replaceOne({ _id: 'card-0001' }, card(1, { serial: 'new' }));
      const after = await cards.findById('card-0001').lean();
      expect(after).toMatchObject({ serial: 'new' });
      expect(after).not.toHaveProperty('note');
    });

    test('are deleted one, many, or in exchange for what they were', async () => {
      await cards.create(cardsTo(6));
      expect(await cards.deleteOne({ score: { $gte: 4 } })).toMatchObject({ deletedCount: 1 });
      expect(await cards.findOneAndDelete({ _id: 'card-0000' }).lean()).toMatchObject({ score: 0 });
      expect(await cards.deleteMany({ score: { $lt: 4 } })).toMatchObject({ deletedCount: 3 });
      expect(await cards.deleteMany({ score: 99 })).toMatchObject({ deletedCount: 0 });
      expect(await cards.countDocuments()).toBe(1);
    });

    test('inserted in order end at the first duplicate, and without order go on past it', async () => {
      await cards.create(card(1));
      const inOrder = cards.insertMany([card(0), card(1), card(2)]);
      await expect(inOrder).rejects.toMatchObject({ code: 11000, insertedDocs: [{ _id: 'card-0000' }] });
      expect(await cards.countDocuments()).toBe(2);
      const anyhow = cards.insertMany([card(1), card(3), card(0), card(4)], { ordered: false });
      await expect(anyhow).rejects.toMatchObject({ code: 11000, writeErrors: [{ index: 0 }, { index: 2 }] });
      expect(await cards.countDocuments()).toBe(4);
    });

    test('inserted many at once are all found by an index, up to one whose place in it is taken', async () => {
      const many = Array.from({ length: 30 }, (_, n) => card(29 - n));
      await cards.insertMany(many);
      for (const { _id, holder, kind } of many)
        expect(await cards.findOne({ holder, kind }).lean()).toMatchObject({ _id });
      const { holder, kind } = card(5);
      const more = Array.from({ length: 30 }, (_, n) => card(30 + n));
      const taken = { ...card(60), holder, kind };
      await expect(cards.insertMany([...more, taken, card(61)])).rejects.toMatchObject({ code: 11000 });
      expect(await cards.countDocuments()).toBe(60);
    });

    test('are written in bulk', async () => {
      const done = await cards.bulkWrite([
        { insertOne: { document: card(1) } },
        { insertOne: { document: card(2) } },
        { updateOne: { filter: { _id: 'card-0001' }, update: { $set: { note: 'x' } } } },
        { deleteOne: { filter: { _id: 'card-0002' } } },
      ]);
      expect(done).toMatchObject({ insertedCount: 2, modifiedCount: 1, deletedCount: 1 });
      expect(await cards.find().lean()).toMatchObject([{ _id: 'card-0001', note: 'x' }]);
    });
  });
}
