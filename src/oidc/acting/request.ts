import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { covers, type StandingMandate } from '../../identity/index.ts';

/** Whom a site lets a person act for: themselves, an organisation (法人), another person (family). */
export const actingKinds = ['self', 'organisation', 'person'] as const;
export type ActingKind = (typeof actingKinds)[number];

/** What a site asks about whom its person acts for. */
export interface ActingAsked {
  kinds: readonly ActingKind[];
  /** The service item it is for; null when the site names none. */
  item: string | null;
}

/** The scope a site is registered for to ask at all; it brings the claim `organisation`. */
export const actingScope = 'acting';

/** The parameters of a request beside the standard's; a design of this project [D]. */
export const actingParameters: readonly string[] = ['acting', 'acting_item'];

/** Reads what a request asks; null when it asks nothing, and the person acts for themselves. Throws invalid_request. */
export function readActing({ oidc }: KoaContextWithOIDC): ActingAsked | null {
  const { acting, acting_item: item } = (oidc.params ?? {}) as Record<string, unknown>;
  if (acting === undefined && item === undefined) return null;
  if (!oidc.requestParamScopes.has(actingScope))
    throw new errors.InvalidRequest(`acting asks for the scope ${actingScope} too`);
  const named = String(acting ?? '').split(' ');
  const kinds = actingKinds.filter((kind) => named.includes(kind));
  if (kinds.length === 0 || kinds.length < named.length)
    throw new errors.InvalidRequest(`acting names each once, of ${actingKinds.join(', ')}`);
  if (item !== undefined && !/^[0-9A-Za-z-]{1,64}$/.test(String(item)))
    throw new errors.InvalidRequest('acting_item is the code of a service item');
  return { kinds, item: item === undefined ? null : String(item) };
}

/** Tells whether a mandate is what a site asks for. */
export const fits = ({ kinds, item }: ActingAsked, mandate: StandingMandate): boolean =>
  kinds.includes(mandate.principal.kind) && covers(mandate, item);
