import { levelOf } from '../../terms/assurance.ts';
import { isAtLeast, type TrustLevel } from '../../terms/trust-level.ts';
import { type FindMapping, resolveTerms } from '../mapping/rules.ts';
import type { AccessionDocument, FrameworkDocument, Party } from './document.ts';
import type { CertificateTerms, Reservation, Rules, SignInTerms } from './rules.ts';

/**
 * Works out what one member vouches for and another relies on: framework ∩ offer ∩ acceptance − the reservations of both.
 * The most restrictive wins, in each part of each rule. Nothing is passed on: only these two members are in the result,
 * which is empty when one of them did not join this framework, or both are the same. Null when a mapping that is referred
 * to is not here: what the two mean by it cannot be told.
 */
export function rulesUnder(
  framework: { document: FrameworkDocument; digest: string },
  from: AccessionDocument,
  to: AccessionDocument,
  find: FindMapping = () => null,
): Rules | null {
  const ends = { from: from.parties[0].regionCode, to: to.parties[0].regionCode };
  const haveJoined = [from, to].every((accession) => isUnder(framework, accession));
  if (!haveJoined || ends.from === ends.to) return { signIn: [], certificates: [] };
  const lists = [framework.document.terms, from.offers, to.acceptances]
    .map((terms) => resolveTerms(terms, ends, find))
    .filter((terms) => terms !== null);
  if (lists.length < 3) return null;
  const reservations = [...from.reservations, ...to.reservations];
  const signIn = meetAll(
    lists.map((terms) => terms.signIn),
    meetSignIn,
  );
  const certificates = meetAll(
    lists.map((terms) => terms.certificates),
    meetCertificate,
  );
  return {
    signIn: signIn
      .map((terms) => reservations.reduce(exceptSignIn, terms))
      .filter(({ purposes }) => purposes.length > 0)
      .map((terms) => ({ ...ends, ...terms })),
    certificates: certificates
      .map((terms) => reservations.reduce(exceptCertificate, terms))
      .filter(({ purposes, channels }) => purposes.length > 0 && channels.length > 0)
      .map((terms) => ({ ...ends, ...terms })),
  };
}

/** Whether a member joined this very text, under its operator. */
function isUnder(
  { document, digest }: { document: FrameworkDocument; digest: string },
  { framework, parties: [, operator] }: AccessionDocument,
): boolean {
  const { id, version, parties } = document;
  return (
    framework.id === id &&
    framework.version === version &&
    framework.digest === digest &&
    isSame(parties[0], operator)
  );
}

const isSame = (a: Party, b: Party): boolean => a.entityId === b.entityId && a.regionCode === b.regionCode;

/** Meets every rule of every list with every one of the next; those that do not meet fall out. */
const meetAll = <T>([first = [], ...others]: T[][], meet: (a: T, b: T) => T | null): T[] =>
  others.reduce((left, right) => left.flatMap((a) => right.flatMap((b) => meet(a, b) ?? [])), first);

/** Meets two sets of sign-in terms: of each part the more restrictive. */
export const meetSignIn = (a: SignInTerms, b: SignInTerms): SignInTerms => ({
  levelMap: meetMaps(a.levelMap, b.levelMap, lowerAcr),
  minimumLevel: higherAcr(a.minimumLevel, b.minimumLevel),
  maximumLevel: lowerAcr(a.maximumLevel, b.maximumLevel),
  claims: both(a.claims, b.claims),
  purposes: both(a.purposes, b.purposes),
  maximumAuthenticationAgeSeconds: Math.min(
    a.maximumAuthenticationAgeSeconds,
    b.maximumAuthenticationAgeSeconds,
  ),
});

/** Meets two sets of certificate terms as meetSignIn does; null when they are not about the same. */
export const meetCertificate = (a: CertificateTerms, b: CertificateTerms): CertificateTerms | null => {
  if (a.type !== b.type || a.as !== b.as) return null;
  // A field that the two call by different names is one that they do not agree on.
  const fields = both(a.fields, b.fields).filter(
    (field) => (a.fieldMap[field] ?? field) === (b.fieldMap[field] ?? field),
  );
  return {
    type: a.type,
    as: a.as,
    fields,
    fieldMap: Object.fromEntries(Object.entries(a.fieldMap).filter(([field]) => fields.includes(field))),
    trustMap: meetMaps(a.trustMap, b.trustMap, lowerTrust),
    purposes: both(a.purposes, b.purposes),
    minimumLevel: higherAcr(a.minimumLevel, b.minimumLevel),
    consent: a.consent === 'explicit' ? a.consent : b.consent,
    channels: both(a.channels, b.channels),
    maximumStatusAgeSeconds: Math.min(a.maximumStatusAgeSeconds, b.maximumStatusAgeSeconds),
    retentionDays: Math.min(a.retentionDays, b.retentionDays),
    requestsPerMinute: Math.min(a.requestsPerMinute, b.requestsPerMinute),
  };
};

const exceptSignIn = (terms: SignInTerms, reservation: Reservation): SignInTerms => {
  if (reservation.kind !== 'sign-in') return terms;
  const { purposes, claims } = reservation;
  const isWhole = purposes.length === 0 && claims.length === 0;
  return {
    ...terms,
    purposes: isWhole ? [] : without(terms.purposes, purposes),
    claims: without(terms.claims, claims),
  };
};

const exceptCertificate = (terms: CertificateTerms, reservation: Reservation): CertificateTerms => {
  if (reservation.kind !== 'certificate' || reservation.type !== terms.type) return terms;
  const { purposes, fields } = reservation;
  const isWhole = purposes.length === 0 && fields.length === 0;
  return {
    ...terms,
    purposes: isWhole ? [] : without(terms.purposes, purposes),
    fields: without(terms.fields, fields),
    fieldMap: Object.fromEntries(Object.entries(terms.fieldMap).filter(([field]) => !fields.includes(field))),
  };
};

const both = <T>(a: readonly T[], b: readonly T[]): T[] => a.filter((item) => b.includes(item));
const without = <T>(list: readonly T[], taken: readonly T[]): T[] =>
  list.filter((item) => !taken.includes(item));

/** Keeps what both maps know, at the lower of the two. */
const meetMaps = <K extends string, V>(
  a: Partial<Record<K, V>>,
  b: Partial<Record<K, V>>,
  lower: (a: V, b: V) => V,
): Partial<Record<K, V>> => {
  const met: Partial<Record<K, V>> = {};
  for (const key of Object.keys(a) as K[]) {
    const [left, right] = [a[key], b[key]];
    if (left !== undefined && right !== undefined) met[key] = lower(left, right);
  }
  return met;
};

const lowerAcr = (a: string, b: string): string => ((levelOf(a) ?? 0) <= (levelOf(b) ?? 0) ? a : b);
const higherAcr = (a: string, b: string): string => (lowerAcr(a, b) === a ? b : a);

const lowerTrust = (a: TrustLevel, b: TrustLevel): TrustLevel => (isAtLeast(a, b) ? b : a);
