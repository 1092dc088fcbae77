import { deflateSync, inflateSync } from 'node:zlib';
import { AppError } from '../base/error.ts';

/**
 * What a Token Status List (凭证状态列表) says of one credential. The values are those of
 * draft-ietf-oauth-status-list, from memory; two examples of that draft decode here as they should.
 */
export const credentialStatuses = { valid: 0, invalid: 1, suspended: 2 } as const;
export type CredentialStatus = keyof typeof credentialStatuses;

/** How many credentials share a list: enough to hide one among, 32 KiB before compression. A design of this project. */
export const statusListEntries = 2 ** 17;
const bitsPerEntry = 2;

/** The list as it stands in a token. */
export interface EncodedStatusList {
  /** Bits an entry. */
  bits: number;
  /** The bytes, compressed by zlib, base64url. */
  lst: string;
}

/** A list that was read, whoever wrote it. */
export interface DecodedStatusList {
  bits: number;
  bytes: Buffer;
}

/** The largest list that is read, of any region: a million entries of two bits. */
const mostBytes = 2 ** 18;
const zlibLevel = 6;

/** Makes the bytes of a list in which all are valid. */
export const newStatusBytes = (entries: number): Buffer =>
  Buffer.alloc(Math.ceil((entries * bitsPerEntry) / 8));

/** Returns the bytes with one entry changed; those given stay as they are. Throws a RangeError beyond the list. */
export function withStatus(bytes: Buffer, index: number, status: CredentialStatus): Buffer {
  const { place, shift, mask } = placeOf(bitsPerEntry, index);
  const byte = bytes[place];
  if (byte === undefined) throw new RangeError(`the list of statuses has no entry ${index}`);
  const changed = Buffer.from(bytes);
  changed[place] = (byte & ~(mask << shift)) | (credentialStatuses[status] << shift);
  return changed;
}

/**
 * Returns what a list says of an entry; null for a value that has no meaning here. Throws credential-status-list-invalid
 * when the list has no such entry.
 */
export function statusAt({ bits, bytes }: DecodedStatusList, index: number): CredentialStatus | null {
  const value = valueAt({ bits, bytes }, index);
  if (value === 0) return 'valid';
  if (value === 1) return 'invalid';
  return value === 2 ? 'suspended' : null;
}

/** Returns the bare value of an entry. Throws credential-status-list-invalid when the list has no such entry. */
export function valueAt({ bits, bytes }: DecodedStatusList, index: number): number {
  const { place, shift, mask } = placeOf(bits, index);
  const byte = Number.isSafeInteger(index) && index >= 0 ? bytes[place] : undefined;
  if (byte === undefined) throw new AppError('credential-status-list-invalid');
  return (byte >> shift) & mask;
}

/** Entries stand in a byte from its least significant bits upwards. */
const placeOf = (bits: number, index: number): { place: number; shift: number; mask: number } => {
  const perByte = 8 / bits;
  return { place: Math.floor(index / perByte), shift: (index % perByte) * bits, mask: 2 ** bits - 1 };
};

/** Writes our bytes as they stand in a token. */
export const encodeStatusList = (bytes: Buffer): EncodedStatusList => ({
  bits: bitsPerEntry,
  lst: deflateSync(bytes, { level: zlibLevel }).toString('base64url'),
});

/** Views our own bytes as a list to be asked. */
export const ownStatusList = (bytes: Buffer): DecodedStatusList => ({ bits: bitsPerEntry, bytes });

/**
 * Reads a list out of a token. Throws credential-status-list-invalid when it is none, or would be larger than any list
 * needs to be: a few kilobytes can unfold to gigabytes.
 */
export function decodeStatusList(claim: unknown): DecodedStatusList {
  const { bits, lst } = (typeof claim === 'object' && claim !== null ? claim : {}) as Record<string, unknown>;
  const isKnown = bits === 1 || bits === 2 || bits === 4 || bits === 8;
  if (!isKnown || typeof lst !== 'string' || !/^[\w-]+$/.test(lst))
    throw new AppError('credential-status-list-invalid');
  try {
    return { bits, bytes: inflateSync(Buffer.from(lst, 'base64url'), { maxOutputLength: mostBytes }) };
  } catch {
    throw new AppError('credential-status-list-invalid');
  }
}
