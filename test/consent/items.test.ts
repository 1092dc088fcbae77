import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ConsentHouse, codeOf, itemDraft, licenceType, openConsentHouse } from './house.ts';

let house: ConsentHouse;
beforeEach(async () => {
  house = await openConsentHouse();
});
afterEach(() => house.close());

const save = (changes: object = {}, expectedVersion: number | null = null) =>
  house.consent.saveServiceItem({ item: itemDraft(changes), expectedVersion, actor: 'officer-1' });

describe('a service item', () => {
  test('is found as it was saved, with its version', async () => {
    expect(await save()).toEqual({ version: 1 });
    expect(await house.consent.findServiceItem('999999-SL-0001')).toEqual({
      ...itemDraft(),
      minimumAssurance: 1,
      version: 1,
    });
    expect(await house.consent.findServiceItem('999999-SL-0002')).toBeNull();
  });

  test('by law says which law, and never that it is consent', async () => {
    const basis = { kind: 'law', law: '示例登记条例', article: '第十条' };
    await save({ basis });
    expect((await house.consent.findServiceItem('999999-SL-0001'))?.basis).toEqual(basis);
    expect(await codeOf(save({ basis: { kind: 'law', law: '示例登记条例' } }, 1))).toMatchObject({
      field: 'basis.article',
    });
  });

  test('is changed only on the version that was read, by one of many at once', async () => {
    await save();
    expect(await codeOf(save())).toEqual({ code: 'service-item-changed' });
    const outcomes = await Promise.all(
      [60, 61, 62].map((seconds) => codeOf(save({ longestUseSeconds: seconds }, 1))),
    );
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
    expect(outcomes).toContainEqual({ code: 'service-item-changed' });
    expect(await house.consent.findServiceItem('999999-SL-0001')).toMatchObject({ version: 2 });
    const raw = await house.records.collection('serviceitems').findOne({});
    expect(raw?.['outbox']).toMatchObject([{ detail: { version: 1 } }, { detail: { version: 2 } }]);
  });

  test.each<[what: string, changes: object, refusal: object]>([
    ['no need', { needs: [] }, { field: 'needs' }],
    ['a type twice', { needs: [itemDraft().needs[0], itemDraft().needs[0]] }, { field: 'needs' }],
    ['a code with a dot', { code: 'a.b' }, { field: 'itemCode' }],
    ['no time', { longestUseSeconds: 0 }, { field: 'longestUseSeconds' }],
    ['a fifth level of assurance', { minimumAssurance: 5 }, { field: 'minimumAssurance' }],
    [
      'an unknown level',
      { needs: [{ ...itemDraft().needs[0], minimumTrust: 'E' }] },
      { code: 'trust-level-unknown' },
    ],
    [
      'a bad type',
      { needs: [{ ...itemDraft().needs[0], typeCode: '1' }] },
      { code: 'certificate-type-code-invalid' },
    ],
  ])('of %s is refused', async (_what, changes, refusal) => {
    expect(await codeOf(save(changes))).toMatchObject(refusal);
    expect((await house.consent.listServiceItems()).rows).toEqual([]);
  });

  test('is listed by code in pages, of one department or only those in use', async () => {
    for (const code of ['c', 'a', 'b']) await save({ code, enabled: code !== 'a' });
    const codes = async (query: object) => {
      const { rows, next } = await house.consent.listServiceItems(query);
      return { codes: rows.map(({ code }) => code), next };
    };
    expect(await codes({ limit: 2 })).toEqual({ codes: ['a', 'b'], next: 'b' });
    expect(await codes({ limit: 2, after: 'b' })).toEqual({ codes: ['c'], next: null });
    expect(await codes({ onlyEnabled: true })).toEqual({ codes: ['b', 'c'], next: null });
    expect(await codes({ departmentCode: licenceType.slice(0, 18) })).toMatchObject({
      codes: ['a', 'b', 'c'],
    });
    expect(await codes({ departmentCode: '11999999000000027H' })).toMatchObject({ codes: [] });
  });
});
