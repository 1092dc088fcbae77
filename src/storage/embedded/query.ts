import { ProcessingMode, Query } from 'mingo';
import { type Doc, isOperators, plain } from './bson.ts';
import { unsupported } from './errors.ts';

/** Documents are ours alone by the time mingo sees them; and no filter may carry a script. */
export const queryOptions = { processingMode: ProcessingMode.CLONE_OFF, scriptEnabled: false };

/** What a read is asked for, of the options of the standard driver. */
export interface ReadOptions {
  sort?: unknown;
  skip?: number;
  limit?: number;
  projection?: unknown;
}

export type Sort = [path: string, direction: 1 | -1][];

const refusedOperators: Record<string, string> = {
  $where: 'use query operators',
  $text: 'keep words to search for in an indexed field',
  $near: 'filter by coordinates with $gte and $lte',
  $nearSphere: 'filter by coordinates with $gte and $lte',
  $geoWithin: 'filter by coordinates with $gte and $lte',
  $geoIntersects: 'filter by coordinates with $gte and $lte',
};

/** Copies a filter to plain values and refuses what would be answered wrongly. */
export function readFilter(given: unknown): Doc {
  const filter = plain((given ?? {}) as Doc);
  refuseOperators(filter);
  return filter;
}

const refuseOperators = (value: unknown): void => {
  if (Array.isArray(value)) for (const element of value) refuseOperators(element);
  else if (isOperators(value) || (typeof value === 'object' && value !== null))
    for (const [key, inner] of Object.entries(value)) {
      const instead = refusedOperators[key];
      if (instead) throw unsupported(`the query operator ${key}`, instead);
      refuseOperators(inner);
    }
};

/** Whether every document passes. */
export const isEmpty = (filter: Doc): boolean => Object.keys(filter).length === 0;

/** Compiles a filter. */
export function tester(filter: Doc): (doc: Doc) => boolean {
  if (isEmpty(filter)) return () => true;
  const { _id: id } = filter;
  // The commonest question of all is worth more than a compiled query.
  if (typeof id === 'string' && Object.keys(filter).length === 1) return (doc) => doc._id === id;
  const query = new Query(filter, queryOptions);
  return (doc) => query.test(doc);
}

/** Reads a sort as mongoose hands it down: a map or an object of 1 and -1. */
export function readSort(given: unknown): Sort {
  if (given === undefined || given === null) return [];
  const entries = given instanceof Map ? [...given] : Object.entries(given as Doc);
  return entries.map(([path, direction]) => {
    if (direction !== 1 && direction !== -1)
      throw unsupported('a sort other than 1 and -1', 'sort by a field of the document');
    return [String(path), direction];
  });
}

/** Leaves of a document what the projection asks for. */
export function project(doc: Doc, projection: unknown): Doc {
  const wanted = plain((projection ?? {}) as Doc);
  if (isEmpty(wanted)) return doc;
  return new Query({}, queryOptions).find<Doc>([doc], wanted).all()[0] ?? {};
}

const refusedOptions: Record<string, string> = {
  session: 'write one document at a time with compare-and-swap',
  collation: 'store the text in the form you compare by',
  let: 'put the values into the filter',
};

/** Refuses options that change the meaning of a call; hints of speed are let pass. */
export function checkOptions(options: Doc | undefined): void {
  for (const [name, instead] of Object.entries(refusedOptions))
    if (options?.[name]) throw unsupported(`the option "${name}"`, instead);
}
