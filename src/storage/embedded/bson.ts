import { mongo } from 'mongoose';

const { BSON } = mongo;

export type Doc = Record<string, unknown>;

/** Serializes a document; `undefined` becomes null as with the standard driver, so that a filter never loses a condition. */
export const encodeDocument = (doc: Doc): Buffer =>
  Buffer.from(BSON.serialize(doc, { ignoreUndefined: false, checkKeys: false }));

/** Reads a document back; byte strings come as `Binary`, as from the standard driver. */
export const decodeDocument = (bytes: Uint8Array): Doc => BSON.deserialize(bytes, { promoteBuffers: false });

/** Copies a value through BSON: what mongoose wraps (buffers, arrays, sub-documents) becomes what would be stored. */
export const plain = <T>(value: T): T => decodeDocument(encodeDocument({ value })).value as T;

export const toExtendedJson = (value: Doc): string => BSON.EJSON.stringify(value);
export const fromExtendedJson = (text: string): Doc => BSON.EJSON.parse(text) as Doc;
export const newObjectId = (): unknown => new mongo.ObjectId();

/** Names the BSON class of a value, if it is an instance of one. */
export const bsonType = (value: unknown): string | null => {
  if (typeof value !== 'object' || value === null || !('_bsontype' in value)) return null;
  return String(value._bsontype);
};

/** Whether a value is a document to walk into: neither an array nor a value of its own kind. */
export const isDocument = (value: unknown): value is Doc =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof RegExp) &&
  !(value instanceof Uint8Array) &&
  bsonType(value) === null;

const scalarClasses = new Set(['ObjectId', 'Binary', 'Int32', 'Double']);

/** Whether equality with the value is equality of its key, so that an index can answer it. */
export const isScalar = (value: unknown): boolean =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && !Number.isNaN(value)) ||
  value instanceof Date ||
  scalarClasses.has(bsonType(value) ?? '');

/** Whether a condition is made of operators (`{ $gt: 1 }`) and is not a document to be equal to. */
export const isOperators = (value: unknown): value is Doc =>
  isDocument(value) && Object.keys(value).some((key) => key.startsWith('$'));
