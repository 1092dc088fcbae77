import { describe, expect, test } from '@jest/globals';
import { parseCalendarDate } from '../../src/terms/calendar-date.ts';
import { parseRegionCode } from '../../src/terms/region-code.ts';
import {
  createRegionTable,
  isWithin,
  knownRegions,
  levelOfRegion,
  type Region,
  regionsAbove,
} from '../../src/terms/region-history.ts';

const code = parseRegionCode;
const day = parseCalendarDate;
const region = (text: string, until: string | null, ...successors: string[]): Region => ({
  code: code(text),
  name: text,
  validFrom: null,
  validUntil: until === null ? null : day(until),
  successors: successors.map(code),
});

describe('the regions checked in', () => {
  const table = createRegionTable(knownRegions);

  test('have the 34 units of the first level, each once', () => {
    const provinces = knownRegions.filter((each) => levelOfRegion(each.code) === 'province');
    expect(new Set(provinces.map((each) => each.code)).size).toBe(34);
    expect(provinces).toHaveLength(34);
    expect(table.on(code('650000'), day('2026-11-24'))?.name).toBe('新疆维吾尔自治区');
  });

  test('know a dissolved district until its day and its successor after it', () => {
    const chongwen = code('110103');
    expect(table.on(chongwen, day('2010-06-28'))?.name).toBe('崇文区');
    expect(table.on(chongwen, day('2010-06-29'))).toBeNull();
    expect(table.successors(chongwen, day('2010-06-28'))).toEqual(['110103']);
    expect(table.successors(chongwen, day('2026-11-24'))).toEqual(['110101']);
  });

  test('do not know the region that stands for no place', () => {
    expect(table.on(code('990000'), day('2026-11-24'))).toBeNull();
    expect(table.successors(code('990000'), day('2026-11-24'))).toEqual([]);
  });
});

describe('a table of regions', () => {
  test('follows a chain of changes, through a split, to what is in use', () => {
    const table = createRegionTable([
      region('990001', '2000-12-31', '990002'),
      region('990002', '2010-12-31', '990003', '990004'),
      region('990003', null),
      region('990004', null),
    ]);
    expect(table.successors(code('990001'), day('2005-01-01'))).toEqual(['990002']);
    expect(table.successors(code('990001'), day('2020-01-01'))).toEqual(['990003', '990004']);
  });

  test('comes to an end where the data go in a circle', () => {
    const table = createRegionTable([
      region('990001', '2000-12-31', '990002'),
      region('990002', '2000-12-31', '990001'),
    ]);
    expect(table.successors(code('990001'), day('2020-01-01'))).toEqual([]);
  });

  test('lets a later row correct an earlier one, and a code begin', () => {
    const begun = { ...region('990001', null), validFrom: day('2024-01-01') };
    const table = createRegionTable([region('990001', null), begun]);
    expect(table.on(code('990001'), day('2023-12-31'))).toBeNull();
    expect(table.on(code('990001'), day('2024-01-01'))).toEqual(begun);
  });
});

describe('a region code', () => {
  test.each([
    ['330000', 'province', []],
    ['330100', 'prefecture', ['330000']],
    ['110101', 'county', ['110100', '110000']],
    ['419001', 'county', ['419000', '410000']],
  ])('%s is of a %s below %j', (text, level, above) => {
    expect(levelOfRegion(code(text))).toBe(level);
    expect(regionsAbove(code(text))).toEqual(above);
  });

  test('lies within itself and those above it, and nowhere else', () => {
    const county = code('330106');
    expect(
      ['330106', '330100', '330000', '330200', '320000', '330105'].map((o) => isWithin(county, code(o))),
    ).toEqual([true, true, true, false, false, false]);
  });
});
