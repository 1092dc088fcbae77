import { z } from 'zod';
import { AppError } from '../base/error.ts';

/**
 * Proofs as files: JSON that whoever holds the instance's public keys can verify without asking the instance. Hashes are
 * hexadecimal, instants ISO 8601, and the format is a design of this project.
 */
/** A hash, hexadecimal. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

const entry = z.strictObject({
  sequence: size,
  event: z.strictObject({
    id: z.string(),
    type: z.string(),
    at: z.string(),
    actor: z.string(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  source: z.string(),
  recordId: z.string(),
  previousHash: hash,
  hash,
});

/** A tree head with its seal, as the files hold it. */
export const signedHead = {
  checkpoint: z.strictObject({ origin: z.string(), treeSize: size, rootHash: hash, at: z.string() }),
  seal: z.object({ jws: z.string(), keyId: z.string(), digest: z.string() }).loose(),
  /** RFC 7638 thumbprint of the key that sealed. */
  keyThumbprint: z.string(),
};

const inclusion = z.strictObject({
  kind: z.literal('inclusion'),
  entry,
  leafIndex: z.number().int().min(0),
  treeSize: size,
  path: z.array(hash).max(64),
  ...signedHead,
});

const consistency = z.strictObject({
  kind: z.literal('consistency'),
  first: z.strictObject(signedHead),
  second: z.strictObject(signedHead),
  path: z.array(hash).max(64),
});

/** Proves that an entry is in the chain that a tree head was signed over. */
export type InclusionProof = z.infer<typeof inclusion>;
/** Proves that the chain of a later tree head is that of an earlier one with entries added: nothing was rewritten. */
export type ConsistencyProof = z.infer<typeof consistency>;
export type Proof = InclusionProof | ConsistencyProof;
/** A tree head with its seal, as it stands in a proof. */
export type SignedHead = ConsistencyProof['first'];

const proof = z.discriminatedUnion('kind', [inclusion, consistency]);

/** A public key as a JWK Set has it; what more stands in it is left alone. */
export type PublicJwk = z.infer<typeof publicJwk>;
const publicJwk = z
  .object({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string() })
  .partial()
  .loose();
const jwks = z.object({ keys: z.array(publicJwk) });

/** Reads a proof. Throws audit-proof-malformed, naming the place and never what stands there. */
export const parseProof = (value: unknown): Proof => read(proof, value, 'proof');

/** Reads an entry as the files hold it. Throws audit-proof-malformed. */
export const parseEntry = (value: unknown, name: string): InclusionProof['entry'] => read(entry, value, name);

/** Reads the keys of a JWK Set. Throws audit-proof-malformed. */
export const parsePublicJwks = (value: unknown): PublicJwk[] => read(jwks, value, 'keys').keys;

/** Reads what a schema describes. Throws audit-proof-malformed, naming the place and never what stands there. */
export const read = <T>(schema: z.ZodType<T>, value: unknown, name: string): T => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const place = [name, ...(result.error.issues[0]?.path ?? [])].join('/');
  throw new AppError('audit-proof-malformed', { place });
};
