import { bsonType, encodeDocument } from './bson.ts';
import { unsupported } from './errors.ts';
import { emptyArray } from './paths.ts';

/**
 * One byte before each value, in MongoDB's order of BSON types; so byte order of keys is the order of values.
 * Documents and arrays are ordered by their bytes only: enough to find them again, not to sort by them.
 */
const tag = {
  emptyArray: 0x08,
  null: 0x10,
  notANumber: 0x1f,
  number: 0x20,
  string: 0x30,
  document: 0x40,
  array: 0x50,
  binary: 0x60,
  objectId: 0x70,
  boolean: 0x80,
  date: 0x90,
  regularExpression: 0xb0,
};

/** Sorts after every key that has the same beginning. */
export const afterAll = Buffer.from([0xff]);
const end = Buffer.from([0, 0]);

/** Encodes a value so that keys compare by bytes as MongoDB would compare the values; keys of fields are joined. */
export function encodeKey(value: unknown): Buffer {
  if (value === null || value === undefined) return Buffer.from([tag.null]);
  if (value === emptyArray) return Buffer.from([tag.emptyArray]);
  if (typeof value === 'number') return numberKey(value);
  if (typeof value === 'string') return textKey(value);
  if (typeof value === 'boolean') return Buffer.from([tag.boolean, value ? 1 : 0]);
  if (value instanceof Date) return dateKey(value);
  if (value instanceof RegExp) return tagged(tag.regularExpression, escaped(Buffer.from(String(value))));
  if (value instanceof Uint8Array) return binaryKey(0, value);
  if (Array.isArray(value))
    return tagged(tag.array, Buffer.concat([...value.map(encodeKey), Buffer.from([0])]));
  return bsonKey(value);
}

const bsonKey = (value: unknown): Buffer => {
  const kind = bsonType(value);
  if (kind === null) return tagged(tag.document, escaped(encodeDocument(value as Record<string, unknown>)));
  if (kind === 'ObjectId') return tagged(tag.objectId, Buffer.from((value as { id: Uint8Array }).id));
  if (kind === 'Int32' || kind === 'Double') return numberKey(Number(value));
  if (kind === 'Binary') {
    const { sub_type, buffer, position } = value as {
      sub_type: number;
      buffer: Uint8Array;
      position: number;
    };
    return binaryKey(sub_type, buffer.subarray(0, position));
  }
  // Long and Decimal128 beyond what a double holds would share a key with their neighbours.
  throw unsupported(`an index or a sort on values of type ${kind}`, 'use a number below 2^53 or a string');
};

const textKey = (value: string): Buffer => {
  if (value.includes('\0')) return tagged(tag.string, escaped(Buffer.from(value, 'utf8')));
  // Most keys are texts without a zero: written once, in place.
  const key = Buffer.allocUnsafe(Buffer.byteLength(value) + 1 + end.length);
  key[0] = tag.string;
  key.write(value, 1);
  end.copy(key, key.length - end.length);
  return key;
};

const numberKey = (value: number): Buffer => {
  if (Number.isNaN(value)) return Buffer.from([tag.notANumber]);
  const key = Buffer.alloc(9);
  key[0] = tag.number;
  key.writeDoubleBE(value === 0 ? 0 : value, 1);
  // Bytes of a negative double run the other way, and its sign bit is set: turn all of them; else only the sign bit.
  const negative = (key.readUInt8(1) & 0x80) !== 0;
  key.writeUInt8(key.readUInt8(1) ^ (negative ? 0xff : 0x80), 1);
  if (negative) for (let at = 2; at < 9; at++) key.writeUInt8(key.readUInt8(at) ^ 0xff, at);
  return key;
};

const dateKey = (value: Date): Buffer => {
  const key = Buffer.alloc(9);
  key[0] = tag.date;
  key.writeBigInt64BE(BigInt(value.getTime()), 1);
  key.writeUInt8(key.readUInt8(1) ^ 0x80, 1);
  return key;
};

const binaryKey = (subType: number, bytes: Uint8Array): Buffer => {
  // MongoDB orders byte strings by length first.
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return tagged(tag.binary, escaped(Buffer.concat([length, Buffer.from([subType]), bytes])));
};

const tagged = (type: number, bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from([type]), bytes]);

/** Writes 00 as 00 FF and ends with 00 00, so that a value sorts before every longer one that begins with it. */
const escaped = (bytes: Buffer): Buffer => {
  if (!bytes.includes(0)) return Buffer.concat([bytes, end]);
  const out: number[] = [];
  for (const byte of bytes) {
    out.push(byte);
    if (byte === 0) out.push(0xff);
  }
  return Buffer.concat([Buffer.from(out), end]);
};
