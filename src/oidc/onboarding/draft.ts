import { AppError } from '../../base/error.ts';
import { type AssuranceLevel, acrOf } from '../../terms/assurance.ts';
import { scopes } from '../claims.ts';
import { deviceGrant } from '../device/registration.ts';
import { defaultProfile, needsReason, type SiteProfile } from '../profiles.ts';
import { faultsOfSite, rungOf, type Site } from '../sites.ts';

/** What a site runs on: a server with a key, a page in the browser, an app, a kiosk (自助终端). */
export const siteKinds = ['server', 'browser', 'native', 'kiosk'] as const;
export type SiteKind = (typeof siteKinds)[number];

/** What a developer says of a site; addresses and keys as text, one a line. */
export interface SiteDraft {
  /** What its client identifier is made of: the sandbox has `.sandbox` after it. */
  siteId: string;
  nameZh: string;
  nameEn: string;
  department: string;
  purpose: string;
  kind: SiteKind;
  /** The rung of a site on a server; what keeps no key is on the lowest, unless it asks to push its requests. */
  profile: SiteProfile;
  /** Why a site on a server stands below the default rung; empty when it does not. */
  lesserProfileReason: string;
  homeUrl: string;
  redirectUris: string;
  postLogoutUris: string;
  logoutUri: string;
  jwksUri: string;
  /** A JWK set, pasted; of it and the address one is given. */
  jwks: string;
  scopes: readonly string[];
  level: AssuranceLevel;
  /** The law that lets the site have ID numbers; empty when it does not ask for them. */
  idNumberBasis: string;
  placeZh: string;
  placeEn: string;
}

/** The scopes a developer may ask for. */
export const offeredScopes: readonly string[] = scopes.filter((scope) => scope !== 'openid');

const refuse = (fault: string): AppError => new AppError('site-registration-invalid', { fault });

const linesOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/** An address as a site may register it: https, http to this very machine in a sandbox, an app’s own scheme for an app. */
const checkAddress = (
  text: string,
  field: string,
  { kind, local }: { kind: SiteKind; local: boolean },
): string => {
  const { protocol, hostname, hash, username } = URL.canParse(text) ? new URL(text) : new URL('x:');
  const isLocal = protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const isApp = kind === 'native' && /^[a-z][\w.+-]*\.[\w.+-]+:$/.test(protocol);
  const isGood =
    (protocol === 'https:' || isApp || (isLocal && (local || kind === 'native'))) && !hash && !username;
  if (!isGood) throw refuse(`${field}: https, no fragment${local ? '; http on localhost' : ''}`);
  return text;
};

/** Reads a pasted key set. A private key that was pasted by mistake is refused and not kept. */
const readKeys = (text: string): { keys: object[] } => {
  let set: { keys?: unknown };
  try {
    set = JSON.parse(text) as { keys?: unknown };
  } catch {
    throw refuse('jwks: {"keys": […]}');
  }
  const keys = Array.isArray(set?.keys) ? (set.keys as object[]) : [];
  if (keys.length === 0 || keys.length > 5) throw refuse('jwks: {"keys": […]}, 1–5');
  const isPublic = (key: object): boolean =>
    key !== null && typeof key === 'object' && !('d' in key || 'k' in key);
  if (!keys.every(isPublic)) throw refuse('jwks: public keys only; make a new key, this one is known now');
  return { keys };
};

const keysOf = (draft: SiteDraft, local: boolean): Record<string, unknown> => {
  if (draft.jwksUri) return { jwks_uri: checkAddress(draft.jwksUri, 'jwks_uri', { kind: 'server', local }) };
  return { jwks: readKeys(draft.jwks) };
};

const metadataOf = (draft: SiteDraft, local: boolean): Record<string, unknown> => {
  const { kind, level } = draft;
  const isConfidential = kind === 'server' || kind === 'kiosk';
  const at = { kind, local };
  const uris = (text: string, field: string): string[] =>
    linesOf(text).map((uri) => checkAddress(uri, field, at));
  return {
    grant_types: kind === 'kiosk' ? [deviceGrant] : ['authorization_code', 'refresh_token'],
    scope: ['openid', ...draft.scopes].join(' '),
    ...(kind === 'kiosk' ? {} : { redirect_uris: uris(draft.redirectUris, 'redirect_uris') }),
    ...(draft.postLogoutUris && kind !== 'kiosk'
      ? { post_logout_redirect_uris: uris(draft.postLogoutUris, 'post_logout_redirect_uris') }
      : {}),
    ...(draft.logoutUri
      ? {
          backchannel_logout_uri: checkAddress(draft.logoutUri, 'backchannel_logout_uri', {
            kind: 'server',
            local,
          }),
        }
      : {}),
    ...(isConfidential ? keysOf(draft, local) : { token_endpoint_auth_method: 'none' }),
    ...(kind === 'native' ? { application_type: 'native' } : {}),
    ...(kind === 'kiosk' ? { kiosk_place: { zh: draft.placeZh, en: draft.placeEn } } : {}),
    ...(level > 1 ? { default_acr_values: [acrOf(level)] } : {}),
  };
};

