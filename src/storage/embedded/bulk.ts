import type { Doc } from './bson.ts';
import { bulkError, isDuplicateKey, unsupported } from './errors.ts';
import { noCounts } from './writer.ts';

/** The writes that a bulk is made of. */
export interface BulkTarget {
  insertOne(doc: Doc): Promise<{ insertedId: unknown }>;
  updateOne(filter: unknown, given: unknown, options: Doc): Promise<object>;
  updateMany(filter: unknown, given: unknown, options: Doc): Promise<object>;
  replaceOne(filter: unknown, given: unknown, options: Doc): Promise<object>;
  deleteOne(filter: unknown): Promise<object>;
  deleteMany(filter: unknown): Promise<object>;
}

const countNames = [
  'insertedCount',
  'matchedCount',
  'modifiedCount',
  'deletedCount',
  'upsertedCount',
] as const;

/** Runs writes one after another, each whole by itself; those that meet a duplicate are told together. */
export async function bulkWrite(target: BulkTarget, operations: Doc[], ordered: boolean) {
  const counts = { ...noCounts };
  const insertedIds: Record<number, unknown> = {};
  const upsertedIds: Record<number, unknown> = {};
  const failures: { index: number; error: Error; operation: Doc }[] = [];
  for (const [index, operation] of operations.entries()) {
    try {
      const done: Doc = { ...(await run(target, operation)) };
      for (const name of countNames) counts[name] += Number(done[name] ?? 0);
      if (done.insertedId !== undefined) insertedIds[index] = done.insertedId;
      if (done.upsertedId) upsertedIds[index] = done.upsertedId;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      failures.push({ index, error, operation });
      if (ordered) break;
    }
  }
  const result = { ...counts, insertedIds, upsertedIds };
  if (failures.length > 0) throw bulkError(failures, result);
  return { ...result, ok: 1, isOk: () => true, hasWriteErrors: () => false, getWriteErrors: () => [] };
}

const run = async (target: BulkTarget, operation: Doc): Promise<object> => {
  const [[name, given] = ['', {}]] = Object.entries(operation);
  const { document, filter, update, replacement, ...options } = given as Record<string, Doc>;
  switch (name) {
    case 'insertOne':
      return { ...(await target.insertOne(document ?? {})), insertedCount: 1 };
    case 'updateOne':
    case 'updateMany':
      return target[name](filter, update, options);
    case 'replaceOne':
      return target.replaceOne(filter, replacement, options);
    case 'deleteOne':
    case 'deleteMany':
      return target[name](filter);
    default:
      throw unsupported(`the bulk operation ${name}`, 'use insertOne, updateOne, replaceOne or deleteOne');
  }
};
