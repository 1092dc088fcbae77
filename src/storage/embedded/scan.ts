import { type Doc, decodeDocument } from './bson.ts';
import { encodeKey } from './keys.ts';
import { pathValues } from './paths.ts';
import { type KeyRange, type Plan, planQuery } from './plan.ts';
import { isEmpty, type ReadOptions, readFilter, readSort, type Sort, tester } from './query.ts';
import type { Found, Table } from './table.ts';

interface Row {
  r: number;
  d: Uint8Array;
}

interface Statement {
  sql: string;
  values: Buffer[];
}

/** Finds documents, all at once: no statement stays open when it returns. */
export function scan(table: Table, given: unknown, options: ReadOptions = {}): Found[] {
  const filter = readFilter(given);
  const sort = readSort(options.sort);
  const plan = planQuery(filter, sort, table.indexes);
  const { sql, values } = statementOf(table.name, plan, 'r, d');
  const skip = options.skip ?? 0;
  const most = options.limit ? skip + Math.abs(options.limit) : Number.POSITIVE_INFINITY;
  const matches = tester(filter);
  const found: Found[] = [];
  table.file.each<Row>(sql, values, ({ r, d }) => {
    const doc = decodeDocument(d);
    if (matches(doc)) found.push({ row: r, doc, bytes: d });
    return !plan.sorted || found.length < most;
  });
  if (!plan.sorted) order(found, sort);
  return found.slice(skip, most);
}

/** Finds the first document; null when there is none. */
export const first = (table: Table, filter: unknown, options: ReadOptions = {}): Found | null =>
  scan(table, filter, { ...options, limit: 1 })[0] ?? null;

/**
 * Finds documents one by one. A reader that pauses must not hold a statement open, which would hold up the log of the
 * file: rows are chosen now and read when asked for, as they are then.
 */
export function* stream(table: Table, given: unknown, options: ReadOptions = {}): Generator<Doc> {
  const filter = readFilter(given);
  const sort = readSort(options.sort);
  const plan = planQuery(filter, sort, table.indexes);
  if (!plan.sorted || options.skip || options.limit) {
    for (const { doc } of scan(table, filter, options)) yield doc;
    return;
  }
  const { sql, values } = statementOf(table.name, plan, 'r');
  const matches = tester(filter);
  for (const { r } of table.file.all<Row>(sql, values)) {
    const row = table.file.get<Row>(`SELECT d FROM ${table.name} WHERE r = ?`, r);
    const doc = row && decodeDocument(row.d);
    if (doc && matches(doc)) yield doc;
  }
}

/** Counts documents; all of them without reading one. */
export function count(table: Table, given: unknown, options: ReadOptions = {}): number {
  if (!isEmpty(readFilter(given)) || options.limit || options.skip) return scan(table, given, options).length;
  table.catalog.ensure(table.collection);
  return table.file.get<{ n: number }>(`SELECT count(*) AS n FROM ${table.name}`)?.n ?? 0;
}

const statementOf = (table: string, plan: Plan, columns: 'r' | 'r, d'): Statement => {
  const direction = plan.descending ? 'DESC' : 'ASC';
  const { ranges, index } = plan;
  const values = ranges.flatMap(({ from, to }) => (to ? [from, to] : [from]));
  if (index === null) return { sql: `SELECT ${columns} FROM ${table} ORDER BY r`, values };
  if (index === 'id')
    return { sql: `SELECT ${columns} FROM ${table} WHERE ${within(ranges)} ORDER BY k ${direction}`, values };
  // A document with several keys, or in several ranges, must come once.
  if (index.multikey || ranges.length > 1) {
    const rows = `SELECT r FROM ${index.table} WHERE ${within(ranges)}`;
    return { sql: `SELECT ${columns} FROM ${table} WHERE r IN (${rows}) ORDER BY r`, values };
  }
  if (columns === 'r')
    return { sql: `SELECT r FROM ${index.table} WHERE ${within(ranges)} ORDER BY k ${direction}`, values };
  const sql = `SELECT c.r, c.d FROM ${index.table} CROSS JOIN ${table} AS c USING (r)
    WHERE ${within(ranges, `${index.table}.k`)} ORDER BY ${index.table}.k ${direction}`;
  return { sql, values };
};

const within = (ranges: KeyRange[], k = 'k'): string =>
  ranges.map(({ to }) => (to ? `(${k} >= ? AND ${k} < ?)` : `${k} = ?`)).join(' OR ') || '1';

/** Sorts in memory, in the order of the keys: of an array the least element counts, or the greatest when descending. */
const order = (found: Found[], sort: Sort): void => {
  const keys = new Map(found.map((one) => [one, sort.map(([path, way]) => sortKey(one.doc, path, way))]));
  found.sort((one, other) => {
    for (const [at, [, direction]] of sort.entries()) {
      const mine = keys.get(one)?.[at];
      const theirs = keys.get(other)?.[at];
      const compared = mine && theirs ? Buffer.compare(mine, theirs) : 0;
      if (compared !== 0) return compared * direction;
    }
    return 0;
  });
};

const sortKey = (doc: Doc, path: string, direction: 1 | -1): Buffer | undefined => {
  const keys = pathValues(doc, path).values.map(encodeKey).sort(Buffer.compare);
  return direction === 1 ? keys[0] : keys.at(-1);
};
