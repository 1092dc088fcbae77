import { z } from 'zod';

/** How one key is declared: its name is that of its environment variable, and an empty value counts as unset. */
export interface KeyDeclaration {
  /** Reads the text of the variable; throws a ZodError whose message says the shape that is expected. */
  parse: z.ZodType<unknown, string>;
  /** The value when the variable is unset; undefined means it has none. */
  fallback?: string;
  /** The unit or form of the value, in words. */
  form: string;
  meaning: string;
  /** Never shown, not even in an error. */
  secret?: true;
}

/** Reads a whole number between two bounds. */
export const integer = (low: number, high: number) =>
  z
    .string()
    .regex(/^\d+$/, `a whole number from ${low} to ${high}`)
    .transform(Number)
    .refine((n) => n >= low && n <= high, `a whole number from ${low} to ${high}`);

/** Reads the word yes or no. */
export const yesNo = z.enum(['yes', 'no'], 'the word yes or no').transform((word) => word === 'yes');

/** Reads an http or https origin. */
export const httpUrl = z
  .string()
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'an http or https URL')
  .refine(
    (text) => !URL.canParse(text) || new URL(text).origin === text,
    'an origin without path or final slash',
  );

/** Reads a URL of one of the schemes given. */
export const urlOf = (...schemes: string[]) =>
  z
    .string()
    .refine(
      (text) => URL.canParse(text) && schemes.includes(new URL(text).protocol),
      `a URL that starts with ${schemes.join(' or ')}`,
    );

/** Reads a list of words, comma separated. */
export const words = z
  .string()
  .transform((text) => text.split(',').flatMap((word) => (word.trim() ? [word.trim()] : [])));
