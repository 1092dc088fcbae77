/**
 * Frameworks that many regions join. Owns the list by which the operator vouches for the members, how texts and chains
 * reach members that have no agreement with each other, and what two members stand on; owns no text, no chain and no act
 * of an officer (agreement/ has them: joining is an agreement between member and operator), and sends nothing (link/ does).
 * The list is a JWS (RFC 7515, from memory) by the operator's agreement key; its name, its members and its times are a
 * design of this project. Control leaves by a value, or by an AppError with a code.
 */
import { z } from 'zod';
import {
  canonicalBytes,
  digestOf,
  type JsonObject,
  type PublicEcJwk,
  publicEcPart,
  thumbprintOf,
  verifyDocument,
} from '../../crypto/index.ts';
import type { AgreementState } from '../agreement/lifecycle.ts';

/** The type in the header of a member list. */
export const memberListType = 'yihao-member-list+jwt';
/** How soon a list is asked to be replaced, and how long it can be verified. */
export const listTtlSeconds = 60;
export const listHoldsSeconds = 3600;
/** How far the clock of an operator may be ahead. */
const mostAheadSeconds = 60;

const text = z.string().min(1).max(512);
const hash = z.string().regex(/^[\w-]{43}$/);
const count = z.int().min(0);

/** One version as the operator holds it: which text with which signatures, and how far each chain goes. */
const listedShape = z.object({
  agreementId: z.string().max(64),
  agreementVersion: z.int().positive(),
  digest: hash,
  signedDigest: hash,
  heads: z
    .array(z.object({ party: text, sequence: count, head: hash }))
    .min(1)
    .max(2),
});
export type Listed = z.infer<typeof listedShape>;

const states = ['countersigned', 'active', 'suspended', 'terminated', 'superseded'] as const;

const memberShape = z.object({
  /** The issuer identifier of the member's server. */
  entityId: z.url({ protocol: /^https?$/ }).max(512),
  regionCode: z.string().regex(/^\d{6}$/),
  regionPrefix: z.string().regex(/^(\d\d){1,3}$/),
  name: text,
  /** The agreement key it uses now. */
  agreementKey: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: hash, y: hash }),
  state: z.enum(states),
  framework: z.object({ agreementId: z.string().max(64), agreementVersion: z.int().positive() }),
  accession: listedShape,
});
export type Member = z.infer<typeof memberShape>;

const listShape = z.object({
  iss: text,
  iat: count,
  exp: count,
  ttl: count,
  /** Grows with every change of what is listed. */
  version: count,
  frameworks: z.array(listedShape).max(200),
  members: z.array(memberShape).max(2000),
});
/** What an operator says of its frameworks and their members at an instant. */
export type MemberList = z.infer<typeof listShape>;

/** Names the state of a member as the list says it; null for one that is no member. */
export const memberState = (state: AgreementState): Member['state'] | null =>
  states.find((known) => known === state) ?? null;

/** Tells whether a member takes part, be it that it is suspended or about to begin. */
export const isMember = ({ state }: Member): boolean => state !== 'terminated' && state !== 'superseded';

/** Writes the bytes of a list that are signed. */
export const listBytes = (list: MemberList): Buffer => canonicalBytes(list as unknown as JsonObject);

/** Verifies a list by the keys pinned for its operator; null for one that is not by them, of another, or has ended. */
export async function readMemberList(
  token: string,
  { issuer, keys, nowSeconds }: { issuer: string; keys: readonly PublicEcJwk[]; nowSeconds: number },
): Promise<MemberList | null> {
  const [header = '', payload = '', signature = '', more] = token.split('.');
  const jws = { protected: header, payload, signature };
  const verified = await Promise.all(keys.map((key) => verifyDocument(key, memberListType, jws)));
  if (more !== undefined || verified.every((one) => one === null)) return null;
  const parsed = listShape.safeParse(jsonOf(payload));
  if (!parsed.success || parsed.data.iss !== issuer) return null;
  const { iat, exp } = parsed.data;
  return exp > nowSeconds && iat <= nowSeconds + mostAheadSeconds ? parsed.data : null;
}

const jsonOf = (payload: string): unknown => {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
};

/** The key of a member as it is pinned. */
export const keyOf = ({ agreementKey }: Member): PublicEcJwk => publicEcPart(agreementKey);

/** Tells whether two keys are one. */
export const isSameKey = (one: PublicEcJwk, other: PublicEcJwk): boolean =>
  thumbprintOf(one) === thumbprintOf(other);

/** Names what two members stand on: the identifiers of both accessions. It is the same on both sides. */
export const pairIdOf = (one: string, other: string): string => [one, other].sort().join('.');

/** Hashes the three texts that two members stand on. */
export const pairDigestOf = (framework: string, accessions: readonly string[]): string =>
  digestOf(canonicalBytes({ framework, accessions: [...accessions].sort() }));
