import { AppError } from '../base/error.ts';

/** A name in both languages of the pages. */
export interface BilingualName {
  zh: string;
  en: string;
}

/** Makes the refusal of one field: which, and what is expected; never what it held. */
export const fieldInvalid = (field: string, expected: string): AppError =>
  new AppError('consent-field-invalid', { field, expected });

const longestName = 256;

/** Characters that are not seen, or turn the line round; a line break is told apart where it is allowed. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}]/u;
/** An ID number or a mobile number standing in a text: what is shown to officers and kept for years must hold neither. */
const personalNumber = /(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?![\dXx])/;

/** Reads a text that is shown: one line, no personal number. Throws consent-field-invalid. */
export function readText(value: unknown, field: string, longest: number): string {
  const text = typeof value === 'string' ? value.normalize('NFC').trim().replace(/\s+/g, ' ') : '';
  const length = [...text].length;
  if (length === 0 || length > longest || unseen.test(text)) throw fieldInvalid(field, `1-${longest}`);
  if (personalNumber.test(text.normalize('NFKC'))) throw fieldInvalid(field, 'without personal numbers');
  return text;
}

/** Reads a text that is going to be sealed: lines are kept and it may say anything. Throws consent-field-invalid. */
export function readSealedText(value: unknown, field: string, longest: number): string {
  const text = typeof value === 'string' ? value.normalize('NFC').replace(/\r\n?/g, '\n').trim() : '';
  const length = [...text].length;
  if (length === 0 || length > longest || unseen.test(text.replaceAll('\n', '')))
    throw fieldInvalid(field, `1-${longest}`);
  return text;
}

/** Reads a name in both languages. Throws consent-field-invalid. */
export const readName = (value: unknown, field: string): BilingualName => {
  const given = objectOf(value);
  return {
    zh: readText(given['zh'], `${field}.zh`, longestName),
    en: readText(given['en'], `${field}.en`, longestName),
  };
};

/** Reads an identifier: it is compared, not read by people. Throws consent-field-invalid. */
export function readIdentifier(value: unknown, field: string): string {
  if (typeof value !== 'string' || !/^[\w.:/~-]{1,256}$/.test(value)) throw fieldInvalid(field, '1-256');
  return value;
}

/** Reads the names of fields: a name starts with a letter, so a number does not pass for one. Throws consent-field-invalid. */
export function readFieldNames(value: unknown, field: string): string[] {
  const names = Array.isArray(value) ? [...new Set(value as unknown[])] : [];
  const areNames = names.every((name) => typeof name === 'string' && isFieldName(name));
  if (names.length === 0 || names.length > mostFields || !areNames)
    throw fieldInvalid(field, fieldNamesExpected);
  return names as string[];
}

export const mostFields = 100;
/** What a refusal says that fields should have been. */
export const fieldNamesExpected = `1-${mostFields} field names`;

/** Tells whether a text can be the name of a field. */
export const isFieldName = (name: string): boolean => /^\p{L}[\p{L}\p{N}_-]{0,63}$/u.test(name);

/** Takes a value for an object; what is none has no members. */
export const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
