import { type Doc, isDocument } from './bson.ts';

/** Stands for an array without elements, which is neither missing nor null. */
export const emptyArray = Symbol('empty array');

export interface PathValues {
  /** At least one; `undefined` where the path leads nowhere. */
  values: unknown[];
  /** Whether an array was met, so that one document has several keys. */
  crossedArray: boolean;
}

/** Finds the values at a dotted path as MongoDB does: arrays fan out, at the end of the path and on the way. */
export function pathValues(doc: Doc, path: string): PathValues {
  const parts = path.split('.');
  const found: PathValues = { values: [], crossedArray: false };
  walk(doc, parts, 0, found);
  if (found.values.length === 0) found.values.push(undefined);
  return found;
}

const walk = (value: unknown, parts: string[], at: number, found: PathValues): void => {
  const part = parts[at];
  if (part === undefined) end(value, found);
  else if (Array.isArray(value)) fanOut(value, part, parts, at, found);
  else if (isDocument(value))
    walk(Object.hasOwn(value, part) ? value[part] : undefined, parts, at + 1, found);
  else found.values.push(undefined);
};

const fanOut = (array: unknown[], part: string, parts: string[], at: number, found: PathValues): void => {
  found.crossedArray = true;
  if (/^\d+$/.test(part)) walk(array[Number(part)], parts, at + 1, found);
  else for (const element of array) if (isDocument(element)) walk(element, parts, at, found);
};

const end = (value: unknown, found: PathValues): void => {
  if (!Array.isArray(value)) {
    found.values.push(value);
    return;
  }
  found.crossedArray = true;
  if (value.length === 0) found.values.push(emptyArray);
  else found.values.push(...value);
};
