import type { Account, AccountClaims } from 'oidc-provider';
import {
  answerVerifiedClaims,
  type VerifiableClaim,
  type Verification,
  verifiableClaims,
} from './identity-assurance/verified-claims.ts';

/** The person as claims need them, read from the identity domain. */
export interface Person {
  accountId: string;
  /** Null, like the number, of a person who is not known yet. */
  name: string | null;
  number: string | null;
  birthdate: string | null;
  gender: 'male' | 'female' | null;
  phone: string | null;
  assurance: number;
  /** Null of a person who is not known yet, and of a guest, whom nobody here has checked. */
  verification: Verification | null;
  /** Of a guest: what the sign-in rests on, as sites are told. */
  recognition?: RecognitionClaim;
}

/** Which region vouches for a sign-in, how sure it says to be, what that counts for, and under which agreement. */
export interface RecognitionClaim {
  home_region: string;
  home_acr: string;
  acr: string;
  agreement: string;
  agreement_version: number;
}

/** Finds a person who may sign in; null when there is none or the account is not active. */
export type PeopleLookup = (accountId: string) => Promise<Person | null>;

/**
 * Scope → claims. How and how well the person was authenticated is told to every site; the library adds it. `profile`
 * is what common clients ask for; the ID number stands alone and needs a legal basis.
 */
export const claimsOfScope = {
  openid: ['sub', 'acr', 'amr', 'auth_time', 'recognition', 'act'],
  profile: ['name', 'birthdate', 'gender'],
  name: ['name'],
  birthdate: ['birthdate'],
  phone: ['phone_number', 'phone_number_verified'],
  id_number: ['id_number'],
  assurance: ['assurance_level'],
  acting: ['organisation'],
} as const satisfies Record<string, readonly string[]>;

/** The scopes a site may be registered for. */
export const scopes: readonly string[] = [...Object.keys(claimsOfScope), 'offline_access'];

/** The scopes a department's machine may be registered for; no person is asked, so each call has its own basis. */
export const machineScopes: readonly string[] = [
  'certificate.verify',
  'certificate.query',
  'certificate.issue',
  'directory.push',
  'recognition.verify',
  'recognition.read',
  'signal.receive',
];

const valuesOf = (person: Person): Record<string, string | number | boolean | RecognitionClaim | null> => ({
  name: person.name,
  birthdate: person.birthdate,
  gender: person.gender,
  phone_number: person.phone,
  phone_number_verified: person.phone === null ? null : true,
  id_number: person.number,
  assurance_level: person.assurance,
  recognition: person.recognition ?? null,
});

/** A person's data on its way to a site. */
export interface Disclosure {
  accountId: string;
  clientId: string;
  /** Names of the claims, never their values. */
  claims: string[];
  /** What the person agreed to. */
  grantId: string;
}

/** Writes a disclosure down; the data goes out only once it stands. */
export type DisclosureRecorder = (disclosure: Disclosure) => Promise<void>;

/** What is told to every site of any sign-in is no data about the person beyond it. */
const unrecorded = new Set<string>(claimsOfScope.openid);

/** What an account is told to a site on. */
export interface Release {
  clientId: string;
  grantId: string;
  /** The claims that were agreed to as verified. */
  verified: ReadonlySet<string>;
}

type Wanted = Record<string, unknown>;

/** Picks what scopes and the parameter `claims` name; what was asked as verified stands in an element of its own. */
const claimsFor = (
  person: Person,
  { scope, asked }: { scope: string; asked: Wanted },
  { verified }: Pick<Release, 'verified'>,
  now: Date,
): { claims: AccountClaims; given: string[] } => {
  const values = valuesOf(person);
  const named = scope
    .split(' ')
    .flatMap((name): readonly string[] => claimsOfScope[name as keyof typeof claimsOfScope] ?? []);
  const claims: AccountClaims = { sub: person.accountId };
  for (const name of [...named, ...Object.keys(asked)]) {
    const value = Object.hasOwn(values, name) ? values[name] : null;
    if (value !== undefined && value !== null) claims[name] = value;
  }
  const given = Object.keys(claims).filter((name) => !unrecorded.has(name));
  if (person.verification === null) return { claims, given };
  const agreed = verifiableClaims.filter((name) => verified.has(name) && values[name] !== null);
  const known = Object.fromEntries(agreed.map((name) => [name, values[name]]));
  const told = answerVerifiedClaims(
    asked['verified_claims'],
    person.verification,
    known as Partial<Record<VerifiableClaim, string>>,
    now,
  );
  if (told === null) return { claims, given };
  return {
    claims: { ...claims, verified_claims: told },
    given: [...new Set([...given, ...Object.keys(told.claims), 'verified_claims'])],
  };
};

/**
 * Gives the provider an account whose claims are filtered to what was asked for and agreed to, and recorded before they
 * go out. `release` is read when they do, as the provider knows its grant only then.
 */
export const accountOf = (
  person: Person,
  release: () => Release | null,
  record: DisclosureRecorder,
  now: () => Date,
): Account => ({
  accountId: person.accountId,
  async claims(use, scope, asked): Promise<AccountClaims> {
    const site = release();
    // What scopes name goes out by userinfo; an ID token has of it what `claims` names for it.
    const wanted = { scope: use === 'userinfo' ? scope : 'openid', asked };
    const { claims, given } = claimsFor(person, wanted, site ?? { verified: new Set() }, now());
    if (site !== null && given.length > 0)
      await record({
        accountId: person.accountId,
        clientId: site.clientId,
        grantId: site.grantId,
        claims: given,
      });
    return claims;
  },
});
