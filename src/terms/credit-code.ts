import { AppError } from '../base/error.ts';

declare const brand: unique symbol;
/**
 * A unified social credit code (统一社会信用代码, GB 32100-2015): registering department, class of organisation, six
 * digits of region, nine characters of organisation code (GB 11714) and a check character; 18 in all.
 */
export type CreditCode = string & { readonly [brand]: 'CreditCode' };

/** What a code says by itself; that the organisation exists only its register can say. */
export interface CreditCodeFacts {
  department: RegisteringDepartment | 'unlisted';
  /** `unlisted` where the tables at hand have no word for the class. */
  organisationClass: OrganisationClass | 'unlisted';
  /** GB/T 2260 as of registration; 100000 for national bodies; retired regions live on in it. */
  region: string;
  organisationCode: string;
  /**
   * Whether the inner GB 11714 check holds: a hint for a person, never a reason to refuse. The formula, and that some
   * issued codes do not satisfy it, are written from memory.
   */
  organisationCodeHolds: boolean;
}

export type RegisteringDepartment = (typeof departments)[keyof typeof departments];
export type OrganisationClass = (typeof classes)[keyof typeof classes];

const departments = {
  '1': 'staffing-office',
  '2': 'foreign-affairs',
  '3': 'justice',
  '4': 'culture',
  '5': 'civil-affairs',
  '6': 'tourism',
  '7': 'religion',
  '8': 'trade-union',
  '9': 'market-regulation',
  A: 'military-reform-office',
  N: 'agriculture',
  Y: 'other',
} as const;

/** By department and class. Those of department 1 and 51 were read in sources; 52, 53 and 9x are from memory. */
const classes = {
  '11': 'government-organ',
  '12': 'public-institution',
  '13': 'mass-organisation',
  '19': 'other-of-staffing-office',
  '51': 'social-association',
  '52': 'private-non-enterprise-unit',
  '53': 'foundation',
  '91': 'enterprise',
  '92': 'individual-business',
  '93': 'farmers-cooperative',
} as const;

/** The 31 characters, each worth its place: I, O, S, V and Z are left out, as they look like digits and U. */
const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const radix = characters.length;

/**
 * Computes the check character of 17 characters: weights are the powers of 3 modulo 31. A remainder of 0 gives
 * character 0; sources do not spell that case out and it is taken from memory.
 */
export function creditCodeCheckOf(body: string): string {
  // Horner's form from the right: the leftmost character weighs 3^0.
  const sum = [...body].reduceRight((total, character) => (total * 3 + worthOf(character)) % radix, 0);
  return characters[(radix - sum) % radix] ?? '';
}

const worthOf = (character: string): number => characters.indexOf(character);

/**
 * Reads a code as typed: full-width characters, spaces and small letters are understood. Departments, classes and
 * regions that are not listed here are accepted, since lists grow and regions retire while codes stay.
 * Throws credit-code-length, -characters or -check.
 */
export function parseCreditCode(text: string): CreditCode {
  const code = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (code.length !== 18) throw new AppError('credit-code-length');
  const isSpelled = [...code].every((character) => characters.includes(character));
  if (!isSpelled || !/^..\d{6}/.test(code)) throw new AppError('credit-code-characters');
  if (creditCodeCheckOf(code.slice(0, 17)) !== code[17]) throw new AppError('credit-code-check');
  return code as CreditCode;
}

/** Tells whether a text is a code as stored, that is, read before and not changed since. */
export function isCreditCode(text: string): text is CreditCode {
  try {
    return parseCreditCode(text) === text;
  } catch {
    return false;
  }
}

/** Sets a code in its five parts for reading: `1 1 999999 000000019 M`. */
export const formatCreditCode = (code: CreditCode): string =>
  code.replace(/^(.)(.)(.{6})(.{9})(.)$/, '$1 $2 $3 $4 $5');

/** Tells what a code says: who registered it, what it is, where. */
export function describeCreditCode(code: CreditCode): CreditCodeFacts {
  const organisationCode = code.slice(8, 17);
  return {
    department: lookUp(departments, code.slice(0, 1)),
    organisationClass: lookUp(classes, code.slice(0, 2)),
    region: code.slice(2, 8),
    organisationCode,
    organisationCodeHolds: organisationCheckOf(organisationCode.slice(0, 8)) === organisationCode[8],
  };
}

const lookUp = <T extends Record<string, string>>(table: T, key: string): T[keyof T] | 'unlisted' =>
  Object.hasOwn(table, key) ? (table[key as keyof T] as T[keyof T]) : 'unlisted';

const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11714, from memory: letters are worth 10 to 35, modulo 11; 10 is written X, 11 is written 0. */
function organisationCheckOf(body: string): string {
  const sum = organisationWeights.reduce(
    (total, weight, i) => total + weight * Number.parseInt(body[i] ?? '', 36),
    0,
  );
  const check = 11 - (sum % 11);
  if (check === 10) return 'X';
  return check === 11 ? '0' : String(check);
}
