import {
  type Configuration,
  errors,
  type Grant,
  interactionPolicy,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { type AssuranceLevel, levelOf } from '../../terms/assurance.ts';
import { claimsOfScope } from '../claims.ts';
import { isObject, isVerifiable, type VerifiableClaim } from './verified-claims.ts';

const { Check } = interactionPolicy;

const verifiedClaims = 'verified_claims';

/** The scope a site is registered for that may ask how a person was checked. */
const assuranceScope = 'assurance';

const places = ['userinfo', 'id_token'] as const;
type Places = Partial<Record<(typeof places)[number], unknown>>;

/** Names in a grant a claim that was agreed to as verified. */
const markOf = (claim: string): string => `${verifiedClaims}.${claim}`;

/** Reads from what a grant names the claims that were agreed to as verified. */
export const grantedVerified = (granted: readonly string[]): Set<string> =>
  new Set(
    granted.flatMap((name) =>
      name.startsWith(`${verifiedClaims}.`) ? [name.slice(verifiedClaims.length + 1)] : [],
    ),
  );

/** Keeps in a grant which claims were agreed to as verified. */
export const grantVerified = (grant: Pick<Grant, 'addOIDCClaims'>, claims: readonly string[]): void =>
  grant.addOIDCClaims([verifiedClaims, ...claims.map(markOf)]);

/** Finds the verified claims a request names, wherever it wants them. */
const verifiedAsked = (claims: Places): VerifiableClaim[] => [
  ...new Set(
    places.flatMap((place) => {
      const asked = isObject(claims[place]) ? claims[place][verifiedClaims] : undefined;
      const inner = isObject(asked) && isObject(asked['claims']) ? Object.keys(asked['claims']) : [];
      return inner.filter(isVerifiable);
    }),
  ),
];

const invalid = (description: string): Error => new errors.InvalidRequest(description);

/** Refuses a request for verified claims without the members that the specification requires of one. */
const checkShape = (asked: unknown): void => {
  // The specification takes a list of them too; the library passes one object on and drops a list without a word.
  if (!isObject(asked)) throw invalid('claims: verified_claims is one object here');
  const { verification, claims } = asked;
  if (!isObject(verification) || !('trust_framework' in verification))
    throw invalid('claims: verified_claims.verification names trust_framework at least');
  if (!isObject(claims) || Object.keys(claims).length === 0)
    throw invalid('claims: verified_claims.claims names one claim at least');
};

/**
 * Holds the parameter `claims` to what a site is registered for: otherwise it would be a way round its scopes, and round
 * the law that the ID number needs. An ID number stands in no ID token. Throws invalid_request.
 */
const checkClaims = (claims: Places, scope: string): void => {
  const registered = new Set(scope.split(' '));
  const allowed = new Set<string>(
    Object.entries(claimsOfScope).flatMap(([name, list]) => (registered.has(name) ? [...list] : [])),
  );
  const known = new Set<string>(Object.values(claimsOfScope).flat());
  for (const place of places) {
    const asked = isObject(claims[place]) ? claims[place] : {};
    const verified = asked[verifiedClaims];
    if (verified !== undefined) {
      checkShape(verified);
      if (!registered.has(assuranceScope))
        throw invalid('claims: verified_claims is for sites registered for the scope assurance');
    }
    const named = [...Object.keys(asked), ...verifiedAsked({ [place]: asked })];
    const beyond = named.find((name) => known.has(name) && !allowed.has(name));
    if (beyond !== undefined) throw invalid(`claims: this site is not registered for ${beyond}`);
    if (place === 'id_token' && named.includes('id_number'))
      throw invalid('claims: id_number is told by userinfo only');
  }
};

type ClaimsParameter = NonNullable<NonNullable<Configuration['features']>['claimsParameter']>;

/** Lets sites ask claim by claim (OpenID Connect Core 5.5, known here from memory and the library). */
export const claimsParameter: ClaimsParameter = {
  enabled: true,
  assertClaimsParameter: (_ctx, claims, client) => checkClaims(claims as Places, client.scope ?? ''),
};

/** Asks the person when a claim shall be told as verified and that was not agreed to. */
export const verifiedCheck = new Check(
  'verified_claims_asked',
  'verified claims are not agreed to',
  'consent_required',
  (ctx) => (missingVerified(ctx).length > 0 ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT),
  (ctx) => ({ missingVerifiedClaims: missingVerified(ctx) }),
);

const missingVerified = ({ oidc }: KoaContextWithOIDC): string[] => {
  const granted = grantedVerified(oidc.entities.Grant?.getOIDCClaims() ?? []);
  return verifiedAsked((oidc.claims ?? {}) as Places).filter((claim) => !granted.has(claim));
};

/** Reads the level that a request makes essential, the least of what it names; 1 where it makes none. */
export function essentialLevel({ oidc }: KoaContextWithOIDC): AssuranceLevel {
  const { acr } = (oidc.claims?.id_token ?? {}) as { acr?: unknown };
  if (!isObject(acr) || acr['essential'] !== true) return 1;
  const named = [acr['value'], ...(Array.isArray(acr['values']) ? acr['values'] : [])];
  const levels = named.flatMap((one) => levelOf(String(one)) ?? []);
  return levels.sort((a, b) => a - b)[0] ?? 1;
}
