import { AppError } from '../base/error.ts';

declare const brand: unique symbol;
/** A person's name as on the identity document. */
export type PersonName = string & { readonly [brand]: 'PersonName' };

const longestCharacters = 50;

/** Reads a name: 1 to 50 characters of any script, rare characters and · among them. Throws name-invalid. */
export function parsePersonName(text: string): PersonName {
  const name = text.normalize('NFC').trim();
  const length = [...name].length;
  const isPlain = /^[\p{L}\p{M}·.'\- ]+$/u.test(name);
  if (length === 0 || length > longestCharacters || !isPlain) throw new AppError('name-invalid');
  return name as PersonName;
}
