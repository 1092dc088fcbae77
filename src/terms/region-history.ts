import type { CalendarDate } from './calendar-date.ts';
import { parseCalendarDate } from './calendar-date.ts';
import { parseRegionCode, type RegionCode } from './region-code.ts';

/** A region under one code (GB/T 2260) for as long as it had it: a retired code is never given to another region. */
export interface Region {
  code: RegionCode;
  name: string;
  /** The first day of the code; null when it is older than the table. */
  validFrom: CalendarDate | null;
  /** The last day of the code; null while it is in use. */
  validUntil: CalendarDate | null;
  /** Where its territory went when the code was retired. */
  successors: readonly RegionCode[];
}

export type RegionLevel = 'province' | 'prefecture' | 'county';

/** Tells the level a code stands for by its zeros. */
export const levelOfRegion = (code: RegionCode): RegionLevel => {
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'prefecture' : 'county';
};

/** Returns the codes above one, nearest first; a code in between need not be a real unit (4190, 1101). */
export const regionsAbove = (code: RegionCode): RegionCode[] =>
  [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`]
    .filter((above, i, all) => above !== code && all.indexOf(above) === i)
    .map(parseRegionCode);

/** Tells whether a region is another or lies in it. */
export const isWithin = (code: RegionCode, outer: RegionCode): boolean =>
  code === outer || regionsAbove(code).includes(outer);

/** Answers what a code meant on a day, and what it became. */
export interface RegionTable {
  /** Returns the region of a code on a day; null when there was none, or the table does not know it. */
  on(code: RegionCode, day: CalendarDate): Region | null;
  /** Returns the codes in use on a day for what a code stood for; the code itself while it is in use. */
  successors(code: RegionCode, day: CalendarDate): RegionCode[];
}

/** Builds a table; of two rows of one code the later one holds, so that an overlay goes after what it corrects. */
export function createRegionTable(rows: readonly Region[]): RegionTable {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const on = (code: RegionCode, day: CalendarDate): Region | null => {
    const row = byCode.get(code);
    const isInUse =
      row !== undefined &&
      (row.validFrom === null || row.validFrom <= day) &&
      (row.validUntil === null || day <= row.validUntil);
    return isInUse ? row : null;
  };
  const successors = (code: RegionCode, day: CalendarDate): RegionCode[] => {
    // A set is walked in order and takes what is added on the way; a loop in the data ends of itself.
    const met = new Set([code]);
    for (const each of met)
      if (on(each, day) === null) for (const next of byCode.get(each)?.successors ?? []) met.add(next);
    return [...met].filter((each) => on(each, day) !== null);
  };
  return { on, successors };
}

const inUse = (code: string, name: string): Region => ({
  code: parseRegionCode(code),
  name,
  validFrom: null,
  validUntil: null,
  successors: [],
});

const retired = (code: string, name: string, validUntil: string, ...successors: string[]): Region => ({
  ...inUse(code, name),
  validUntil: parseCalendarDate(validUntil),
  successors: successors.map(parseRegionCode),
});

/** The 34 units of the first level. */
const provinces =
  `110000 北京市 120000 天津市 130000 河北省 140000 山西省 150000 内蒙古自治区 210000 辽宁省 220000 吉林省
230000 黑龙江省 310000 上海市 320000 江苏省 330000 浙江省 340000 安徽省 350000 福建省 360000 江西省 370000 山东省
410000 河南省 420000 湖北省 430000 湖南省 440000 广东省 450000 广西壮族自治区 460000 海南省 500000 重庆市 510000 四川省
520000 贵州省 530000 云南省 540000 西藏自治区 610000 陕西省 620000 甘肃省 630000 青海省 640000 宁夏回族自治区
650000 新疆维吾尔自治区 710000 台湾省 810000 香港特别行政区 820000 澳门特别行政区`.matchAll(/(\d{6}) (\S+)/g);

/**
 * What is checked in by hand: the first level, and an overlay of units that a table of the present day gets wrong or
 * leaves out. The two districts of Beijing were dissolved by 国函〔2010〕55号 of 28 June 2010; the day stands for the end
 * of their codes, whose own announcement was not read. A full table of prefectures and counties is to be generated.
 */
export const knownRegions: readonly Region[] = [
  ...[...provinces].map(([, code = '', name = '']) => inUse(code, name)),
  inUse('110101', '东城区'),
  inUse('110102', '西城区'),
  retired('110103', '崇文区', '2010-06-28', '110101'),
  retired('110104', '宣武区', '2010-06-28', '110102'),
  inUse('419001', '济源市'),
  inUse('441900', '东莞市'),
];
