import { type Doc, decodeDocument, encodeDocument, newObjectId } from './bson.ts';
import { bulkError, isDuplicateKey, serverError } from './errors.ts';
import { encodeKey } from './keys.ts';
import type { ReadOptions } from './query.ts';
import { first, scan } from './scan.ts';
import { UniqueViolation } from './sqlite-file.ts';
import type { Found, Table } from './table.ts';
import { checkModification, type Modification, updated, upserted } from './update.ts';

export interface Changed {
  matched: number;
  modified: number;
  upsertedId: unknown;
  /** Of the last document changed. */
  before: Doc | null;
  after: Doc | null;
}

export interface ChangeOptions extends ReadOptions {
  upsert?: boolean;
  many?: boolean;
}

/** Inserts a document; the caller's object gets the `_id` it lacked, as with the standard driver. */
export function insertOne(table: Table, given: Doc): unknown {
  const { doc, bytes } = storedForm(given);
  table.file.transaction(() => table.insert(doc, bytes));
  return doc._id;
}

/** Once through BSON: what mongoose wraps becomes what is stored. */
const storedForm = (given: Doc): { doc: Doc; bytes: Buffer } => {
  given._id ??= newObjectId();
  const bytes = encodeDocument(given);
  return { doc: decodeDocument(bytes), bytes };
};

/** Inserts documents in one transaction; those that meet a duplicate are told, and end the work if it is ordered. */
export function insertMany(table: Table, given: Doc[], ordered: boolean): Record<number, unknown> {
  const ids: Record<number, unknown> = {};
  const failures: { index: number; error: Error; operation: Doc }[] = [];
  table.file.transaction(() => {
    if (insertAll(table, given, ids)) return;
    for (const [index, doc] of given.entries()) {
      try {
        ids[index] = table.file.savepoint(() => insertOne(table, doc));
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        failures.push({ index, error, operation: doc });
        if (ordered) break;
      }
    }
  });
  if (failures.length > 0)
    throw bulkError(failures, { ...noCounts, insertedIds: ids, insertedCount: Object.keys(ids).length });
  return ids;
}

/** Inserts documents as one; false, and none of them is in, when any meets a duplicate. */
const insertAll = (table: Table, given: Doc[], ids: Record<number, unknown>): boolean => {
  try {
    const docs = given.map(storedForm);
    table.file.savepoint(() => table.insertAll(docs));
    for (const [index, { doc }] of docs.entries()) ids[index] = doc._id;
    return true;
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    return false;
  }
};

export const noCounts = {
  acknowledged: true,
  insertedCount: 0,
  matchedCount: 0,
  modifiedCount: 0,
  deletedCount: 0,
  upsertedCount: 0,
};

/** Updates or replaces what the filter finds, or inserts when it finds nothing and `upsert` is asked. */
export function change(
  table: Table,
  filter: unknown,
  modification: Modification,
  options: ChangeOptions,
): Changed {
  checkModification(modification);
  return table.file.transaction(() => {
    const found = options.many ? scan(table, filter, options) : present(first(table, filter, options));
    const changed: Changed = {
      matched: found.length,
      modified: 0,
      upsertedId: null,
      before: null,
      after: null,
    };
    for (const one of found) {
      const after = updated(one.doc, modification, filter);
      if (rewrite(table, one, after)) changed.modified++;
      changed.before = one.doc;
      changed.after = after;
    }
    if (found.length === 0 && options.upsert) {
      const made = upserted(modification, filter);
      table.insert(made);
      changed.upsertedId = made._id;
      changed.after = made;
    }
    return changed;
  });
}

const rewrite = (table: Table, found: Found, after: Doc): boolean => {
  if (!encodeKey(after._id).equals(encodeKey(found.doc._id)))
    throw serverError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
  const bytes = encodeDocument(after);
  if (bytes.equals(found.bytes)) return false;
  table.replace(found, after, bytes);
  return true;
};

/** Deletes what the filter finds; returns the documents deleted. */
export function remove(table: Table, filter: unknown, options: ChangeOptions): Doc[] {
  return table.file.transaction(() => {
    const found = options.many ? scan(table, filter, options) : present(first(table, filter, options));
    for (const one of found) table.remove(one);
    return found.map(({ doc }) => doc);
  });
}

const present = (found: Found | null): Found[] => (found ? [found] : []);
