import { parse } from 'csv-parse/sync';
import { AppError } from '../base/error.ts';
import { networkRange } from '../base/network.ts';
import type { Place, Position } from './place.ts';
import { parseRegionCode } from './region-code.ts';

/** A table that cannot be taken: the message names the line, and what is wrong there. */
export class NetworkPlacesError extends Error {
  override readonly name = 'NetworkPlacesError';
  constructor(line: number, fault: string, cause?: unknown) {
    super(`line ${line}: ${fault}`, { cause });
  }
}

const columns = ['network', 'region', 'zh', 'en', 'latitude', 'longitude'];
const longestName = 60;

interface Row {
  cells: string[];
  line: number;
}

/** A network of the table, from its first address to its last. */
export interface LocatedNetwork {
  first: bigint;
  last: bigint;
  place: Place;
  line: number;
}

/**
 * Reads a table, CSV under a header (lines that begin with # are no part of it), as its networks by their first address,
 * the wider before those within it. Throws NetworkPlacesError.
 */
export function readNetworks(text: string): LocatedNetwork[] {
  const [header, ...rows] = readRows(text);
  if (header?.cells.join() !== columns.join())
    throw new NetworkPlacesError(header?.line ?? 1, `the header must be ${columns.join()}`);
  const placeOf = placeReader();
  const networks = rows.map(
    (row): LocatedNetwork => ({ ...rangeOf(row), place: placeOf(row), line: row.line }),
  );
  networks.sort((a, b) => compare(a.first, b.first) || compare(b.last, a.last));
  networks.forEach(({ first, last, line }, i) => {
    const before = networks[i - 1];
    if (before?.first === first && before.last === last)
      throw new NetworkPlacesError(line, `line ${before.line} has the same network`);
  });
  return networks;
}

const readRows = (text: string): Row[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((record, i) => ({ record, line: i + 1 }))
    .filter(({ record }) => record.trim() !== '' && !record.startsWith('#'))
    .map(({ record, line }) => ({ cells: cellsOf(record, line).map((cell) => cell.trim()), line }));

/** Splits a record; the parser is for quotes only, since a table may have hundreds of thousands of them. */
const cellsOf = (record: string, line: number): string[] => {
  if (!record.includes('"')) return record.split(',');
  try {
    const [cells = []] = parse(record, { relax_column_count: true }) as string[][];
    return cells;
  } catch (cause) {
    throw new NetworkPlacesError(line, 'the quotes do not match', cause);
  }
};

const rangeOf = ({ cells, line }: Row): { first: bigint; last: bigint } => {
  if (cells.length !== columns.length)
    throw new NetworkPlacesError(line, `there must be ${columns.length} columns`);
  const range = networkRange(cells[0] ?? '');
  if (range === null) throw new NetworkPlacesError(line, 'the network must be like 192.0.2.0/24');
  return range;
};

/** Reads places; the same words are the same place, so that a large table has few. */
const placeReader = (): ((row: Row) => Place) => {
  const known = new Map<string, Place>();
  return ({ cells, line }) => {
    const [, region = '', zh = '', en = '', latitude = '', longitude = ''] = cells;
    const key = cells.slice(1).join('\n');
    const place = known.get(key) ?? {
      region: region === '' ? null : regionOf(region, line),
      zh: nameIn(zh, line),
      en: nameIn(en, line),
      position: positionOf(latitude, longitude, line),
    };
    known.set(key, place);
    return place;
  };
};

const regionOf = (text: string, line: number): Place['region'] => {
  try {
    return parseRegionCode(text);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new NetworkPlacesError(line, 'the region must be a code of GB/T 2260, or empty', cause);
  }
};

const nameIn = (text: string, line: number): string => {
  if (/^[^\p{C}]+$/u.test(text) && text.length <= longestName) return text;
  throw new NetworkPlacesError(line, `zh and en must be names of 1 to ${longestName} characters`);
};

const positionOf = (latitude: string, longitude: string, line: number): Position | null => {
  if (latitude === '' && longitude === '') return null;
  const isDegrees = [latitude, longitude].every((text) => /^-?\d{1,3}(\.\d+)?$/.test(text));
  const position = { latitude: Number(latitude), longitude: Number(longitude) };
  if (isDegrees && Math.abs(position.latitude) <= 90 && Math.abs(position.longitude) <= 180) return position;
  throw new NetworkPlacesError(line, 'latitude and longitude must be degrees, or both empty');
};

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
