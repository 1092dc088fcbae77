import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/error.ts';
import { type CreditCode, describeCreditCode, parseCreditCode } from '../terms/credit-code.ts';
import { parseHolder } from '../terms/holder.ts';
import { isProvincePrefix, parseRegionCode, type RegionCode } from '../terms/region-code.ts';
import { isWithin, levelOfRegion } from '../terms/region-history.ts';
import type { Officer, OfficerAuthority } from './officer.ts';
import { type Act, dutyOf, permissions, type Role, roles } from './permissions.ts';

/** How old a proof by passkey may be for an act that binds. */
export const freshSeconds = 300;

/** What of an officer decides what they may do. */
export type Actor = Pick<Officer, 'state' | 'roles' | 'regionCode'>;

/** Tells whether any role of an active officer has an act, wherever. */
export const hasAct = ({ state, roles: held }: Actor, act: Act): boolean =>
  state === 'active' && held.some((role) => permissions[role].includes(act));

/** Tells whether an officer may act on what belongs to a region: their own, or one below it; never one above or beside. */
export const mayAct = (officer: Actor, act: Act, regionCode: RegionCode): boolean =>
  hasAct(officer, act) && isWithin(regionCode, officer.regionCode);

/** Refuses what an officer may not do. Throws officer-not-allowed. */
export function checkAct(officer: Actor, act: Act, regionCode: RegionCode): void {
  if (!mayAct(officer, act, regionCode)) throw new AppError('officer-not-allowed');
}

/** Reads roles and keeps the three administrators apart. Throws officer-roles-invalid, officer-duties-conflict. */
export function readRoles(given: readonly string[]): Role[] {
  const known = roles.filter((role) => given.includes(role));
  if (known.length === 0 || known.length !== new Set(given).size) throw new AppError('officer-roles-invalid');
  const duties = new Set(known.flatMap((role) => dutyOf[role] ?? []));
  if (duties.size > 1) throw new AppError('officer-duties-conflict');
  return known;
}

const isOfRegion = (code: CreditCode, regionCode: RegionCode): boolean => {
  const { region } = describeCreditCode(code);
  return isProvincePrefix(region.slice(0, 2)) && isWithin(parseRegionCode(region), regionCode);
};

/**
 * Reads the authority an officer is to act for, one of the officer's region; null when none is given. Throws
 * officer-authority-elsewhere, credit-code-…, organisation-name-invalid.
 */
export function readAuthority(
  given: { code: string; name: string } | undefined,
  regionCode: RegionCode,
  clock: Clock,
): OfficerAuthority | null {
  if (given === undefined || (given.code.trim() === '' && given.name.trim() === '')) return null;
  const code = parseCreditCode(given.code);
  const { name } = parseHolder({ type: '001', code, name: given.name }, clock);
  if (!isOfRegion(code, regionCode)) throw new AppError('officer-authority-elsewhere');
  return { code, name };
}

/** Returns the authority an officer acts for, while it is of the officer's region. Throws officer-no-authority. */
export function authorityOf({
  authority,
  regionCode,
}: Pick<Officer, 'authority' | 'regionCode'>): OfficerAuthority {
  if (authority === null || !isOfRegion(authority.code, regionCode))
    throw new AppError('officer-no-authority');
  return authority;
}

/** Refuses a proof that is too old, or not given yet. Throws officer-proof-stale {freshSeconds}. */
export function checkFresh(clock: Clock, provenAt: Date): void {
  const ageSeconds = (clock.now().getTime() - provenAt.getTime()) / 1000;
  if (!(ageSeconds >= 0 && ageSeconds <= freshSeconds))
    throw new AppError('officer-proof-stale', { freshSeconds });
}

/** The first and last code of a region and all below it. */
export const regionRange = (code: RegionCode): { $gte: string; $lte: string } => {
  const digits = { province: 2, prefecture: 4, county: 6 }[levelOfRegion(code)];
  const prefix = code.slice(0, digits);
  return { $gte: prefix.padEnd(6, '0'), $lte: prefix.padEnd(6, '9') };
};
