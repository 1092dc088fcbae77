/**
 * The ladder of what a site that signs people in must do (安全等级). Owns the rungs as a closed table, the client metadata
 * that a rung imposes, and what is wrong with a registration on it. It does not own the requests (profile-requests.ts). The
 * upper rungs are named after the FAPI 2.0 Security Profile and Message Signing, whose texts were not read: what they
 * demand is from memory [M], and that a rung holds all of the one below is a design of this project [D]. Control leaves
 * by values.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Site } from './sites.ts';

/** The rungs, the lowest first. */
export const siteProfiles = ['basic', 'hardened', 'fapi2-security', 'fapi2-message-signing'] as const;
export type SiteProfile = (typeof siteProfiles)[number];

/** Where a new site that keeps a key stands unless it says otherwise. */
export const defaultProfile: SiteProfile = 'fapi2-security';

/** How sites sign what they send: assertions and request objects. */
export const strongAlgorithms: ('ES256' | 'EdDSA' | 'PS256')[] = ['ES256', 'EdDSA', 'PS256'];

const added = {
  basic: ['code', 'challenge'],
  hardened: ['pushed'],
  'fapi2-security': ['key', 'audience', 'dpop', 'refresh'],
  'fapi2-message-signing': ['signedRequest', 'signedResponse', 'signedIntrospection', 'signedUserinfo'],
} as const satisfies Record<SiteProfile, readonly string[]>;

/** One thing that a rung asks for. */
export type Demand = (typeof added)[SiteProfile][number];

const demandsOf = (profile: SiteProfile): readonly Demand[] =>
  siteProfiles.slice(0, siteProfiles.indexOf(profile) + 1).flatMap((rung): readonly Demand[] => added[rung]);

/** Tells whether a rung asks for something; no rung asks for nothing. */
export const isDemanded = (profile: SiteProfile | null, demand: Demand): boolean =>
  profile !== null && demandsOf(profile).includes(demand);

const imposed: Partial<Record<Demand, Record<string, unknown>>> = {
  pushed: { require_pushed_authorization_requests: true },
  key: { token_endpoint_auth_method: 'private_key_jwt' },
  dpop: { dpop_bound_access_tokens: true },
  signedRequest: { require_signed_request_object: true },
  signedResponse: { response_modes: ['jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt'] },
  signedIntrospection: { introspection_signed_response_alg: 'ES256' },
  signedUserinfo: { userinfo_signed_response_alg: 'ES256' },
};

/** The member of a client's metadata that names its rung to the provider. */
export const profileMember = 'yihao_profile';

/** Gives the client metadata that a rung imposes. */
export const metadataOfProfile = (profile: SiteProfile): Record<string, unknown> =>
  Object.assign({ [profileMember]: profile }, ...demandsOf(profile).map((demand) => imposed[demand] ?? {}));

/** Reads the rung of a client of the provider; null for one that has none. */
export const profileOfClient = (client: object | undefined): SiteProfile | null =>
  siteProfiles.find((rung) => rung === (client as Record<string, unknown> | undefined)?.[profileMember]) ??
  null;

/** Tells whether a site keeps no key of its own: a page in the browser, an app. */
const isPublic = ({ metadata }: Site): boolean => metadata['token_endpoint_auth_method'] === 'none';

/** Names the rung of a new site that names none. */
export const firstProfileOf = (site: Site): SiteProfile => (isPublic(site) ? 'basic' : defaultProfile);

const isBelowDefault = (profile: SiteProfile): boolean =>
  siteProfiles.indexOf(profile) < siteProfiles.indexOf(defaultProfile);

/** Tells whether a site has to say why it stands on a rung. */
export const needsReason = (site: Site, profile: SiteProfile): boolean =>
  !isPublic(site) && isBelowDefault(profile);

const isStrong = (algorithm: unknown): boolean => strongAlgorithms.some((strong) => strong === algorithm);

const faultsOfKeys = ({ metadata }: Site): string[] => {
  const { keys } = (metadata['jwks'] ?? {}) as { keys?: { alg?: unknown }[] };
  if (keys === undefined && metadata['jwks_uri'] === undefined)
    return ['metadata.jwks_uri: where the keys of the site are, or jwks with the keys'];
  return (Array.isArray(keys) ? keys : []).flatMap(({ alg }) =>
    alg === undefined || isStrong(alg)
      ? []
      : [`metadata.jwks: a key for ${alg}; ${strongAlgorithms.join(', ')} are taken`],
  );
};

/** Says what is wrong with a registration on its rung; nothing of one that was registered before there was a ladder. */
export function faultsOfProfile(site: Site): string[] {
  const { profile, metadata, unsafeLesserProfileReason: reason = '' } = site;
  if (profile === undefined) return [];
  if (isPublic(site) && !isBelowDefault(profile))
    return [`profile: ${profile} is for sites that keep a key; without one there are basic and hardened`];
  const faults = Object.entries(metadataOfProfile(profile)).flatMap(([member, value]) =>
    metadata[member] === undefined || isDeepStrictEqual(metadata[member], value)
      ? []
      : [`metadata.${member}: the profile ${profile} says what it is; leave it out`],
  );
  if (!['none', 'private_key_jwt'].includes(String(metadata['token_endpoint_auth_method'] ?? 'none')))
    faults.push('metadata.token_endpoint_auth_method: private_key_jwt or none; there are no client secrets');
  for (const member of ['token_endpoint_auth_signing_alg', 'request_object_signing_alg'])
    if (metadata[member] !== undefined && !isStrong(metadata[member]))
      faults.push(`metadata.${member}: one of ${strongAlgorithms.join(', ')}`);
  if (needsReason(site, profile) && !/^[^\p{C}<>]{5,300}$/u.test(reason))
    faults.push(
      `unsafeLesserProfileReason: why a site that keeps a key stays below ${defaultProfile}, 5–300 characters`,
    );
  return isBelowDefault(profile) ? faults : [...faults, ...faultsOfKeys(site)];
}

/** One rung as it is shown: what it adds to the one below, and where it is seen from the site's own. */
export interface Rung {
  profile: SiteProfile;
  demands: readonly Demand[];
  place: 'below' | 'here' | 'next' | 'above';
}

const placeAt = (distance: number): Rung['place'] => {
  if (distance < 0) return 'below';
  if (distance === 0) return 'here';
  return distance === 1 ? 'next' : 'above';
};

/** Lists the rungs as seen from one of them. */
export const ladderFrom = (profile: SiteProfile): Rung[] =>
  siteProfiles.map((rung, height) => ({
    profile: rung,
    demands: added[rung],
    place: placeAt(height - siteProfiles.indexOf(profile)),
  }));
