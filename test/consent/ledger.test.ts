import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AccessRow, NewAccess, Person } from '../../src/consent/index.ts';
import { createConsent } from '../../src/consent/index.ts';
import { access, type ConsentHouse, citizen, codeOf, openConsentHouse, stranger } from './house.ts';

let house: ConsentHouse;
beforeEach(async () => {
  house = await openConsentHouse();
});
afterEach(() => house.close());

const record = (changes: Partial<NewAccess> = {}) => house.consent.recordAccess(access(changes));
const rowsOf = async (person: Person): Promise<AccessRow[]> =>
  (await house.consent.listAccesses(person)).rows;
const everyRow = async (person: Person, limit: number): Promise<string[]> => {
  const found: string[] = [];
  let next: string | null | undefined;
  while (next !== null) {
    const page = await house.consent.listAccesses(person, { limit, ...(next ? { after: next } : {}) });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    found.push(...page.rows.map(({ accessId }) => accessId));
    next = page.next;
  }
  return found;
};

describe('a read', () => {
  test('is a row the person sees at once: who, what, why, on what ground', async () => {
    const { accessId } = await record();
    expect(await rowsOf(citizen)).toEqual([
      {
        accessId,
        reader: access().reader,
        what: access().what,
        cause: access().cause,
        basis: access().basis,
        outcome: { kind: 'granted' },
        channel: 'api',
        at: house.clock.now(),
        keepUntil: new Date(house.clock.now().getTime() + 180 * 86_400_000),
      },
    ]);
  });

  test('that was refused is a row too, with the code', async () => {
    await record({ outcome: { kind: 'refused', code: 'not-covered' } });
    expect((await rowsOf(citizen))[0]?.outcome).toEqual({ kind: 'refused', code: 'not-covered' });
  });

  test('happens after its row is written, and is handed the identifier of it', async () => {
    const seen = await house.consent.withAccess(access(), async (accessId) => ({
      accessId,
      listed: (await rowsOf(citizen)).map((row) => row.accessId),
    }));
    expect(seen.listed).toEqual([seen.accessId]);
  });

  test('does not happen when its row cannot be written', async () => {
    let reads = 0;
    await house.breakStorage();
    const reading = house.consent.withAccess(access(), async () => {
      reads += 1;
    });
    expect(await codeOf(reading)).toEqual({ code: 'access-not-recorded' });
    expect(reads).toBe(0);
  });

  test('does not happen when its row would say nothing', async () => {
    let reads = 0;
    const reading = house.consent.withAccess(access({ cause: { purpose: ' ' } }), async () => {
      reads += 1;
    });
    expect(await codeOf(reading)).toMatchObject({ code: 'consent-field-invalid', field: 'cause.purpose' });
    expect(reads).toBe(0);
  });

  test('that fails keeps its row', async () => {
    const reading = house.consent.withAccess(access(), async () => {
      throw new Error('the library is away');
    });
    await expect(reading).rejects.toThrow('the library is away');
    expect(await rowsOf(citizen)).toHaveLength(1);
  });

  test('reported afterwards carries its own instant, but never a later one', async () => {
    const at = new Date(house.clock.now().getTime() - 60_000);
    await record({ at });
    expect((await rowsOf(citizen))[0]?.at).toEqual(at);
    const ahead = new Date(house.clock.now().getTime() + 1);
    expect(await codeOf(record({ at: ahead }))).toMatchObject({ field: 'at' });
  });

  test.each<[what: string, changes: object, field: string]>([
    ['a person without a name', { person: {} }, 'person'],
    ['a person named by something else than an identifier', { person: { accountId: '陈知远' } }, 'person'],
    ['an unknown kind of reader', { reader: { ...access().reader, kind: 'friend' } }, 'reader.kind'],
    ['a reader without a name', { reader: { ...access().reader, name: { zh: '局' } } }, 'reader.name.en'],
    ['no field at all', { what: { fields: [] } }, 'what.fields'],
    ['a value in place of a field name', { what: { fields: ['999999199001010016'] } }, 'what.fields'],
    ['an ID number in the purpose', { cause: { purpose: '核对 999999199001010016' } }, 'cause.purpose'],
    [
      'a mobile number in full-width digits',
      { cause: { purpose: '致电１９９０００００００１' } },
      'cause.purpose',
    ],
    ['a law without an article', { basis: { kind: 'law', law: '条例', article: '' } }, 'basis.article'],
    ['a department that reads as if it were the person', { basis: { kind: 'self' } }, 'basis'],
    ['an unknown channel', { channel: 'gossip' }, 'channel'],
    ['a refusal without a code', { outcome: { kind: 'refused', code: '' } }, 'outcome'],
  ])('of %s is refused by field, and leaves no row', async (_what, changes, field) => {
    expect(await codeOf(record(changes))).toMatchObject({ code: 'consent-field-invalid', field });
    expect(await rowsOf(citizen)).toEqual([]);
  });

  test('by the person keeps no name of the person', async () => {
    const name = { zh: '陈知远', en: 'Chen Zhiyuan' };
    await record({ reader: { kind: 'self', id: 'account-1', name }, basis: { kind: 'self' } });
    const raw = JSON.stringify(await house.records.collection('accessrows').findOne({}));
    expect(raw).toContain('本人');
    expect(raw).not.toMatch(/陈知远|Zhiyuan/);
  });

  test('takes over names only, whatever else is handed in, and puts nobody into its event', async () => {
    const what = { ...access().what, values: { 姓名: '陈知远' } };
    await record({ what, person: { accountId: 'account-1', holderIndex: 'index-1' } });
    const raw = await house.records.collection('accessrows').findOne({});
    expect(JSON.stringify(raw)).not.toContain('陈知远');
    expect(JSON.stringify(raw?.['outbox'])).not.toMatch(/account-1|index-1/);
    expect(raw?.['outbox']).toMatchObject([{ type: 'access.recorded', actor: 'department-1' }]);
    expect(JSON.stringify(await rowsOf(citizen))).not.toContain('index-1');
  });
});

