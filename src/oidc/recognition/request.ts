import type { SignInRequest } from '../../recognition/index.ts';
import { claimsOfScope } from '../claims.ts';

/** What a request between regions says beside OpenID Connect: names and form are a design of this project. */
export const regionParameters = [
  'yh_agreement',
  'yh_digest',
  'yh_purpose',
  'yh_level',
  'yh_path',
  'yh_requester',
];

/** Who asks behind the other region, as it tells the person's home. */
export interface Requester {
  site: { zh: string; en: string };
  department: string;
  purpose: string;
}

/** The claims that one region can release to another, and the scope of each. */
const scopeOfClaim = {
  name: 'name',
  birthdate: 'birthdate',
  phone_number: 'phone',
  id_number: 'id_number',
} as const;
export type RegionClaim = keyof typeof scopeOfClaim;

const isRegionClaim = (claim: string): claim is RegionClaim => Object.hasOwn(scopeOfClaim, claim);

/** Lists the claims of a scope that one region can ask another for. */
export const regionClaimsOf = (scope: string): RegionClaim[] => {
  const named = scope
    .split(' ')
    .flatMap((name): readonly string[] => claimsOfScope[name as keyof typeof claimsOfScope] ?? []);
  return [...new Set(named)].filter(isRegionClaim);
};

/** Writes the scope that asks for claims. */
export const scopeOf = (claims: readonly string[]): string =>
  ['openid', ...claims.filter(isRegionClaim).map((claim) => scopeOfClaim[claim])].join(' ');

/** Names the address that a sign-in comes back to: one for each home region, so that none answers for another. */
export const callbackAddress = (issuer: string, homeRegionCode: string): string =>
  `${issuer}/other-region/callback/${homeRegionCode}`;

/** Where the home region tells that a person signed out. */
export const signOutPath = '/other-region/sign-out';

/** Tells whether a client is another region: its identifier is an address, and no site's is. */
export const isRegionClient = (clientId: string): boolean => clientId.includes('://');

/** Reads a request of another region as the gate judges it, before the person has signed in. */
export function readRegionRequest(
  said: Record<string, unknown>,
  route: { from: string; to: string },
): SignInRequest & { agreementId: string } {
  const text = (name: string): string => (typeof said[name] === 'string' ? said[name] : '');
  return {
    kind: 'sign-in',
    ...route,
    agreementId: text('yh_agreement'),
    agreementDigest: text('yh_digest'),
    purpose: text('yh_purpose'),
    claims: regionClaimsOf(text('scope')),
    level: null,
    wantedLevel: text('yh_level') || null,
    path: text('yh_path').split(' '),
    isBrokered: false,
  };
}

const mostCharacters = 200;
const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, mostCharacters) : '');

/** Reads who asks behind another region; null for anything else. */
export function readRequester(said: unknown): Requester | null {
  try {
    const { site, department, purpose } = JSON.parse(String(said)) as Partial<Requester>;
    const [zh, en] = [textOf(site?.zh), textOf(site?.en)];
    if (zh === '') return null;
    return { site: { zh, en: en || zh }, department: textOf(department), purpose: textOf(purpose) };
  } catch {
    return null;
  }
}
