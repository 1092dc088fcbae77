import { AppError } from '../../base/error.ts';
import { describeCitizenNumber } from '../../terms/citizen-number.ts';
import type { FamilyRole, MandateRecord, MandateRole, OrganisationRole } from './mandate.ts';

/** How long a mandate may be given for, in days. */
export const mandateDays: readonly number[] = [30, 90, 365, 1095];
/** How long an offer waits for its answer. */
export const answerDays = 14;
const mostItems = 50;
const dayMilliseconds = 86_400_000;
/** The age at which a child acts for itself (民法典, from memory). */
const fullAge = 18;

const gives: Readonly<Record<MandateRole, readonly OrganisationRole[]>> = {
  representative: ['administrator', 'operator'],
  administrator: ['operator'],
  operator: [],
  parent: [],
  child: [],
};

/** Lists the roles that a member of an organisation may give, and take away. */
export const rolesGivenBy = (role: MandateRole | null): readonly OrganisationRole[] =>
  role === null ? [] : gives[role];

/** Tells whether a mandate is for a service item; one for certain items is for nothing that names none. */
export const covers = ({ items }: { items: readonly string[] }, item: string | null): boolean =>
  items.length === 0 || (item !== null && items.includes(item));

/** Tells whether a person may end a mandate: who has it, who gave it of themselves, or who may give its role now. */
export const mayRevoke = (
  { kind, agentId, principalId, role }: MandateRecord,
  accountId: string,
  ownRole: MandateRole | null,
): boolean =>
  agentId === accountId ||
  (kind === 'family' ? principalId === accountId : rolesGivenBy(ownRole).some((given) => given === role));

/**
 * Why a parent acts for a child no longer, by law: the guardian's standing was revoked (民法典 article 36), the guardian
 * lost the capacity (39), the child was adopted by others (1111), or a court found no parentage (1073); all articles from
 * memory [M]. That parents part is none: both stay guardians (1084 [M]).
 */
export const endingReasons = [
  'guardianship-revoked',
  'guardian-incapable',
  'adopted',
  'parentage-denied',
] as const;
export type EndingReason = (typeof endingReasons)[number];

/** What is asked of a new mandate: for which items, for how many days. */
export interface MandateTerms {
  items: readonly string[];
  days: number;
}

/** Reads the terms of a mandate. Throws mandate-terms-invalid. */
export function readTerms({ items, days }: MandateTerms, now: Date): { items: string[]; expiresAt: Date } {
  const areCodes = items.length <= mostItems && items.every((code) => /^[0-9A-Za-z-]{1,64}$/.test(code));
  if (!areCodes || !mandateDays.includes(days)) throw new AppError('mandate-terms-invalid');
  return { items: [...new Set(items)], expiresAt: daysAfter(now, days) };
}

/** Returns the earlier of two instants. */
export const earlierOf = (one: Date, other: Date): Date => new Date(Math.min(one.getTime(), other.getTime()));

/** Returns the instant so many days after another. */
export const daysAfter = (now: Date, days: number): Date => new Date(now.getTime() + days * dayMilliseconds);

/** Returns the instant, in Asia/Shanghai, at which somebody born on a day (YYYY-MM-DD) comes of age. */
export const fullAgeOf = (birthDate: string): Date => {
  const day = `${Number(birthDate.slice(0, 4)) + fullAge}${birthDate.slice(4)}`;
  // Who was born on 29 February comes of age on 1 March.
  return new Date(`${day.replace('-02-29', '-03-01')}T00:00:00+08:00`);
};

/** Returns when the person of a number comes of age; null where the number has no date of birth. */
export const cameOfAgeOf = (number: string): Date | null => {
  const { birthDate } = describeCitizenNumber(number);
  return birthDate === undefined ? null : fullAgeOf(birthDate);
};

/** Tells whether a certificate of birth or a household register may prove a mandate: a parent asks to act for a child who is not of age. */
export const isProvable = (
  { role, isAgent }: { role: FamilyRole; isAgent: boolean },
  cameOfAge: Date | null,
  now: Date,
): boolean => role === 'parent' && isAgent && cameOfAge !== null && now < cameOfAge;
