import type { Config } from '../config/index.ts';
import { agreementHandlers } from './agreement-proposals.ts';
import type { House } from './house.ts';
import { mandateHandlers } from './mandate-proposals.ts';
import { mappingHandlers } from './mapping-proposals.ts';
import { recoveryHandlers } from './recovery-proposals.ts';
import { siteHandlers } from './site-proposals.ts';
import { createStaff, type Staff, type StaffDeps } from './staff/index.ts';
import { parseRegionCode } from './terms/region-code.ts';
import { typeHandlers } from './type-proposals.ts';

/** What officers decide about beside themselves; each kind of proposal is handled by one of these. */
type Decided = Pick<House, 'recognition' | 'directory' | 'onboarding' | 'sites' | 'identity' | 'mandates'>;

/** Opens the domain of officers, and gives every kind of proposal its handler. */
export function openStaff({
  config,
  recognition,
  directory,
  onboarding,
  sites,
  identity,
  mandates,
  ...deps
}: Omit<StaffDeps, 'regionCode' | 'handlers' | 'accountStanding'> & Decided & { config: Config }): Staff {
  const handlers = {
    ...agreementHandlers({ recognition, clock: deps.clock, entityId: config.issuer }),
    ...typeHandlers(directory),
    ...mappingHandlers(recognition),
    ...siteHandlers(onboarding, sites),
    ...recoveryHandlers(identity),
    ...mandateHandlers(mandates),
  };
  const accountStanding: StaffDeps['accountStanding'] = async (accountId) => {
    const found = await identity.findAccount(accountId);
    return found && { isActive: found.status === 'active', level: found.assurance };
  };
  return createStaff({ ...deps, accountStanding, regionCode: parseRegionCode(config.region.code), handlers });
}
