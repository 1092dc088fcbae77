import { describe, expect, test } from '@jest/globals';
import { nextEnd, promote, type RingEntry, usable } from '../../src/crypto/lifecycle.ts';

const at = (seconds: number) => new Date(Date.UTC(2030, 0, 1) + seconds * 1000);
const fresh = (id: string): RingEntry => ({
  kind: 'signing',
  id,
  state: 'next',
  createdAt: at(0),
  verifyUntil: null,
  sealed: '',
});
const shape = (entries: RingEntry[]) => entries.map(({ id, state }) => `${id} ${state}`);

const started = promote(promote([], fresh('a'), at(0), 60), fresh('b'), at(0), 60);

describe('the life of a ring entry', () => {
  test('starts with one current and one next', () => {
    expect(shape(started)).toEqual(['a current', 'b next']);
  });

  test('moves one step with each rotation, current first, then next, then retired with the newest first', () => {
    const once = promote(started, fresh('c'), at(10), 60);
    expect(shape(once)).toEqual(['b current', 'c next', 'a retired']);
    expect(once[2]?.verifyUntil).toEqual(at(70));
    const twice = promote(once, fresh('d'), at(20), 60);
    expect(shape(twice)).toEqual(['c current', 'd next', 'b retired', 'a retired']);
  });

  test('ends a retired entry at its instant and not before', () => {
    const once = promote(started, fresh('c'), at(10), 60);
    expect(shape(usable(once, at(69)))).toContain('a retired');
    expect(shape(usable(once, at(70)))).toEqual(['b current', 'c next']);
  });

  test('drops what has ended from the ring at the next rotation', () => {
    const once = promote(started, fresh('c'), at(10), 60);
    expect(shape(promote(once, fresh('d'), at(70), 60))).toEqual(['c current', 'd next', 'b retired']);
  });

  test('keeps a retired entry for ever when there is no overlap to end', () => {
    const once = promote(started, fresh('c'), at(10), null);
    expect(shape(usable(once, at(1e9)))).toEqual(['b current', 'c next', 'a retired']);
  });

  test('tells the first end to come', () => {
    const twice = promote(promote(started, fresh('c'), at(10), 60), fresh('d'), at(20), 60);
    expect(nextEnd(twice, at(20))).toEqual(at(70));
    expect(nextEnd(twice, at(70))).toEqual(at(80));
    expect(nextEnd(twice, at(80))).toBeNull();
  });
});
