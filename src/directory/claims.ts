import { createHash, timingSafeEqual } from 'node:crypto';
import type { JsonObject } from '../crypto/ports.ts';
import type { CertificateContent } from './certificate.ts';
import { tidyFields } from './face-fields.ts';

/** What whoever shows a certificate says of it. */
export interface CertificateClaims {
  number?: string;
  /** Name and code, when both are claimed, must be of one holder. */
  holderName?: string;
  holderCode?: string;
  /** Face fields by name. */
  fields?: JsonObject;
}

/** Which claims hold; null where nothing was claimed. The values themselves are never told. */
export interface ClaimMatches {
  number: boolean | null;
  /** Name and code as claimed are of one holder. */
  holder: boolean | null;
  /** The fields claimed, by name. */
  fields: Record<string, boolean>;
}

/** Compares every claim, also after one that differs, so that the time taken tells no more than the answer does. */
export function matchesOf(claims: CertificateClaims, content: CertificateContent): ClaimMatches {
  const { number, fields = {} } = claims;
  return {
    number: number === undefined ? null : isSame(written(number), content.number),
    holder: holderMatch(claims, content),
    fields: fieldMatches(fields, content.fields),
  };
}

/** Tells whether no claim differs. */
export const doAllHold = ({ number, holder, fields }: ClaimMatches): boolean =>
  number !== false && holder !== false && Object.values(fields).every((holds) => holds);

function holderMatch(
  { holderName, holderCode }: CertificateClaims,
  { holders }: CertificateContent,
): boolean | null {
  if (holderName === undefined && holderCode === undefined) return null;
  const outcomes = holders.map(({ name, code }) => {
    const isName = holderName === undefined || isSame(written(holderName), name);
    const isCode = holderCode === undefined || isSame(codeWritten(holderCode), code);
    return isName && isCode;
  });
  return outcomes.some((holds) => holds);
}

function fieldMatches(claimed: JsonObject, kept: JsonObject): Record<string, boolean> {
  const tidied = tidyFields(claimed);
  // By the names as claimed: one that is claimed empty must be empty here too.
  const outcomes = Object.keys(claimed).map((name) => [
    name,
    isSame(textOf(tidied, name), textOf(kept, name)),
  ]);
  return Object.fromEntries(outcomes);
}

const textOf = (fields: JsonObject, name: string): string =>
  Object.hasOwn(fields, name) ? JSON.stringify(fields[name]) : '';

const written = (text: string): string => text.normalize('NFC').trim();
const codeWritten = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** Tells in one time whether two texts are the same: digests have one length, whatever was given. */
export const isSame = (claimed: string, kept: string): boolean =>
  timingSafeEqual(digestOf(claimed), digestOf(kept));
const digestOf = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
