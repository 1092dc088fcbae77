import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/base/id.ts';
import type { EphemeralStore } from '../../src/storage/ephemeral/port.ts';
import { ephemeralGroupContract } from './ephemeral-group.ts';

/** Opens another handle on the engine under test; all handles of a suite see the same entries. */
export type OpenStore = () => Promise<EphemeralStore>;
/** Lets the seconds pass for the engine and fails unless the condition then holds. */
export type Advance = (seconds: number, condition: () => Promise<boolean>) => Promise<void>;

const at = new Date('2026-03-01T08:00:00.123Z');
const tally = <T>(outcomes: T[], outcome: T): number => outcomes.filter((each) => each === outcome).length;
const callers = Array.from({ length: 25 });

/** Holds an engine to every sentence of the port. */
export const ephemeralContract = (name: string, open: OpenStore, advance: Advance): void => {
  describe(`${name} keeps the promise of the ephemeral store`, () => {
    let store: EphemeralStore;
    let other: EphemeralStore;
    let key: string;

    beforeEach(async () => {
      [store, other] = await Promise.all([open(), open()]);
      key = `contract:${newId()}`;
    });
    afterEach(async () => {
      await Promise.all([store.close(), other.close()]);
    });

    test('put writes an entry that every handle reads, unmarked', async () => {
      await store.put(key, 'one', { ttlSeconds: 60 });
      expect(await store.get(key)).toEqual({ value: 'one', markedAt: null });
      expect(await other.get(key)).toEqual({ value: 'one', markedAt: null });
    });

    test('put replaces the value and the mark', async () => {
      await store.put(key, 'one', { ttlSeconds: 60 });
      await store.mark(key, at);
      await store.put(key, 'two', { ttlSeconds: 60 });
      expect(await store.get(key)).toEqual({ value: 'two', markedAt: null });
      expect(await store.mark(key, at)).toBe('marked');
    });

    test('put replaces the lifetime, shorter or longer', async () => {
      await store.put(`${key}:shorter`, 'one', { ttlSeconds: 60 });
      await store.put(`${key}:shorter`, 'two', { ttlSeconds: 0.5 });
      await store.put(`${key}:longer`, 'one', { ttlSeconds: 0.5 });
      await store.put(`${key}:longer`, 'two', { ttlSeconds: 60 });
      await advance(0.5, async () => (await store.get(`${key}:shorter`)) === null);
      expect(await store.get(`${key}:longer`)).toEqual({ value: 'two', markedAt: null });
    });

    test('get of an absent entry is null', async () => {
      expect(await store.get(key)).toBeNull();
    });

    test('an expired entry is absent to get, take, mark and add', async () => {
      for (const use of ['get', 'take', 'mark', 'add']) {
        await store.put(`${key}:${use}`, 'old', { ttlSeconds: 0.5 });
      }
      await store.put(`${key}:long`, 'old', { ttlSeconds: 60 });
      await advance(0.5, async () => (await store.get(`${key}:add`)) === null);
      expect(await store.get(`${key}:get`)).toBeNull();
      expect(await store.take(`${key}:take`)).toBeNull();
      expect(await store.mark(`${key}:mark`, at)).toBe('absent');
      expect(await store.add(`${key}:add`, 'new', { ttlSeconds: 60 })).toBe(true);
      expect(await store.get(`${key}:add`)).toEqual({ value: 'new', markedAt: null });
      expect(await store.get(`${key}:long`)).toEqual({ value: 'old', markedAt: null });
    });

    test('take reads and removes, a marked entry too', async () => {
      await store.put(key, 'once', { ttlSeconds: 60 });
      await store.mark(key, at);
      expect(await store.take(key)).toBe('once');
      expect(await store.take(key)).toBeNull();
      expect(await store.get(key)).toBeNull();
    });

    test('of fifty callers that take at once through two handles one gets the entry', async () => {
      await store.put(key, 'once', { ttlSeconds: 60 });
      const taken = await Promise.all(callers.flatMap(() => [store.take(key), other.take(key)]));
      expect(tally(taken, 'once')).toBe(1);
      expect(tally(taken, null)).toBe(49);
    });

    test('add writes unless an entry is there, and leaves that one as it was', async () => {
      expect(await store.add(key, 'first', { ttlSeconds: 60 })).toBe(true);
      await store.mark(key, at);
      expect(await other.add(key, 'second', { ttlSeconds: 60 })).toBe(false);
      expect(await store.get(key)).toEqual({ value: 'first', markedAt: at });
    });

    test('an add that finds an entry does not prolong it', async () => {
      await store.add(key, 'first', { ttlSeconds: 0.5 });
      await store.add(key, 'second', { ttlSeconds: 60 });
      await advance(0.5, async () => (await store.get(key)) === null);
    });

    test('of fifty callers that add at once through two handles one writes', async () => {
      const added = await Promise.all(
        callers.flatMap((_, i) => [
          store.add(key, `a${i}`, { ttlSeconds: 60 }),
          other.add(key, `b${i}`, { ttlSeconds: 60 }),
        ]),
      );
      expect(tally(added, true)).toBe(1);
      const writer = added.indexOf(true);
      expect((await store.get(key))?.value).toBe(`${writer % 2 === 0 ? 'a' : 'b'}${Math.floor(writer / 2)}`);
    });

    test('mark answers absent, marked, already, and keeps the first instant and the value', async () => {
      expect(await store.mark(key, at)).toBe('absent');
      expect(await store.get(key)).toBeNull();
      await store.put(key, 'code', { ttlSeconds: 60 });
      expect(await store.mark(key, at)).toBe('marked');
      expect(await other.mark(key, new Date('2027-01-01T00:00:00Z'))).toBe('already');
      expect(await store.get(key)).toEqual({ value: 'code', markedAt: at });
    });

    test('mark does not prolong an entry', async () => {
      await store.put(key, 'code', { ttlSeconds: 0.5 });
      await store.mark(key, at);
      await advance(0.5, async () => (await store.get(key)) === null);
    });

    test('of fifty callers that mark at once through two handles one is told marked', async () => {
      await store.put(key, 'code', { ttlSeconds: 60 });
      const marks = await Promise.all(callers.flatMap(() => [store.mark(key, at), other.mark(key, at)]));
      expect(tally(marks, 'marked')).toBe(1);
      expect(tally(marks, 'already')).toBe(49);
    });

    test('count adds one a call and tells the seconds left, at least 1', async () => {
      expect(await store.count(key, 60)).toEqual({ count: 1, resetSeconds: 60 });
      const second = await other.count(key, 60);
      expect(second.count).toBe(2);
      expect(second.resetSeconds).toBeGreaterThan(50);
      expect(second.resetSeconds).toBeLessThanOrEqual(60);
      expect(await store.count(`${key}:short`, 0.2)).toEqual({ count: 1, resetSeconds: 1 });
    });

    test('the window starts with the first count: later ones neither prolong it nor outlast it', async () => {
      await store.count(key, 1);
      await advance(1, async () => (await store.count(key, 1)).count === 1);
    });

    test('of fifty counts at once through two handles none is lost', async () => {
      const counts = await Promise.all(callers.flatMap(() => [store.count(key, 60), other.count(key, 60)]));
      const sorted = counts.map(({ count }) => count).sort((a, b) => a - b);
      expect(sorted).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    });

    test('an entry and a counter of one name do not see one another, and delete removes both', async () => {
      await store.put(key, 'entry', { ttlSeconds: 60 });
      expect((await store.count(key, 60)).count).toBe(1);
      expect(await store.get(key)).toEqual({ value: 'entry', markedAt: null });
      await store.delete(key);
      expect(await store.get(key)).toBeNull();
      expect((await store.count(key, 60)).count).toBe(1);
    });

    test('delete of what is absent is fine', async () => {
      await expect(store.delete(key)).resolves.toBeUndefined();
    });

    test.each([
      ['of 200 KB', 'x'.repeat(200 * 1024)],
      ['of 200 KB in Chinese', '证'.repeat(68_267)],
      ['of text in many scripts', '一号 😀 𠮷 é \u0000 "quoted" \\ \r\n'],
      ['that is empty', ''],
    ])('a value %s comes back as it was', async (_, value) => {
      await store.put(key, value, { ttlSeconds: 60 });
      expect((await store.get(key))?.value).toBe(value);
      expect(await store.take(key)).toBe(value);
    });

    test('keys are exact: case, scripts, braces, spaces, 512 characters', async () => {
      const end = newId();
      const keys = [`a ${end}`, `A ${end}`, `键 ${end}`, `{a}b${end}`, `}{${end}`, end.padEnd(512, '键')];
      await Promise.all(keys.map((each, i) => store.put(each, String(i), { ttlSeconds: 60 })));
      const values = await Promise.all(keys.map(async (each) => (await store.get(each))?.value));
      expect(values).toEqual(keys.map((_, i) => String(i)));
    });

    test.each([
      ['is empty', ''],
      ['has 513 characters', 'k'.repeat(513)],
      ['has a line feed', 'a\nb'],
      ['has a NUL', 'a\u0000b'],
      ['has a lone surrogate', 'a\ud800b'],
    ])('a key or group that %s is refused, and the refusal does not quote it', async (_, bad) => {
      const refusals = await Promise.allSettled([
        store.put(bad, 'v', { ttlSeconds: 60 }),
        store.put(key, 'v', { ttlSeconds: 60, group: bad }),
        store.get(bad),
        store.take(bad),
        store.add(bad, 'v', { ttlSeconds: 60 }),
        store.add(key, 'v', { ttlSeconds: 60, group: bad }),
        store.mark(bad, at),
        store.count(bad, 60),
        store.delete(bad),
        store.deleteGroup(bad),
      ]);
      for (const refusal of refusals) {
        expect(refusal).toEqual({ status: 'rejected', reason: expect.any(RangeError) });
        if (bad !== '') expect(String(refusal.status === 'rejected' && refusal.reason)).not.toContain(bad);
      }
      expect(await store.get(key)).toBeNull();
    });

    test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
      'a lifetime of %d seconds is refused',
      async (seconds) => {
        await expect(store.put(key, 'v', { ttlSeconds: seconds })).rejects.toThrow(RangeError);
        await expect(store.add(key, 'v', { ttlSeconds: seconds })).rejects.toThrow(RangeError);
        await expect(store.count(key, seconds)).rejects.toThrow(RangeError);
        expect(await store.get(key)).toBeNull();
      },
    );

    test('ping resolves while the engine answers and rejects once the store is closed', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
      await store.close();
      await expect(store.ping()).rejects.toMatchObject({ code: 'storage-unavailable' });
    });

    test('close waits for what is under way, may be repeated, and refuses what comes after', async () => {
      const written = store.put(key, 'late', { ttlSeconds: 60 });
      await store.close();
      await store.close();
      await written;
      expect((await other.get(key))?.value).toBe('late');
      await expect(store.put(key, 'after', { ttlSeconds: 60 })).rejects.toMatchObject({
        code: 'storage-unavailable',
      });
      await expect(store.get(key)).rejects.toMatchObject({ code: 'storage-unavailable' });
    });
  });
  ephemeralGroupContract(name, open, advance);
};
