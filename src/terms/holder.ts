import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import { maskName, maskNumber } from '../base/mask.ts';
import { type CitizenNumberKind, describeCitizenNumber, parseCitizenNumber } from './citizen-number.ts';
import { parseCreditCode } from './credit-code.ts';
import { parsePersonName } from './person-name.ts';

/**
 * The types of holder code (持证主体代码类型, GB/T 36903-2018), as three independent systems carry them; the standard's
 * own table was not read. 551 and 552 are later practice, 553 is from memory.
 */
export const holderTypes = {
  '001': { holds: 'unified social credit code', kind: 'legal' },
  '099': { holds: 'other code of a legal person or organisation', kind: 'legal' },
  '111': { holds: 'citizen ID number', kind: 'natural' },
  '114': { holds: 'PLA officer card', kind: 'natural' },
  '115': { holds: 'armed police officer card', kind: 'natural' },
  '118': { holds: 'PLA soldier card', kind: 'natural' },
  '119': { holds: 'armed police soldier card', kind: 'natural' },
  '120': { holds: 'PLA civilian staff card', kind: 'natural' },
  '122': { holds: 'armed police civilian staff card', kind: 'natural' },
  '411': { holds: 'diplomatic passport', kind: 'natural' },
  '412': { holds: 'service passport', kind: 'natural' },
  '413': { holds: 'passport for public affairs', kind: 'natural' },
  '414': { holds: 'ordinary passport', kind: 'natural' },
  '511': { holds: 'mainland travel permit for Taiwan residents', kind: 'natural' },
  '516': { holds: 'mainland travel permit for Hong Kong and Macao residents', kind: 'natural' },
  '551': { holds: 'residence permit of a Hong Kong or Macao resident', kind: 'natural' },
  '552': { holds: 'residence permit of a Taiwan resident', kind: 'natural' },
  '553': { holds: 'permanent residence ID of a foreigner', kind: 'natural' },
  '999': { holds: 'other code of a natural person', kind: 'natural' },
} as const;

export type HolderType = keyof typeof holderTypes;
export type HolderKind = (typeof holderTypes)[HolderType]['kind'];

/** One holder (持证主体) of a certificate; a marriage certificate or a shared house has several. Personal data. */
export interface Holder {
  type: HolderType;
  code: string;
  name: string;
}

/** Reads a holder type code. Throws holder-type-unknown. */
export function parseHolderType(text: string): HolderType {
  const type = text.normalize('NFKC').trim();
  if (!Object.hasOwn(holderTypes, type)) throw new AppError('holder-type-unknown');
  return type as HolderType;
}

/**
 * Reads a holder, its code by the rule of its type. Throws holder-type-unknown, holder-code-invalid, name-invalid,
 * organisation-name-invalid, and the codes of parseCitizenNumber and parseCreditCode.
 */
export function parseHolder(holder: { type: string; code: string; name: string }, clock: Clock): Holder {
  const type = parseHolderType(holder.type);
  const readName = holderTypes[type].kind === 'legal' ? parseOrganisationName : parsePersonName;
  return { type, code: parseHolderCode(type, holder.code, clock), name: readName(holder.name) };
}

/** The ID cards by their kinds; a residence permit carries a citizen number too, so 111 takes it as well. */
const citizenKinds: Partial<Record<HolderType, readonly CitizenNumberKind[]>> = {
  '111': ['resident', 'hongkong', 'macao', 'taiwan'],
  '551': ['hongkong', 'macao'],
  '552': ['taiwan'],
  '553': ['permanent-resident-2023', 'permanent-resident-2017'],
};

/** Passports of any state share a type, so only what all have in common is asked (ICAO 9303, from memory). */
const passport = /^[A-Z0-9]{5,15}$/;
/** No published shape was found for the rest; this only keeps out what cannot be a number. */
const other = /^[\p{L}\p{N}-]{4,32}$/u;
const shapes: Partial<Record<HolderType, RegExp>> = {
  '411': passport,
  '412': passport,
  '413': passport,
  '414': passport,
  // Eight digits now; ten with an optional letter on old cards, the letter from memory.
  '511': /^(?:\d{8}|\d{10}[A-Z]?)$/,
  // H or M, eight digits for life, and a counter of re-issues on old cards.
  '516': /^[HM]\d{8}(?:\d{2})?$/,
};

/** Reads the code of a holder by the rule of its type; throws as parseHolder does. */
export function parseHolderCode(type: HolderType, text: string, clock: Clock): string {
  if (type === '001') return parseCreditCode(text);
  const kinds = citizenKinds[type];
  if (kinds !== undefined) {
    const number = parseCitizenNumber(text, clock);
    if (!kinds.includes(describeCitizenNumber(number).kind)) throw new AppError('holder-code-invalid');
    return number;
  }
  const code = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (!(shapes[type] ?? other).test(code)) throw new AppError('holder-code-invalid');
  return code;
}

const longestOrganisationName = 256;

function parseOrganisationName(text: string): string {
  const name = text.normalize('NFC').trim();
  if (name === '' || [...name].length > longestOrganisationName || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(name))
    throw new AppError('organisation-name-invalid');
  return name;
}

/** Tells whether a holder is a person or an organisation. */
export const kindOfHolder = ({ type }: Pick<Holder, 'type'>): HolderKind => holderTypes[type].kind;

/**
 * Returns one text for one holder, to look certificates up by: a citizen number is the same whether an issuer filed
 * it as 111 or as a residence permit.
 */
export const holderKeyOf = ({ type, code }: Pick<Holder, 'type' | 'code'>): string =>
  `${type in citizenKinds ? '111' : type}:${code}`;

/** Shows a holder to someone else: people are masked, organisations are public. */
export const maskHolder = (holder: Holder): Holder =>
  kindOfHolder(holder) === 'legal'
    ? holder
    : { type: holder.type, code: maskNumber(holder.code), name: maskName(holder.name) };
