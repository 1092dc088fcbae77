import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import { isProvincePrefix } from './region-code.ts';

declare const brand: unique symbol;
/**
 * A citizen ID number (公民身份号码, GB 11643-1999) or a number that takes its place: the residence permits of Hong
 * Kong, Macao and Taiwan residents, and the permanent residence ID of foreigners (2023: 18 characters; 2017: 15).
 */
export type CitizenNumber = string & { readonly [brand]: 'CitizenNumber' };

export type CitizenNumberKind =
  | 'resident'
  | 'hongkong'
  | 'macao'
  | 'taiwan'
  | 'permanent-resident-2023'
  | 'permanent-resident-2017';

/** What a number says by itself; that its holder exists only the authority can say. */
export interface CitizenNumberFacts {
  kind: CitizenNumberKind;
  /** `YYYY-MM-DD`; the 2017 permanent residence ID has none that is sure. */
  birthDate?: string;
  sex?: 'male' | 'female';
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';

/** Computes the check character of 17 digits, ISO 7064:1983 MOD 11-2. */
export function checkCharacterOf(body: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return checkCharacters[sum % 11] ?? '';
}

const permanentResident2017 = /^[A-Z]{3}\d{12}$/;
const kindByPrefix: Record<string, CitizenNumberKind> = { '81': 'hongkong', '82': 'macao', '83': 'taiwan' };

/**
 * Reads a number as typed: full-width characters, spaces and a small x are understood. Unknown county codes are
 * accepted, since abolished ones live on in people's numbers. Throws citizen-number-length, -characters, -region,
 * -date, -future or -check; a 15-digit number of the first generation is refused by -length.
 */
export function parseCitizenNumber(text: string, clock: Clock): CitizenNumber {
  const number = normalise(text);
  if (permanentResident2017.test(number)) return number as CitizenNumber;
  if (number.length !== 18) throw new AppError('citizen-number-length');
  if (!/^\d{17}[\dX]$/.test(number)) throw new AppError('citizen-number-characters');
  if (!isKnownRegion(number)) throw new AppError('citizen-number-region');
  const birthDate = birthDateOf(number);
  if (birthDate === null) throw new AppError('citizen-number-date');
  if (birthDate > shanghaiDate(clock)) throw new AppError('citizen-number-future');
  if (checkCharacterOf(number) !== number[17]) throw new AppError('citizen-number-check');
  return number as CitizenNumber;
}

const normalise = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();

const isPermanentResident2023 = (number: string): boolean =>
  number.startsWith('9') && !number.startsWith('99') && isProvincePrefix(number.slice(1, 3));

const isKnownRegion = (number: string): boolean => {
  const prefix = number.slice(0, 2);
  return prefix in kindByPrefix || isProvincePrefix(prefix) || isPermanentResident2023(number);
};

const birthDateOf = (number: string): string | null => {
  const text = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const instant = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== text ? null : text;
};

const shanghaiOffsetMilliseconds = 8 * 3_600_000;
const shanghaiDate = (clock: Clock): string =>
  new Date(clock.now().getTime() + shanghaiOffsetMilliseconds).toISOString().slice(0, 10);

/** Tells what a number says: whose kind of document, birth date, sex. */
export function describeCitizenNumber(number: string): CitizenNumberFacts {
  if (permanentResident2017.test(number)) return { kind: 'permanent-resident-2017' };
  const birthDate = birthDateOf(number);
  return {
    kind:
      kindByPrefix[number.slice(0, 2)] ??
      (isPermanentResident2023(number) ? 'permanent-resident-2023' : 'resident'),
    ...(birthDate === null ? {} : { birthDate }),
    sex: Number(number[16]) % 2 === 1 ? 'male' : 'female',
  };
}

/**
 * Turns a 15-digit number of the first generation (GB 11643-1989) into the 18 of today, for search and import only.
 * Its year has two digits: `review` asks a person to look when the holder could have been born in the 1800s.
 * Throws citizen-number-length, -characters or -date.
 */
export function convertFifteenDigits(text: string): { number: CitizenNumber; review: boolean } {
  const short = normalise(text);
  if (short.length !== 15) throw new AppError('citizen-number-length');
  if (!/^\d{15}$/.test(short)) throw new AppError('citizen-number-characters');
  const body = `${short.slice(0, 6)}19${short.slice(6)}`;
  const number = `${body}${checkCharacterOf(body)}`;
  if (birthDateOf(number) === null) throw new AppError('citizen-number-date');
  // Sequence numbers 996 to 999 were kept for people over a hundred.
  return { number: number as CitizenNumber, review: Number(short.slice(12)) >= 996 };
}
