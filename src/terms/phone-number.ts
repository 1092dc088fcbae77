import { AppError } from '../base/error.ts';

declare const brand: unique symbol;
/** A mainland mobile number: 11 digits. */
export type PhoneNumber = string & { readonly [brand]: 'PhoneNumber' };

/** Reads a mobile number; spaces, dashes, full-width digits and +86 are understood. Throws phone-invalid. */
export function parsePhoneNumber(text: string): PhoneNumber {
  const bare = text
    .normalize('NFKC')
    .replace(/[\s-]/g, '')
    .replace(/^(?:\+|00)86/, '');
  if (!/^1[3-9]\d{9}$/.test(bare)) throw new AppError('phone-invalid');
  return bare as PhoneNumber;
}
