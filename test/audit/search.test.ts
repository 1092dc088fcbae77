import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChainEntry, EntrySearch } from '../../src/audit/index.ts';
import { filterOf } from '../../src/audit/search.ts';
import { planQuery } from '../../src/storage/embedded/plan.ts';
import { type AuditHouse, openAuditHouse } from './audit-house.ts';

let house: AuditHouse;
beforeAll(async () => {
  house = await openAuditHouse();
  // Four papers, filed and stamped; the first two at one instant.
  for (const [n, id] of ['a', 'b', 'c', 'd'].entries()) {
    if (n > 1) house.clock.advance(60);
    await house.file(id, 4);
    await house.audit.relay.runOnce();
  }
});
afterAll(() => house.close());

const search = async (given: EntrySearch): Promise<ChainEntry[]> =>
  (await house.audit.searchEntries(given)).entries;
const sequences = async (given: EntrySearch): Promise<number[]> =>
  (await search(given)).map(({ sequence }) => sequence);
const start = new Date('2026-11-24T04:00:00Z');
const later = (seconds: number): Date => new Date(start.getTime() + seconds * 1000);

describe('a search', () => {
  test('finds everything newest first', async () => {
    expect(await sequences({})).toEqual([16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test.each<[string, EntrySearch, number[]]>([
    ['an actor', { actor: 'officer-2' }, [15, 11, 7, 3]],
    ['a record', { recordId: 'b' }, [8, 7, 6, 5]],
    ['a whole type', { type: 'paper.filed' }, [13, 9, 5, 1]],
    ['a beginning of types', { type: 'paper.', recordId: 'c' }, [12, 11, 10, 9]],
    ['a longer beginning', { type: 'paper.stamped.' }, []],
    ['a beginning that is no family', { type: 'pap.' }, []],
    ['from an instant on', { from: later(60), actor: 'officer-1' }, [14, 10]],
    ['before an instant', { to: later(60), type: 'paper.filed' }, [5, 1]],
    ['between instants', { from: later(60), to: later(61) }, [12, 11, 10, 9]],
    ['several at once', { actor: 'officer-0', type: 'paper.stamped', recordId: 'd' }, [16]],
    ['nobody', { actor: 'nobody' }, []],
  ])('finds by %s', async (_what, given, expected) => {
    expect(await sequences(given)).toEqual(expected);
  });

  test('gives whole entries', async () => {
    const [found] = await search({ recordId: 'a', limit: 1 });
    expect(found).toMatchObject({
      source: 'papers',
      event: { type: 'paper.stamped', at: start, detail: {} },
    });
  });

  test('comes page by page, each entry once, across entries of one instant', async () => {
    const seen: number[] = [];
    let after: string | undefined;
    do {
      const page = await house.audit.searchEntries({ limit: 3, ...(after === undefined ? {} : { after }) });
      seen.push(...page.entries.map(({ sequence }) => sequence));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual([16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test.each<[string, EntrySearch]>([
    ['no rows', { limit: 0 }],
    ['too many rows', { limit: 201 }],
    ['a place that is none', { after: 'page 2' }],
    ['an instant that is none', { from: new Date(Number.NaN) }],
  ])('for %s is refused by name', async (_what, given) => {
    await expect(search(given)).rejects.toMatchObject({ code: 'audit-page-invalid' });
  });
});

test.each<[string, EntrySearch, string]>([
  ['an actor', { actor: 'x' }, 'event.actor'],
  ['a record', { recordId: 'x', after: '1-1' }, 'recordId'],
  ['a type', { type: 'paper.filed' }, 'event.type'],
  ['what is mentioned', { mention: 'x' }, 'mention'],
  ['a beginning of types', { type: 'paper.' }, 'family'],
  ['nothing', {}, 'event.at'],
  ['a range of instants', { from: start, to: later(5), after: '1-1' }, 'event.at'],
])('a search by %s reads an index in its order and sorts nothing', (_what, given, first) => {
  const indexes = house.records
    .model('AuditEntry')
    .schema.indexes()
    .map(([key, { unique }]) => ({
      fields: Object.keys(key),
      unique: unique === true,
      sparse: false,
      multikey: false,
    }));
  const sort = [
    ['event.at', -1],
    ['_id', -1],
  ] as const;
  const plan = planQuery(filterOf(given), sort as never, indexes as never);
  expect(plan).toMatchObject({
    index: { fields: expect.arrayContaining([first]) },
    sorted: true,
    descending: true,
  });
  expect((plan.index as { fields: string[] }).fields[0]).toBe(first);
});
