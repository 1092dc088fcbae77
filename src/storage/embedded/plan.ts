import { type Doc, isOperators, isScalar } from './bson.ts';
import type { Index } from './catalog.ts';
import { afterAll, encodeKey } from './keys.ts';
import type { Sort } from './query.ts';

/** Keys from `from` (within) to `to` (not within); without `to`, that one key. */
export interface KeyRange {
  from: Buffer;
  to?: Buffer;
}

/** How to find documents: a superset of those wanted, each of which is still tested. */
export interface Plan {
  /** Null: the whole collection; 'id': the key of the collection itself. */
  index: Index | 'id' | null;
  /** None: the whole index. */
  ranges: KeyRange[];
  /** Whether rows come in the order asked for. */
  sorted: boolean;
  descending: boolean;
}

type Range = Partial<Record<'$gt' | '$gte' | '$lt' | '$lte', unknown>>;

interface Conditions {
  equal: Map<string, unknown[]>;
  range: Map<string, Range>;
}

interface Candidate {
  index: Index | 'id';
  fields: string[];
  multikey: boolean;
  /** How many leading fields are bound to values. */
  bound: number;
  range: Range | null;
  sorted: boolean;
  score: number;
}

const comparisons = ['$gt', '$gte', '$lt', '$lte'] as const;
const mostValues = 500;
const mostRanges = 900;

/** Chooses the index that narrows a query most, and by it the keys to look at. */
export function planQuery(filter: Doc, sort: Sort, indexes: Index[]): Plan {
  const conditions = readConditions(filter);
  const candidates = [
    candidate('id', ['_id'], conditions, sort),
    ...indexes
      .filter((index) => holdsAllMatches(index, conditions))
      .map((index) => candidate(index, index.fields, conditions, sort)),
  ];
  const [best] = candidates.filter(({ score }) => score > 0).sort((one, other) => other.score - one.score);
  const prefixes = best && prefixesOf(best, conditions);
  if (!best || !prefixes) return { index: null, ranges: [], sorted: sort.length === 0, descending: false };
  const ranges = best.bound === 0 && !best.range ? [] : prefixes.map((prefix) => keyRange(prefix, best));
  return {
    index: best.index,
    ranges,
    sorted: sort.length === 0 || (best.sorted && ranges.length <= 1),
    descending: best.sorted && sort[0]?.[1] === -1,
  };
}

const readConditions = (filter: Doc): Conditions => {
  const conditions: Conditions = { equal: new Map(), range: new Map() };
  collect(filter, conditions);
  return conditions;
};

const collect = (filter: Doc, conditions: Conditions): void => {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and') for (const part of condition as Doc[]) collect(part, conditions);
    if (path.startsWith('$')) continue;
    const values = equalValues(condition);
    if (values && !conditions.equal.has(path)) conditions.equal.set(path, values);
    if (!isOperators(condition)) continue;
    for (const operator of comparisons) {
      const limit = condition[operator];
      if (limit === undefined || limit === null || !isScalar(limit)) continue;
      conditions.range.set(path, { ...conditions.range.get(path), [operator]: limit });
    }
  }
};

const equalValues = (condition: unknown): unknown[] | null => {
  if (isScalar(condition)) return [condition];
  if (!isOperators(condition)) return null;
  if ('$eq' in condition) return isScalar(condition.$eq) ? [condition.$eq] : null;
  const { $in } = condition;
  if (!Array.isArray($in) || $in.length === 0 || $in.length > mostValues) return null;
  return $in.every(isScalar) ? $in : null;
};

/** A sparse or partial index may leave out documents that a query wants; then it cannot answer it. */
const holdsAllMatches = (index: Index, { equal, range }: Conditions): boolean => {
  const present = (path: string) => equal.get(path)?.every((value) => value !== null) ?? range.has(path);
  if (index.sparse && !index.fields.some(present)) return false;
  return Object.entries(index.partialFilterExpression ?? {}).every(([path, condition]) => {
    if (isOperators(condition))
      return Object.keys(condition).length === 1 && condition.$exists === true && present(path);
    const values = equal.get(path);
    const [value] = values ?? [];
    return isScalar(condition) && values?.length === 1 && encodeKey(value).equals(encodeKey(condition));
  });
};

const candidate = (
  index: Index | 'id',
  fields: string[],
  { equal, range }: Conditions,
  sort: Sort,
): Candidate => {
  const unique = index === 'id' || index.unique;
  const multikey = index !== 'id' && index.multikey;
  const firstFree = fields.findIndex((field) => !equal.has(field));
  const bound = firstFree === -1 ? fields.length : firstFree;
  const next = fields[bound];
  const nextRange = (next !== undefined && range.get(next)) || null;
  const single = fields.slice(0, bound).every((field) => equal.get(field)?.length === 1);
  const rest = fields.slice(bound);
  const sorted =
    sort.length > 0 &&
    !multikey &&
    single &&
    sort.every(([path, direction], at) => path === rest[at] && direction === sort[0]?.[1]);
  const whole = index === 'id' || (!index.sparse && !index.covers);
  const exact = bound === fields.length && unique && single ? 1000 : 0;
  const narrowing = exact + bound * 10 + (nextRange ? 5 : 0);
  const score = narrowing === 0 ? (sorted && whole ? 3 : 0) : narrowing + (sorted ? 3 : 0);
  return { index, fields, multikey, bound, range: nextRange, sorted, score };
};

/** All leading keys; null when the values multiply to more than it is worth looking up one by one. */
const prefixesOf = ({ fields, bound }: Candidate, { equal }: Conditions): Buffer[] | null => {
  const values = fields.slice(0, bound).map((field) => equal.get(field) ?? []);
  if (values.reduce((product, { length }) => product * length, 1) > mostRanges) return null;
  return values.reduce<Buffer[]>(
    (prefixes, ofField) =>
      prefixes.flatMap((prefix) => ofField.map((value) => Buffer.concat([prefix, encodeKey(value)]))),
    [Buffer.alloc(0)],
  );
};

const keyRange = (prefix: Buffer, { fields, bound, range, multikey }: Candidate): KeyRange => {
  if (!range) {
    if (bound === fields.length) return { from: prefix };
    return { from: prefix, to: Buffer.concat([prefix, afterAll]) };
  }
  const lower = range.$gte ?? range.$gt;
  const upper = range.$lte ?? range.$lt;
  const type = encodeKey(lower ?? upper).subarray(0, 1);
  const nextType = Buffer.from([type.readUInt8(0) + 1]);
  // One element of an array may pass the lower limit and another the upper one, so only one limit can narrow.
  const useUpper = upper !== undefined && !(multikey && lower !== undefined);
  return {
    from: Buffer.concat([prefix, lower === undefined ? type : encodeKey(lower)]),
    to: Buffer.concat([prefix, useUpper ? Buffer.concat([encodeKey(upper), afterAll]) : nextType]),
  };
};
