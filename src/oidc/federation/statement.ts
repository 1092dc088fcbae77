import {
  compactVerify,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
} from 'jose';
import { z } from 'zod';
import { AppError } from '../../base/error.ts';
import type { PublishedKeys } from '../../crypto/index.ts';

/** What a statement can fail at. */
export type ChainFault =
  | 'size'
  | 'length'
  | 'form'
  | 'type'
  | 'claims'
  | 'critical'
  | 'time'
  | 'signature'
  | 'subject'
  | 'anchor'
  | 'authority-hints'
  | 'loop'
  | 'path-length'
  | 'naming'
  | 'entity-type';

/** Makes the refusal of a chain; the subject's own statement is the first. */
export const chainInvalid = (reason: ChainFault, position: number, cause?: unknown): AppError =>
  new AppError('federation-chain-invalid', { reason, statement: position + 1 }, { cause });

/** The type of entity statements. */
export const statementType = 'entity-statement+jwt';

/** The most bytes of one statement, and how far clocks may be apart. Designs of this project. */
export const mostStatementBytes = 64 * 1024;
export const toleranceSeconds = 30;
/** How many superiors an entity may name; each of them is asked. A design of this project. */
const mostAuthorityHints = 4;
const mostTrustMarks = 10;

const algorithms = ['ES256', 'EdDSA', 'PS256'];

/** Tells whether text is an entity identifier by its form: an address without user, query or fragment. */
export function isEntityId(text: string): boolean {
  if (text.length > 512 || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username + password === '' && !/[?#]/.test(text);
}

const entityId = z.string().refine(isEntityId);
const jwk = z
  .looseObject({ kty: z.enum(['EC', 'OKP', 'RSA']), kid: z.string().min(1).max(256) })
  .refine((key) => !('d' in key));
/** Public keys with a name each. */
export const keySetSchema = z
  .object({ keys: z.array(jwk).min(1).max(20) })
  .refine(({ keys }) => new Set(keys.map(({ kid }) => kid)).size === keys.length);

/** Trust anchors with their pinned keys, as a file lists them. */
export const trustAnchorsSchema = z.record(entityId, keySetSchema);

const parameters = z.record(z.string(), z.unknown());
const metadata = z.record(
  z.string(),
  parameters.refine((values) => Object.values(values).every((value) => value !== null)),
);
/** Entity type → metadata parameter → operator → its value. */
const metadataPolicy = z.record(z.string(), z.record(z.string(), parameters));
const constraints = z.looseObject({
  max_path_length: z.int().min(0).optional(),
  naming_constraints: z
    .looseObject({ permitted: z.array(z.string()).optional(), excluded: z.array(z.string()).optional() })
    .optional(),
  allowed_entity_types: z.array(z.string()).optional(),
});

const claimsSchema = z.looseObject({
  iss: entityId,
  sub: entityId,
  iat: z.number(),
  exp: z.number(),
  jwks: keySetSchema,
  metadata: metadata.optional(),
  // Of a configuration, which an entity makes about itself.
  authority_hints: z.array(entityId).min(1).max(mostAuthorityHints).optional(),
  trust_marks: z
    .array(z.looseObject({ trust_mark_type: z.string(), trust_mark: z.string() }))
    .max(mostTrustMarks)
    .optional(),
  trust_mark_issuers: z.record(z.string(), z.array(z.string())).optional(),
  trust_mark_owners: z.record(z.string(), z.unknown()).optional(),
  // Of a statement about a subordinate.
  metadata_policy: metadataPolicy.optional(),
  constraints: constraints.optional(),
});

export type EntityClaims = z.infer<typeof claimsSchema>;
export type EntityMetadata = z.infer<typeof metadata>;
export type MetadataPolicy = z.infer<typeof metadataPolicy>;
export type Constraints = z.infer<typeof constraints>;

/** A statement as it was read. Nothing of it is proved until its signature is. */
export interface Statement {
  token: string;
  claims: EntityClaims;
  /** Whether it is an entity's own configuration. */
  isOwn: boolean;
}

const ofConfigurationsOnly = [
  'authority_hints',
  'trust_anchor_hints',
  'trust_marks',
  'trust_mark_issuers',
  'trust_mark_owners',
];
const ofSubordinatesOnly = ['metadata_policy', 'metadata_policy_crit', 'constraints', 'source_endpoint'];

/**
 * Reads a statement and checks all but its signature ("Entity Statement Validation" of OpenID Federation 1.0). No extension
 * is understood here, so whatever a statement calls critical is refused. Throws federation-chain-invalid.
 */
export function readStatement(token: string, { position, now }: { position: number; now: Date }): Statement {
  const fail = (reason: ChainFault, cause?: unknown): AppError => chainInvalid(reason, position, cause);
  if (token.length > mostStatementBytes) throw fail('size');
  const payload = decode(token, statementType, fail);
  if ('crit' in payload || 'metadata_policy_crit' in payload) throw fail('critical');
  if (Array.isArray(payload['authority_hints']) && payload['authority_hints'].length > mostAuthorityHints)
    throw fail('authority-hints');
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) throw fail('claims', parsed.error);
  const claims = parsed.data;
  const isOwn = claims.iss === claims.sub;
  const misplaced = [...(isOwn ? ofSubordinatesOnly : ofConfigurationsOnly), 'trust_anchor'];
  if (misplaced.some((name) => name in payload)) throw fail('claims');
  if (!isCurrent(claims, now)) throw fail('time');
  return { token, claims, isOwn };
}

/** Tells whether an instant is within what a token says of its time, give or take the tolerance. */
export function isCurrent({ iat, exp }: { iat: number; exp: number }, now: Date): boolean {
  const nowSeconds = now.getTime() / 1000;
  return iat <= nowSeconds + toleranceSeconds && exp > nowSeconds - toleranceSeconds && iat < exp;
}

/** Reads the payload of a token of a type that names its key; nothing is verified. */
export function decode(
  token: string,
  type: string,
  fail: (reason: ChainFault, cause?: unknown) => Error,
): JWTPayload {
  try {
    const { typ, alg, kid, crit } = decodeProtectedHeader(token);
    if (typ !== type) throw fail('type');
    if (alg === undefined || !algorithms.includes(alg) || !kid || crit !== undefined) throw fail('form');
    return decodeJwt(token);
  } catch (error) {
    throw error instanceof AppError ? error : fail('form', error);
  }
}

/** Tells whether a token is signed by the key of that set which its header names. */
export async function isSignedBy(token: string, keys: PublishedKeys): Promise<boolean> {
  try {
    await compactVerify(token, createLocalJWKSet({ keys: keys.keys }), { algorithms });
    return true;
  } catch (error) {
    // A point that is not on the curve fails as the platform likes; only what is ours to fix goes on.
    if (error instanceof errors.JOSEError || error instanceof DOMException || error instanceof TypeError)
      return false;
    throw error;
  }
}
