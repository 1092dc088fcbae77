import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/base/id.ts';
import type { EphemeralStore } from '../../src/storage/ephemeral/port.ts';
import type { Advance, OpenStore } from './ephemeral.ts';

/** Holds an engine to what the port says of groups. */
export const ephemeralGroupContract = (name: string, open: OpenStore, advance: Advance): void => {
  describe(`${name} keeps the promise of groups`, () => {
    let store: EphemeralStore;
    let other: EphemeralStore;
    let group: string;
    const key = (each: string | number): string => `${group}:${each}`;
    const survivors = async (keys: string[]): Promise<string[]> => {
      const entries = await Promise.all(keys.map((each) => store.get(each)));
      return keys.filter((_, i) => entries[i] !== null);
    };

    beforeEach(async () => {
      [store, other] = await Promise.all([open(), open()]);
      group = `组-${newId()}`;
    });
    afterEach(async () => {
      await Promise.all([store.close(), other.close()]);
    });

    test('deleteGroup removes every entry put or added under the group and no other', async () => {
      const members = Array.from({ length: 40 }, (_, i) => key(i));
      await Promise.all(
        members.map((each, i) =>
          i % 2 === 0
            ? store.put(each, 'v', { ttlSeconds: 60, group })
            : store.add(each, 'v', { ttlSeconds: 60, group }),
        ),
      );
      await store.put(key('none'), 'v', { ttlSeconds: 60 });
      await store.put(key('other'), 'v', { ttlSeconds: 60, group: `${group}x` });
      await other.deleteGroup(group);
      expect(await survivors([...members, key('none'), key('other')])).toEqual([key('none'), key('other')]);
    });

    test('deleteGroup removes more members than go in one batch', async () => {
      const members = Array.from({ length: 1100 }, (_, i) => key(i));
      await Promise.all(members.map((each) => store.put(each, 'v', { ttlSeconds: 60, group })));
      await store.deleteGroup(group);
      expect(await survivors(members)).toEqual([]);
    });

    test('deleteGroup of a group nobody used, or used before, is fine', async () => {
      await store.deleteGroup(group);
      await store.put(key(1), 'v', { ttlSeconds: 60, group });
      await store.deleteGroup(group);
      await store.deleteGroup(group);
      expect(await survivors([key(1)])).toEqual([]);
    });

    test('a group serves again after deleteGroup, for the same keys too', async () => {
      await store.put(key(1), 'v', { ttlSeconds: 60, group });
      await store.deleteGroup(group);
      await store.put(key(1), 'again', { ttlSeconds: 60, group });
      expect(await survivors([key(1)])).toEqual([key(1)]);
      await store.deleteGroup(group);
      expect(await survivors([key(1)])).toEqual([]);
    });

    test('an entry replaced under another group, or none, has left the first', async () => {
      const second = `${group}:second`;
      await store.put(key('moved'), 'v', { ttlSeconds: 60, group });
      await store.put(key('moved'), 'v', { ttlSeconds: 60, group: second });
      await store.put(key('freed'), 'v', { ttlSeconds: 60, group });
      await store.put(key('freed'), 'v', { ttlSeconds: 60 });
      await store.deleteGroup(group);
      expect(await survivors([key('moved'), key('freed')])).toEqual([key('moved'), key('freed')]);
      await store.deleteGroup(second);
      expect(await survivors([key('moved'), key('freed')])).toEqual([key('freed')]);
    });

    test('an add that finds an entry does not bring it into the group', async () => {
      await store.put(key(1), 'v', { ttlSeconds: 60 });
      await store.add(key(1), 'v', { ttlSeconds: 60, group });
      await store.deleteGroup(group);
      expect(await survivors([key(1)])).toEqual([key(1)]);
    });

    test('a marked entry is removed with its group', async () => {
      await store.put(key(1), 'v', { ttlSeconds: 60, group });
      await store.mark(key(1), new Date('2026-03-01T08:00:00Z'));
      await store.deleteGroup(group);
      expect(await survivors([key(1)])).toEqual([]);
    });

    test('the longest member is found after shorter ones, put before and after it, have expired', async () => {
      await store.put(key('before'), 'v', { ttlSeconds: 0.5, group });
      await store.put(key('long'), 'v', { ttlSeconds: 60, group });
      await store.put(key('after'), 'v', { ttlSeconds: 0.5, group });
      await advance(0.5, async () => (await survivors([key('before'), key('after')])).length === 0);
      expect(await survivors([key('long')])).toEqual([key('long')]);
      await store.deleteGroup(group);
      expect(await survivors([key('long')])).toEqual([]);
    });

    test('puts that run against deleteGroup are removed by it or by the next one: none is lost', async () => {
      const members = Array.from({ length: 200 }, (_, i) => key(i % 50));
      await Promise.all(
        members.map(async (each, i) => {
          await (i % 2 === 0 ? store : other).put(each, 'v', { ttlSeconds: 60, group });
          if (i % 10 === 0) await (i % 4 === 0 ? store : other).deleteGroup(group);
          await store.put(each, 'again', { ttlSeconds: 60, group });
        }),
      );
      await store.deleteGroup(group);
      expect(await survivors(members)).toEqual([]);
    });
  });
};
