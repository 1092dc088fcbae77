import { AppError } from '../../base/error.ts';
import type { AccountProfile } from '../../identity/index.ts';
import type { PortalDeps } from './deps.ts';
import type { Visit } from './visit.ts';

/** The person of a visit as the directory and the ledger know them. */
export interface Holder {
  profile: AccountProfile;
  holder: { type: string; code: string };
  holderIndex: string;
}

/** The type of holder code of a citizen number (居民身份证号码). */
const citizenNumberType = '111';

/** Finds who visits. Throws account-not-active. */
export async function holderOf(deps: PortalDeps, visit: Visit): Promise<Holder> {
  const profile = await deps.identity.findAccount(visit.accountId);
  if (profile === null || profile.status !== 'active') throw new AppError('account-not-active');
  const holder = { type: citizenNumberType, code: profile.number };
  return { profile, holder, holderIndex: deps.directory.holderIndexOf(holder) };
}
