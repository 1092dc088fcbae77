import { createHash } from 'node:crypto';
import type { DomainEvent } from '../base/event.ts';
import { canonicalBytes } from '../crypto/canonical-json.ts';
import { checkCharacterOf } from '../terms/citizen-number.ts';
import { isCreditCode } from '../terms/credit-code.ts';
import { eventDocument } from './entry.ts';

/** Why an event may not enter the chain, which nothing is ever taken out of. */
export type Unfit = 'personal-number' | 'not-canonical';

/**
 * Says why an event may not enter the chain; null when it may. Fifteen digits in a row are an ID number of the old form,
 * a longer run one of the new form or a card: such an event was made by a mistake, and the chain would keep it for ever.
 */
export function unfitBecause(event: DomainEvent): Unfit | null {
  const texts = Object.entries(event.detail).flatMap(([name, value]) => [name, String(value)]);
  const words = texts.flatMap((text) => text.split(/[^0-9A-Za-z]+/));
  if (words.some((word) => /\d{15}/.test(word) && !isDigest(word) && !namesAnAuthority(word)))
    return 'personal-number';
  try {
    canonicalBytes(eventDocument(event));
    return null;
  } catch {
    return 'not-canonical';
  }
}

/** One digest of SHA-256 or SM3 in sixty has fifteen digits in a row by chance. */
const isDigest = (word: string): boolean => /^[0-9a-f]{64}$/i.test(word);

/** Authorities are named in events by credit code, types by one and three digits; some of those are digits only. */
const namesAnAuthority = (word: string): boolean =>
  /^.{18}(\d{3})?$/.test(word) && isCreditCode(word.slice(0, 18)) && !readsAsCitizenNumber(word);

/** One credit code in many reads as a person's number too: then it is taken for the person's. */
const readsAsCitizenNumber = (word: string): boolean =>
  /^\d{6}(19|20)\d\d(0[1-9]|1[0-2])[0-3]\d{4}[\dX]/.test(word) &&
  checkCharacterOf(word.slice(0, 17)) === word[17];

/** Returns the family of an event type: what stands before its first dot. */
export const familyOf = (type: string): string => type.split('.')[0] ?? type;

/** The facts that name what an event is about besides its record; of several the first counts. */
export const mentioning: readonly string[] = [
  'certificate',
  'identifier',
  'agreementId',
  'clientId',
  'accountId',
  'accessId',
  'subject',
];

/** Finds what the facts of an event name: an entry is found by it as by its record. */
export function mentionOf({ detail }: Pick<DomainEvent, 'detail'>): string | undefined {
  const name = mentioning.find((known) => typeof detail[known] === 'string');
  return name === undefined ? undefined : mentionKeyOf(String(detail[name]));
}

/** Certificates are named in some events by the digest of their identifier, so all are found by that. */
export const mentionKeyOf = (text: string): string =>
  text.startsWith('1.2.156.3005.2.') ? digestOf(text) : text;

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
