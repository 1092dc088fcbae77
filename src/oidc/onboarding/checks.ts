import { isDemanded } from '../profiles.ts';
import { rungOf, type Site } from '../sites.ts';
import type { Conduct, Freshness } from './conduct.ts';
import { kindOf } from './draft.ts';
import type { Probe } from './probe.ts';

/** What is looked at, by the name its words go by. */
export const checkNames = [
  'signIn',
  'redirect',
  'challenge',
  'state',
  'nonce',
  'redeem',
  'pushed',
  'dpop',
  'signed',
  'profile',
  'keys',
  'logout',
  'forgedLogout',
] as const;
export type CheckName = (typeof checkNames)[number];

/** `unseen`: the site has not done it yet, or was not called yet. */
export interface SiteCheck {
  name: CheckName;
  verdict: 'good' | 'bad' | 'unseen';
}

type Verdict = SiteCheck['verdict'];

const freshnessOf = (freshness: Freshness | undefined): Verdict => {
  if (freshness === undefined) return 'unseen';
  return freshness === 'fresh' ? 'good' : 'bad';
};

/** The library compares redirect addresses letter by letter; that it refused one is what shows here. */
const redirectOf = ({ authorized, refused }: Conduct): Verdict => {
  if (refused?.error === 'invalid_redirect_uri') return 'bad';
  return authorized === undefined ? 'unseen' : 'good';
};

const verdictIf = (seen: unknown, isGood: boolean | undefined): Verdict => {
  if (seen === undefined || seen === null) return 'unseen';
  return isGood ? 'good' : 'bad';
};

const logoutOf = (probe: Probe | null, which: 'good' | 'forged', wanted: 'accepted' | 'refused'): Verdict => {
  const answer = probe?.logout?.[which];
  return verdictIf(answer, answer === wanted);
};

type Shown = Partial<Record<'pushed' | 'dpop' | 'signed', Verdict>>;

/** What the rung of a site asks for that shows in its requests. */
const rungRows = (site: Site, { authorized, pushed, redeemed }: Conduct): Shown => {
  const rung = rungOf(site);
  const isSigned = pushed?.signed === true && authorized?.signed === true;
  return {
    ...(isDemanded(rung, 'pushed') ? { pushed: verdictIf(authorized, pushed !== undefined) } : {}),
    ...(isDemanded(rung, 'dpop') ? { dpop: verdictIf(redeemed, redeemed?.dpop) } : {}),
    ...(isDemanded(rung, 'signedRequest') ? { signed: verdictIf(authorized, isSigned) } : {}),
  };
};

/** A site on a server is to stand on a rung of FAPI 2.0 and to have done all that it asks for. */
const profileRow = (site: Site, shown: Shown): Verdict | null => {
  if (kindOf(site) !== 'server') return null;
  const verdicts = Object.values(shown);
  if (!isDemanded(site.profile ?? null, 'dpop') || verdicts.includes('bad')) return 'bad';
  return verdicts.includes('unseen') ? 'unseen' : 'good';
};

/** Judges a site by what it did at its last sign-ins and what calling it showed; a check that its kind has no use for is left out. */
export function judgeSite(site: Site, conduct: Conduct, probe: Probe | null): SiteCheck[] {
  const { authorized, redeemed } = conduct;
  const kind = kindOf(site);
  const shown = rungRows(site, conduct);
  const verdicts: Record<CheckName, Verdict | null> = {
    signIn: authorized === undefined ? 'unseen' : 'good',
    redirect: kind === 'kiosk' ? null : redirectOf(conduct),
    challenge: kind === 'kiosk' ? null : verdictIf(authorized, authorized?.challenged),
    state: kind === 'kiosk' ? null : freshnessOf(authorized?.state),
    nonce: kind === 'kiosk' ? null : freshnessOf(authorized?.nonce),
    redeem: redeemed === undefined ? 'unseen' : 'good',
    pushed: shown.pushed ?? null,
    dpop: shown.dpop ?? null,
    signed: shown.signed ?? null,
    profile: profileRow(site, shown),
    keys: kind === 'server' || kind === 'kiosk' ? verdictIf(probe?.keys, probe?.keys === 'usable') : null,
    logout:
      kind === 'server' || kind === 'browser' ? logoutRow(site, logoutOf(probe, 'good', 'accepted')) : null,
    forgedLogout: site.metadata['backchannel_logout_uri'] ? logoutOf(probe, 'forged', 'refused') : null,
  };
  return checkNames.flatMap((name) => {
    const verdict = verdicts[name];
    return verdict === null ? [] : [{ name, verdict }];
  });
}

/** A server that has no address for sign-out goes on with a session that its person ended. */
const logoutRow = (site: Site, verdict: Verdict): Verdict | null => {
  if (site.metadata['backchannel_logout_uri'] !== undefined) return verdict;
  return kindOf(site) === 'server' ? 'bad' : null;
};
