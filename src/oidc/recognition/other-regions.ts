/**
 * Sign-in by another region, at the region of the site. Owns this region as a client of the person's home: which regions
 * are offered, the request that goes there (PAR, signed request object, PKCE, DPoP, private_key_jwt), the answer that comes
 * back, and the sessions that rest on it. Owns no account (identity does) and no rule: the gate of recognition decides,
 * before any call and again when the person is back. Control leaves by an address to send the browser to, by what the home
 * vouches for, or by an AppError that leaves the person other ways. RFC 9126, 9101, 9207, 9449 as openid-client and
 * oidc-provider implement them; who is linked to whom, and the members yh_…, are a design of this project.
 */
import type { Site } from '../sites.ts';
import { takeAnswer, type Vouched } from './answer.ts';
import { askHome, decide, type RegionAsking, requestOf } from './ask.ts';
import { createPeerClients, refusalOf } from './peer-client.ts';
import { type AskingWork, type Pending, pendingKey } from './pending.ts';

/** A region whose citizens can sign in. */
export interface HomeRegion {
  entityId: string;
  regionCode: string;
  name: string;
}

/** Why the people of a region that is covered cannot sign in for now, or any more. */
const closings = [
  'agreement_suspended',
  'agreement_terminated',
  'agreement_expired',
  'agreement_status_stale',
] as const;
export type Closing = (typeof closings)[number];

/** A region whose citizens could sign in before. */
export interface ClosedRegion extends HomeRegion {
  closing: Closing;
}

/** A sign-in that waits for the person to come back from home. */
export interface Waiting {
  uid: string;
  clientId: string;
  entityId: string;
  homeRegion: string;
}

/** What can be done about signing in by another region. */
export interface OtherRegions {
  /** Lists the regions that an agreement in force covers for a site; none where the site has no purpose for it. */
  list(site: Site, params: Record<string, unknown>): Promise<HomeRegion[]>;
  /** Lists the regions whose agreement covers the site and is closed now, with why. */
  listClosed(site: Site, params: Record<string, unknown>): Promise<ClosedRegion[]>;
  /** Puts the request to the person's home and returns the address there. Throws other-region-…. */
  begin(asking: RegionAsking): Promise<string>;
  /** Finds which interaction an answer belongs to, by its state; null when none waits for it. */
  find(state: string): Promise<Waiting | null>;
  /** Takes the answer, once. Throws other-region-…. */
  finish(uid: string, answer: URLSearchParams): Promise<Vouched>;
}

/** Opens sign-in by other regions. */
export function createOtherRegions(deps: Omit<AskingWork, 'clients'>): OtherRegions {
  const work: AskingWork = { ...deps, clients: createPeerClients(deps) };
  return {
    async list(site, params) {
      const all = await decideAll(work, site, params);
      return all.flatMap(({ region, decision }) => (decision.admitted ? [region] : []));
    },
    async listClosed(site, params) {
      const all = await decideAll(work, site, params);
      return all.flatMap(({ region, decision }) => {
        const closing = closings.find((code) => !decision.admitted && code === decision.code);
        return closing === undefined ? [] : [{ ...region, closing }];
      });
    },
    begin: (asking) => askHome(work, asking).catch((error) => Promise.reject(refusalOf(error))),
    async find(state) {
      const entry = await deps.ephemeral.get(pendingKey(state));
      if (entry === null) return null;
      const { uid, clientId, entityId, request } = JSON.parse(entry.value) as Pending;
      return { uid, clientId, entityId, homeRegion: request.from };
    },
    finish: (uid, answer) => takeAnswer(work, uid, answer).catch((error) => Promise.reject(refusalOf(error))),
  };
}

const decideAll = async (work: AskingWork, site: Site, params: Record<string, unknown>) => {
  const all = site.purposeCode === undefined ? [] : await work.standings.all();
  return all.map(({ peer: { _id: entityId, regionCode, name }, standings }) => {
    const request = requestOf(work, { homeRegion: regionCode, site, params });
    const { decision } = decide(work, { entityId, standings }, request);
    return { region: { entityId, regionCode, name }, decision };
  });
};
