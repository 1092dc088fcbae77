import type { Context } from 'koa';
import { offeredScopes, type SiteDraft, siteKinds, siteProfiles } from '../../oidc/index.ts';
import type { AssuranceLevel } from '../../terms/assurance.ts';
import { field } from '../form.ts';

/** What the form of a new site shows first. */
export const emptyDraft: SiteDraft = {
  siteId: '',
  nameZh: '',
  nameEn: '',
  department: '',
  purpose: '',
  kind: 'server',
  profile: 'fapi2-security',
  lesserProfileReason: '',
  homeUrl: '',
  redirectUris: '',
  postLogoutUris: '',
  logoutUri: '',
  jwksUri: '',
  jwks: '',
  scopes: ['name'],
  level: 1,
  idNumberBasis: '',
  placeZh: '',
  placeEn: '',
};

const levels: readonly AssuranceLevel[] = [1, 2, 3, 4];

/** Reads the form of a site as it was typed; what is wrong in it the registration says. */
export function readForm(ctx: Context): SiteDraft {
  const line = (name: string): string => field(ctx, name).trim();
  return {
    siteId: line('siteId'),
    nameZh: line('nameZh'),
    nameEn: line('nameEn'),
    department: line('department'),
    purpose: line('purpose'),
    kind: siteKinds.find((kind) => kind === line('kind')) ?? 'server',
    profile: siteProfiles.find((profile) => profile === line('profile')) ?? emptyDraft.profile,
    lesserProfileReason: line('lesserProfileReason'),
    homeUrl: line('homeUrl'),
    redirectUris: line('redirectUris'),
    postLogoutUris: line('postLogoutUris'),
    logoutUri: line('logoutUri'),
    jwksUri: line('jwksUri'),
    jwks: line('jwks'),
    scopes: offeredScopes.filter((scope) => line(`scope_${scope}`) === 'yes'),
    level: levels.find((level) => String(level) === line('level')) ?? 1,
    idNumberBasis: line('idNumberBasis'),
    placeZh: line('placeZh'),
    placeEn: line('placeEn'),
  };
}
