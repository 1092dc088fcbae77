import type { Provider } from 'oidc-provider';
import { createGuestSessions, type GuestSessions } from './guest-sessions.ts';
import { createHome, type Home } from './home.ts';
import { createOtherRegions, type OtherRegions } from './other-regions.ts';
import type { OtherRegionDeps } from './ports.ts';
import { readSignOutNotice } from './sign-out-notice.ts';
import { createStandings } from './standings.ts';

/** Sign-in between regions, from both ends. */
export interface RegionSignIn {
  /** This region as the home that others ask. */
  home: Home;
  /** The homes that are asked from here. */
  otherRegions: OtherRegions;
  guests: GuestSessions;
  /** Takes a notice that a person signed out at home; false when it is none that counts. */
  takeSignOutNotice(provider: Provider, token: string): Promise<boolean>;
}

/** Opens sign-in between regions. */
export function createRegionSignIn(deps: OtherRegionDeps): RegionSignIn {
  const work = { ...deps, standings: createStandings(deps) };
  const guests = createGuestSessions(work);
  return {
    home: createHome(work),
    otherRegions: createOtherRegions(work),
    guests,
    async takeSignOutNotice(provider, token) {
      const ended = await readSignOutNotice(work, token);
      if (ended === null) return false;
      await guests.endByHome(provider, ended.issuer, ended.sid);
      return true;
    },
  };
}
