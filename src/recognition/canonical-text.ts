import type { AppError } from '../base/error.ts';
import { canonicalBytes, type JsonObject } from '../crypto/index.ts';

/** Makes the refusal of a text for what stands at a place of it. */
export type Invalid = (place: string, cause?: unknown) => AppError;

/** Reads the bytes of a text that regions sign. Throws what `invalid` makes of `JSON`. */
export function jsonOf(bytes: Uint8Array, invalid: Invalid): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw invalid('JSON', cause);
  }
}

/** Writes a text in its one form. Throws what `invalid` makes of `characters`. */
export function canonicalOf(document: JsonObject, invalid: Invalid): Buffer {
  try {
    return canonicalBytes(document);
  } catch (cause) {
    throw invalid('characters', cause);
  }
}
