import { mongo } from 'mongoose';
import type { Doc } from './bson.ts';
import { pathValues } from './paths.ts';

/** Says that the embedded engine does not do something, and what to do instead. */
export const unsupported = (what: string, instead: string): Error =>
  new Error(
    `The embedded record engine does not support ${what}: ${instead}, or set MONGODB_URL to use a MongoDB server.`,
  );

/** Makes the error a MongoDB server would answer with; mongoose and our stores go by its `code`. */
export const serverError = (code: number, message: string): Error =>
  new mongo.MongoServerError({ errmsg: message, code });

export const duplicateKeyCode = 11000;

/** Makes the duplicate key error. Its message names the index and not the value, which may be personal data. */
export const duplicateKey = (
  namespace: string,
  index: { name: string; key: Record<string, number> },
  doc: Doc,
): Error => {
  const keyValue = Object.fromEntries(
    Object.keys(index.key).map((path) => {
      const [first] = pathValues(doc, path).values;
      return [path, typeof first === 'symbol' ? [] : (first ?? null)];
    }),
  );
  return new mongo.MongoServerError({
    errmsg: `E11000 duplicate key error collection: ${namespace} index: ${index.name}`,
    code: duplicateKeyCode,
    codeName: 'DuplicateKey',
    keyPattern: index.key,
    keyValue,
  });
};

export const isDuplicateKey = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === duplicateKeyCode;

interface WriteFailure {
  index: number;
  error: Error;
  operation: Doc;
}

const writeErrorOf = ({ index, error, operation }: WriteFailure) => ({
  index,
  code: duplicateKeyCode,
  errmsg: error.message,
  errInfo: {},
  err: { index, code: duplicateKeyCode, errmsg: error.message, op: operation },
  getOperation: () => operation,
  toJSON: () => ({ index, code: duplicateKeyCode, errmsg: error.message }),
});

/** Makes the error of a write of many of which some met a duplicate key; `counts` says what was done. */
export const bulkError = (failures: WriteFailure[], counts: Doc): Error => {
  const writeErrors = failures.map(writeErrorOf);
  const result = { ...counts, getWriteErrors: () => writeErrors, hasWriteErrors: () => true };
  return new mongo.MongoBulkWriteError(
    { message: failures[0]?.error.message ?? '', code: duplicateKeyCode, writeErrors } as never,
    result as never,
  );
};
