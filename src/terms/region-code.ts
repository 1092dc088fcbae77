import { AppError } from '../base/error.ts';

declare const brand: unique symbol;
/** A region code (行政区划代码), GB/T 2260: six digits. */
export type RegionCode = string & { readonly [brand]: 'RegionCode' };

/** The 34 province-level prefixes of GB/T 2260. */
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(
    ' ',
  ),
);

/** 99 stands for no place: synthetic people and regions of tests and the demo carry it. */
const syntheticPrefix = '99';

/** Tells whether two digits name a province, or the synthetic one. */
export const isProvincePrefix = (prefix: string): boolean =>
  provinces.has(prefix) || prefix === syntheticPrefix;

/** Reads a region code by shape and province; whether the region exists is a table's matter. Throws region-code-invalid. */
export function parseRegionCode(text: string): RegionCode {
  const code = text.normalize('NFKC').trim();
  if (!/^\d{6}$/.test(code) || !isProvincePrefix(code.slice(0, 2))) throw new AppError('region-code-invalid');
  return code as RegionCode;
}

/** Takes the digits that the codes of a region's own territory begin with: what is left without the zeros of its lower levels. */
export const regionPrefixOf = (region: RegionCode): string => region.replace(/(?:00){1,2}$/, '');

/** Tells whether an area is a region or lies within it. */
export const isWithinRegion = (region: RegionCode, area: RegionCode): boolean =>
  area.startsWith(regionPrefixOf(region));
