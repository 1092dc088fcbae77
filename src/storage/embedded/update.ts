import { Aggregator } from 'mingo';
import { update as applyModifier, type Modifier } from 'mingo/updater';
import {
  type Doc,
  decodeDocument,
  encodeDocument,
  isDocument,
  isOperators,
  newObjectId,
  plain,
} from './bson.ts';
import { serverError, unsupported } from './errors.ts';
import { queryOptions, readFilter } from './query.ts';

export type Modification = { kind: 'operators' | 'replacement'; given: unknown; arrayFilters?: unknown };

const modes = { cloneMode: 'none' as const, queryOptions };

/** Makes the document that an update leaves of one that the filter has found. */
export function updated(doc: Doc, modification: Modification, filter: unknown): Doc {
  const { kind, given } = modification;
  if (kind === 'replacement') return { _id: doc._id, ...withoutOperators(plain(given as Doc)) };
  if (Array.isArray(given))
    return new Aggregator(plain(given) as Doc[], queryOptions).run<Doc>([doc])[0] ?? doc;
  const { $setOnInsert: _, ...operators } = readOperators(given);
  return applied(doc, operators, modification, readFilter(filter));
}

/** Makes the document that an upsert inserts: what the filter says of it, then the update. */
export function upserted(modification: Modification, filter: unknown): Doc {
  const seed: Doc = {};
  sow(readFilter(filter), seed);
  const made = insertedFrom(seed, modification);
  return made._id === undefined ? { ...made, _id: newObjectId() } : made;
}

const insertedFrom = (seed: Doc, modification: Modification): Doc => {
  const { kind, given } = modification;
  if (kind === 'replacement') {
    const id = seed._id === undefined ? {} : { _id: seed._id };
    return { ...id, ...withoutOperators(plain(given as Doc)) };
  }
  if (Array.isArray(given)) return updated(seed, modification, {});
  const { $setOnInsert, ...operators } = readOperators(given);
  const $set = {
    ...((operators.$set as Doc | undefined) ?? {}),
    ...(($setOnInsert as Doc | undefined) ?? {}),
  };
  return applied(seed, Object.keys($set).length > 0 ? { ...operators, $set } : operators, modification, {});
};

const applied = (doc: Doc, operators: Doc, { arrayFilters }: Modification, filter: Doc): Doc => {
  const copy = decodeDocument(encodeDocument(doc));
  const { id, rest } = withoutId(operators);
  const filters = plain((arrayFilters ?? []) as Doc[]);
  if (Object.keys(rest).length > 0) applyModifier(copy, rest as Modifier<Doc>, filters, filter, modes);
  return id === undefined ? copy : { ...copy, _id: id };
};

/** Takes `_id` out of a `$set`: to set it to what it is already is allowed, but not by mingo; the writer compares. */
const withoutId = (operators: Doc): { id: unknown; rest: Doc } => {
  if (!isDocument(operators.$set) || !('_id' in operators.$set)) return { id: undefined, rest: operators };
  const { $set: _, ...rest } = operators;
  const { _id: id, ...fields } = operators.$set;
  return { id, rest: Object.keys(fields).length > 0 ? { ...rest, $set: fields } : rest };
};

/** Reads the operators of an update, without those that have nothing to do. */
const readOperators = (given: unknown): Doc =>
  Object.fromEntries(
    Object.entries(plain(given as Doc)).filter(([, fields]) => Object.keys(fields as Doc).length > 0),
  );

/** Refuses an update that could not be carried out on any document, before one is looked for. */
export function checkModification({ kind, given }: Modification): void {
  if (kind === 'replacement' || Array.isArray(given)) return;
  const operators = given as Doc;
  if (!Object.keys(operators).every((name) => name.startsWith('$')))
    throw serverError(
      9,
      'An update must be made of operators such as $set; use replaceOne to replace a document.',
    );
  if ('$currentDate' in operators) throw unsupported('$currentDate', '$set an instant of the clock');
  refuseConflicts(operators);
}

/** Two operators on one path, or on a path and a part of it, have no order between them. */
const refuseConflicts = (operators: Doc): void => {
  // Ends each path with a dot, so that a path sorts right before its parts.
  const paths = Object.values(operators)
    .flatMap((fields) => Object.keys((fields ?? {}) as Doc).map((path) => `${path}.`))
    .sort();
  for (const [at, path] of paths.entries())
    if (paths[at + 1]?.startsWith(path))
      throw serverError(40, `Updating the path '${paths[at + 1]}' would create a conflict at '${path}'`);
};

const withoutOperators = (doc: Doc): Doc => {
  if (isOperators(doc)) throw serverError(52, 'A replacement is a document without update operators.');
  return doc;
};

/** Takes over what the filter says a document equals. */
const sow = (filter: Doc, seed: Doc): void => {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and') for (const part of condition as Doc[]) sow(part, seed);
    if (path.startsWith('$') || condition instanceof RegExp) continue;
    if (!isOperators(condition)) put(seed, path, condition);
    else if ('$eq' in condition) put(seed, path, condition.$eq);
  }
};

const put = (doc: Doc, path: string, value: unknown): void => {
  const parts = path.split('.');
  const last = parts.pop() ?? path;
  let at = doc;
  for (const part of parts) {
    const inner = at[part];
    const next: Doc = isDocument(inner) ? inner : {};
    at[part] = next;
    at = next;
  }
  at[last] = value;
};
