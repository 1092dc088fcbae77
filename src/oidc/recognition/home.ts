/**
 * Sign-in for another region, at the person's home. Owns the other region as a client (its metadata follows from the
 * agreement and its signed keys; no record of it is kept), what its requests must say, and which sessions are vouched for:
 * never one that another region vouched for. Owns no rule: the gate of recognition decides. The client is there only while
 * an agreement stands, so tokens die with it; the reason is told by the check of the request. Control leaves by the
 * provider's settings and answers. Measured with oidc-provider 9.13.3: the check alone leaves issued tokens alive [M].
 */
import {
  type AdapterPayload,
  type Configuration,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { isLinkedAccount } from '../../identity/index.ts';
import { admit, isStandingOf, type PeerRecord, type RefusalCode } from '../../recognition/index.ts';
import { ownClientId } from '../own-site.ts';
import { assertSignedRequest } from '../profile-requests.ts';
import type { Site, SiteStore } from '../sites.ts';
import { countAnswered } from './counted.ts';
import type { OtherRegionDeps } from './ports.ts';
import {
  callbackAddress,
  isRegionClient,
  readRegionRequest,
  readRequester,
  regionParameters,
  scopeOf,
  signOutPath,
} from './request.ts';
import type { Standings } from './standings.ts';

const { Check } = interactionPolicy;

/** What the provider is told of other regions as its clients. */
export interface Home {
  /** Adds the other regions to the sites; one whose agreement does not stand is there, and not enabled. */
  withRegions(sites: SiteStore): SiteStore;
  requestObjects: NonNullable<NonNullable<Configuration['features']>['requestObjects']>;
  extraParams: string[];
  loginCheck: interactionPolicy.Check;
  /** Counts a sign-in that was answered with a code. */
  countAnswered(ctx: Partial<KoaContextWithOIDC>): Promise<void>;
}

type HomeDeps = Pick<OtherRegionDeps, 'self' | 'clock' | 'traffic'> & { standings: Standings };

/** Opens this region as the home that others ask. */
export function createHome(deps: HomeDeps): Home {
  return {
    withRegions: (sites) => ({
      ...sites,
      find: async (id) => (isRegionClient(id) ? findRegion(deps, id) : sites.find(id)),
      findClient: async (id) => (isRegionClient(id) ? findRegionClient(deps, id) : sites.findClient(id)),
    }),
    requestObjects: {
      enabled: true,
      assertJwtClaimsAndHeader: async ({ oidc }, claims, _header, client) => {
        if (!isRegionClient(client.clientId)) {
          // What a site pushed, the library keeps in this form too.
          if (oidc.entities.PushedAuthorizationRequest !== undefined) return;
          // A counter names a person in one.
          if (oidc.route === 'backchannel_authentication') return;
          return assertSignedRequest(claims, client);
        }
        const refusal = await refusalOf(deps, client.clientId, claims);
        if (refusal === null) return;
        const words = 'no agreement between the regions covers this request';
        throw new errors.CustomOIDCProviderError(refusal, words);
      },
    },
    extraParams: [...regionParameters],
    loginCheck: new Check('own_citizen', 'a sign-in of this region is required', 'login_required', (ctx) =>
      needsOwnSignIn(deps, ctx),
    ),
    countAnswered: (ctx) => countAnswered(deps, ctx),
  };
}

/** Adds to the site that a region is what it says of who asks behind it. */
export function siteBehind(region: Site, params: Record<string, unknown>): Site {
  const requester = isRegionClient(region.clientId) ? readRequester(params['yh_requester']) : null;
  if (requester === null) return region;
  const { site, department, purpose } = requester;
  return {
    ...region,
    name: { zh: `${region.name.zh}的${site.zh}`, en: `${site.en} (${region.name.en})` },
    department,
    purpose,
  };
}

/** Judges a request of another region and counts a refusal; null when it is admitted. */
const refusalOf = async (
  { self, clock, standings, traffic }: HomeDeps,
  entityId: string,
  said: Record<string, unknown>,
): Promise<RefusalCode | null> => {
  const peer = await standings.peer(entityId);
  const route = { from: self.regionCode, to: peer?.regionCode ?? '' };
  const { agreementId, ...request } = readRegionRequest(said, route);
  const standing = await standings.standing(agreementId);
  // Whoever names an agreement that is none of theirs is not counted under it.
  if (peer === null || standing === null || !isStandingOf(standing, entityId, self.issuer))
    return 'agreement_not_found';
  const decision = admit(standing, request, clock.now());
  if (decision.admitted) return null;
  await traffic.count({ agreementId, side: 'home', cause: decision.code });
  return decision.code;
};

/**
 * What other regions vouched for is not vouched for again, and our own pages are for our own citizens: both ask for a
 * sign-in of this region. A session that is ours is judged by the gate once more, as time has passed since the request.
 */
const needsOwnSignIn = async (deps: HomeDeps, { oidc }: KoaContextWithOIDC): Promise<boolean> => {
  const { clientId } = oidc.client ?? { clientId: '' };
  const accountId = oidc.session?.accountId;
  const isRegion = isRegionClient(clientId);
  if (accountId === undefined || !(isRegion || clientId === ownClientId)) return Check.NO_NEED_TO_PROMPT;
  if (isLinkedAccount(accountId)) {
    if (oidc.result?.['login'] === undefined) return Check.REQUEST_PROMPT;
    throw new errors.AccessDenied('federation_loop');
  }
  const refusal = isRegion ? await refusalOf(deps, clientId, oidc.params ?? {}) : null;
  if (refusal !== null) throw new errors.AccessDenied(refusal);
  return Check.NO_NEED_TO_PROMPT;
};

/** Finds the claims of the sign-in rules that stand for a region now; null when none does. */
const claimsFor = async (
  { self, clock, standings }: HomeDeps,
  { _id, regionCode }: PeerRecord,
): Promise<string[] | null> => {
  const now = clock.now();
  const route = { from: self.regionCode, to: regionCode };
  const standing = (await standings.towards(regionCode)).filter((one) => isStandingOf(one, _id, self.issuer));
  const rules = standing.flatMap((one) =>
    one.rules.signIn.filter(({ from, to, purposes: [purpose] }) => {
      if (from !== route.from || to !== route.to || purpose === undefined) return false;
      const asked = { kind: 'sign-in', agreementDigest: null, ...route, purpose, claims: [] } as const;
      const before = { level: null, wantedLevel: null, path: [route.to], isBrokered: false };
      return admit(one, { ...asked, ...before }, now).admitted;
    }),
  );
  return rules.length === 0 ? null : [...new Set(rules.flatMap(({ claims }) => claims))];
};

const findRegion = async (deps: HomeDeps, entityId: string): Promise<Site | null> => {
  const peer = await deps.standings.peer(entityId);
  if (peer === null) return null;
  return {
    clientId: entityId,
    name: { zh: peer.name, en: peer.name },
    department: peer.name,
    purpose: '跨地区登录',
    homeUrl: `${entityId}/`,
    enabled: (await claimsFor(deps, peer)) !== null,
    legalBasis: {},
    metadata: {},
  };
};

const findRegionClient = async (deps: HomeDeps, entityId: string): Promise<AdapterPayload | null> => {
  const peer = await deps.standings.peer(entityId);
  const claims = peer && (await claimsFor(deps, peer));
  if (peer === null || claims === null) return null;
  return {
    client_id: entityId,
    client_name: peer.name,
    client_uri: entityId,
    redirect_uris: [callbackAddress(entityId, deps.self.regionCode)],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    authorization_details_types: [],
    scope: scopeOf(claims),
    subject_type: 'pairwise',
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    request_object_signing_alg: 'ES256',
    id_token_signed_response_alg: 'ES256',
    require_signed_request_object: true,
    require_pushed_authorization_requests: true,
    dpop_bound_access_tokens: true,
    backchannel_logout_uri: `${entityId}${signOutPath}`,
    backchannel_logout_session_required: true,
    jwks: { keys: await deps.standings.signingKeys(entityId) },
  };
};