describe('the list', () => {
  test('runs newest first through pages without loss or repetition, instants that tie included', async () => {
    const written: string[] = [];
    for (let i = 0; i < 11; i += 1) {
      if (i % 4 === 0) house.clock.advance(1);
      written.push((await record({ person: i % 2 === 0 ? citizen : { holderIndex: 'index-1' } })).accessId);
    }
    const whole = await everyRow({ ...citizen, holderIndex: 'index-1' }, 100);
    expect([...whole].sort()).toEqual([...written].sort());
    for (const limit of [1, 2, 3, 4])
      expect(await everyRow({ ...citizen, holderIndex: 'index-1' }, limit)).toEqual(whole);
    const newest = new Set(written.slice(8));
    expect(new Set(whole.slice(0, 3))).toEqual(newest);
  });

  test('of a person who registered later shows what came before, and each row once', async () => {
    const before = await record({ person: { holderIndex: 'index-1' } });
    house.clock.advance(1);
    const both = await record({ person: { accountId: 'account-1', holderIndex: 'index-1' } });
    house.clock.advance(1);
    const after = await record();
    const ids = (rows: AccessRow[]) => rows.map(({ accessId }) => accessId);
    expect(ids(await rowsOf({ accountId: 'account-1', holderIndex: 'index-1' }))).toEqual(
      [after, both, before].map(({ accessId }) => accessId),
    );
    expect(ids(await rowsOf(citizen))).toEqual([after.accessId, both.accessId]);
    expect(ids(await rowsOf({ holderIndex: 'index-1' }))).toEqual([both.accessId, before.accessId]);
  });

  test('shows nothing of anyone else', async () => {
    const { accessId } = await record();
    expect(await rowsOf(stranger)).toEqual([]);
    expect(await codeOf(house.consent.findAccess(stranger, accessId))).toEqual({ code: 'access-missing' });
    expect(await codeOf(house.consent.findAccess({}, accessId))).toEqual({ code: 'access-missing' });
    expect(await codeOf(house.consent.listAccesses({}))).toMatchObject({ field: 'person' });
    expect(await house.consent.findAccess(citizen, accessId)).toMatchObject({ accessId });
  });

  test('tells holders without an account apart, though neither has an account', async () => {
    const { accessId } = await record({ person: { holderIndex: 'index-1' } });
    const other = { holderIndex: 'index-9' };
    expect(await codeOf(house.consent.findAccess(other, accessId))).toEqual({ code: 'access-missing' });
    expect(await house.consent.findAccess({ holderIndex: 'index-1' }, accessId)).toMatchObject({ accessId });
  });

  test('narrows to one reader and to a span that excludes its end', async () => {
    const site = { kind: 'site' as const, id: 'site-1', name: { zh: '社会保险', en: 'Social security' } };
    const start = house.clock.now();
    const first = await record();
    house.clock.advance(10);
    const second = await record({ reader: site });
    const to = house.clock.now();
    const ids = async (query: object) =>
      (await house.consent.listAccesses(citizen, query)).rows.map(({ accessId }) => accessId);
    expect(await ids({ readerId: 'site-1' })).toEqual([second.accessId]);
    expect(await ids({ from: start, to })).toEqual([first.accessId]);
    expect(await ids({ from: to })).toEqual([second.accessId]);
  });

  test('refuses a place it did not name', async () => {
    for (const after of ['', 'x', '1.', '{"$gt":""}', 'zz.zz.zz'])
      expect(await codeOf(house.consent.listAccesses(citizen, { after }))).toEqual({
        code: 'consent-page-invalid',
      });
  });

  test('counts by reader over both names of a person, who read last first, by the last name', async () => {
    const renamed = { ...access().reader, name: { zh: '示例市数据局', en: 'Data bureau' } };
    const site = { kind: 'site' as const, id: 'site-1', name: { zh: '社会保险', en: 'Social security' } };
    await record({ reader: site });
    house.clock.advance(1);
    await record({ person: { holderIndex: 'index-1' } });
    await record({ outcome: { kind: 'refused', code: 'expired' } });
    house.clock.advance(1);
    await record({ reader: renamed });
    await record({ person: stranger });
    expect(await house.consent.countAccesses({ ...citizen, holderIndex: 'index-1' })).toEqual([
      { reader: renamed, granted: 2, refused: 1, lastAt: house.clock.now() },
      { reader: site, granted: 1, refused: 0, lastAt: new Date(house.clock.now().getTime() - 2000) },
    ]);
    const { length } = await house.consent.countAccesses(citizen, {
      to: new Date(house.clock.now().getTime() - 1500),
    });
    expect(length).toBe(1);
  });
});

test('rows are kept 180 days at least', () => {
  const deps = { connection: house.records, clock: house.clock, retentionDays: 179 };
  const cipher = { seal: () => Buffer.alloc(0), open: () => '' };
  expect(() => createConsent({ ...deps, cipher })).toThrow(RangeError);
});
