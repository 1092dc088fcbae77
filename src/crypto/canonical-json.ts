import canonicalize from 'canonicalize';
import { AppError } from '../base/error.ts';
import type { JsonObject } from './ports.ts';

/** Deeper than any certificate; it keeps a hostile or circular document from exhausting the stack. */
const deepestLevel = 64;

/**
 * Writes a document in the one form of RFC 8785, in UTF-8, so that two who hold the same document hash the same bytes.
 * Throws document-not-sealable, naming the place, for what JSON or that form has no word for.
 */
export const canonicalBytes = (document: JsonObject): Buffer => {
  if (!isRecord(document)) throw refusal('/');
  checkValue(document, '', 0);
  const text = serialize(document);
  if (text === undefined) throw refusal('/');
  return Buffer.from(text, 'utf8');
};

/** The package is CommonJS and its types claim a default export: what is imported is the function itself. */
const serialize = canonicalize as unknown as (document: JsonObject) => string | undefined;

/**
 * Refuses all that the package would let pass or change in silence: lone surrogates (UTF-8 cannot hold them), a member
 * without a value, a hole in a list, a date or whatever else turns itself into text.
 */
const checkValue = (value: unknown, place: string, level: number): void => {
  if (level > deepestLevel) throw refusal(place);
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (typeof value === 'string' && isWellFormed(value)) return;
  if (Array.isArray(value)) {
    // By index, as a hole is skipped by every other way of walking.
    for (let i = 0; i < value.length; i += 1) checkValue(value[i], `${place}/${i}`, level + 1);
    return;
  }
  if (!isRecord(value)) throw refusal(place);
  for (const [name, member] of Object.entries(value)) {
    if (!isWellFormed(name)) throw refusal(place);
    checkValue(member, `${place}/${name}`, level + 1);
  }
};

/** With the flag u a surrogate that has its partner is one character and does not match. */
const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  Object.prototype.toString.call(value) === '[object Object]' &&
  typeof (value as Record<string, unknown>)['toJSON'] !== 'function';

/** Tells the place by names of members only, never by a value. */
const refusal = (place: string): AppError => new AppError('document-not-sealable', { place: place || '/' });
