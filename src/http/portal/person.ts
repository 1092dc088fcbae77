import { AppError } from '../../base/error.ts';
import type { Person } from '../../consent/index.ts';
import { type AccountProfile, isKnown, type KnownPerson } from '../../identity/index.ts';
import type { PortalDeps } from './deps.ts';
import type { Visit } from './visit.ts';

/** The person of a visit as the directory and the ledger know them. */
export interface Holder {
  profile: KnownPerson;
  holder: { type: string; code: string };
  holderIndex: string;
}

/** The type of holder code of a citizen number (居民身份证号码). */
const citizenNumberType = '111';

/** Finds the account of who visits. Throws account-not-active. */
export async function profileOf(deps: PortalDeps, visit: Pick<Visit, 'accountId'>): Promise<AccountProfile> {
  const profile = await deps.identity.findAccount(visit.accountId);
  if (profile === null || profile.status !== 'active') throw new AppError('account-not-active');
  return profile;
}

/** Finds who visits. Throws account-not-active, and person-not-known of one who is not known by name and number. */
export async function holderOf(deps: PortalDeps, visit: Visit): Promise<Holder> {
  const profile = await profileOf(deps, visit);
  if (!isKnown(profile)) throw new AppError('person-not-known');
  const holder = { type: citizenNumberType, code: profile.number };
  return { profile, holder, holderIndex: deps.directory.holderIndexOf(holder) };
}

/**
 * Names the person by all that records may know them by: the account, the number, and the accounts as a guest that they
 * linked. Throws what holderOf throws.
 */
export async function personOf(deps: PortalDeps, visit: Visit): Promise<Person> {
  const { accountId } = visit;
  const [{ holderIndex }, links] = await Promise.all([
    holderOf(deps, visit),
    deps.identity.listRegionLinks(accountId),
  ]);
  return { accountId, holderIndex, guestIds: links.map(({ guestId }) => guestId) };
}
