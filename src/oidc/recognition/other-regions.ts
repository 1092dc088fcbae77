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
    list: (site, params) => list(work, site, params),
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

const list = async (work: AskingWork, site: Site, params: Record<string, unknown>): Promise<HomeRegion[]> => {
  const peers = site.purposeCode === undefined ? [] : await work.standings.peers();
  const decided = await Promise.all(
    peers.map(async ({ _id, regionCode, name }) => {
      const request = requestOf(work, { homeRegion: regionCode, site, params });
      const { decision } = await decide(work, _id, request);
      return decision.admitted ? [{ entityId: _id, regionCode, name }] : [];
    }),
  );
  return decided.flat();
};