/** What a draft says of the rung: a site without a key has one of the two lowest, a kiosk none. */
const rungIn = (
  { kind, profile, lesserProfileReason: reason }: SiteDraft,
  site: Site,
): Pick<Site, 'profile' | 'unsafeLesserProfileReason'> => {
  if (kind === 'kiosk') return {};
  if (kind !== 'server') return { profile: profile === 'hardened' ? profile : 'basic' };
  return needsReason(site, profile) ? { profile, unsafeLesserProfileReason: reason } : { profile };
};

/**
 * Makes a registration of what a developer said; `local` lets addresses of this machine pass. Throws
 * site-registration-invalid {fault}.
 */
export function readDraft(
  draft: SiteDraft,
  { clientId, developers, local }: { clientId: string; developers: string[]; local: boolean },
): Site {
  if (!/^[a-z][a-z0-9-]{2,40}$/.test(draft.siteId)) throw refuse('siteId: a–z, 0–9, -, 3–41');
  for (const field of ['nameZh', 'nameEn', 'department', 'purpose'] as const)
    if (!/^[^\p{C}<>]{2,100}$/u.test(draft[field])) throw refuse(`${field}: 2–100`);
  const described: Site = {
    clientId,
    name: { zh: draft.nameZh, en: draft.nameEn },
    department: draft.department,
    purpose: draft.purpose,
    homeUrl: checkAddress(draft.homeUrl, 'homeUrl', { kind: 'server', local }),
    enabled: true,
    legalBasis: draft.idNumberBasis ? { id_number: draft.idNumberBasis } : {},
    metadata: metadataOf(draft, local),
    developers,
  };
  const site = { ...described, ...rungIn(draft, described) };
  const [fault] = faultsOfSite(site);
  if (fault !== undefined) throw refuse(fault);
  return site;
}

/** Says of a registration what its developer said, for a form that changes it. */
export function draftOf(site: Site, siteId: string): SiteDraft {
  const { metadata, name, department, purpose, homeUrl, legalBasis } = site;
  const text = (key: string): string => String(metadata[key] ?? '');
  const list = (key: string): string[] => (Array.isArray(metadata[key]) ? metadata[key].map(String) : []);
  const place = (metadata['kiosk_place'] ?? {}) as { zh?: string; en?: string };
  return {
    siteId,
    nameZh: name.zh,
    nameEn: name.en,
    department,
    purpose,
    kind: kindOf(site),
    profile: rungOf(site) ?? defaultProfile,
    lesserProfileReason: site.unsafeLesserProfileReason ?? '',
    homeUrl,
    redirectUris: list('redirect_uris').join('\n'),
    postLogoutUris: list('post_logout_redirect_uris').join('\n'),
    logoutUri: text('backchannel_logout_uri'),
    jwksUri: text('jwks_uri'),
    jwks: metadata['jwks'] === undefined ? '' : JSON.stringify(metadata['jwks'], null, 2),
    scopes: text('scope')
      .split(' ')
      .filter((scope) => scope !== 'openid'),
    level: (Number(list('default_acr_values')[0]?.slice(-1) ?? 1) || 1) as AssuranceLevel,
    idNumberBasis: legalBasis['id_number'] ?? '',
    placeZh: place.zh ?? '',
    placeEn: place.en ?? '',
  };
}

/** Tells what a site runs on. */
export function kindOf({ metadata }: Site): SiteKind {
  const grants = metadata['grant_types'];
  if (Array.isArray(grants) && grants.includes(deviceGrant)) return 'kiosk';
  if (metadata['application_type'] === 'native') return 'native';
  return metadata['token_endpoint_auth_method'] === 'none' ? 'browser' : 'server';
}
