/**
 * Which makers' authenticators this region takes for what (通行密钥策略). Owns the policy file, read in the manner of
 * FIDO metadata statements but in a form of our own [D]: a model by its AAGUID, its name, what it counts as, and the
 * roots its attestations end at. It does not own how an attestation is verified (passkey-attestation.ts), nor when the
 * fourth level is reached (rules.ts). What a passkey counts as is decided at each use by the policy of that day; only
 * what was verified when it was made is kept. Control leaves by a value; a bad file is a PasskeyPolicyError.
 */
import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { PasskeyRecord } from './account.ts';

/** What an attestation proved when a passkey was made: its format, and the SHA-256 fingerprint of the root it ends at. */
export interface ProvenOrigin {
  format: string;
  root: string;
}

/**
 * What a passkey counts as: certified hardware, two factors in one (device and its user verification), one factor, or
 * nothing at all.
 */
export type PasskeyStanding = 'hardware' | 'two-factors' | 'one-factor' | 'refused';

/** One model, as the file names it. */
export interface PasskeyModel {
  name: string;
  use: 'hardware' | 'ordinary' | 'refused';
  formats: readonly string[];
  roots: readonly X509Certificate[];
}

export interface PasskeyPolicy {
  models: ReadonlyMap<string, PasskeyModel>;
  /** What a passkey counts as whose maker is not proven. */
  unproven: 'two-factors' | 'one-factor';
}

/** The policy of a region that has none: every passkey is two factors in one, and none is proven hardware. */
const openPolicy: PasskeyPolicy = { models: new Map(), unproven: 'two-factors' };

/** What is wrong with a policy file. */
export class PasskeyPolicyError extends Error {
  override readonly name = 'PasskeyPolicyError';
}

const certificate = z.string().transform((pem, context) => {
  try {
    return new X509Certificate(pem);
  } catch {
    context.addIssue('not a certificate as PEM');
    return z.NEVER;
  }
});

const modelShape = z
  .strictObject({
    aaguid: z.guid().transform((text) => text.toLowerCase()),
    name: z.string().trim().min(1).max(40),
    use: z.enum(['hardware', 'ordinary', 'refused']),
    // Of these two the certificate answers for the hardware; what others say of theirs is not read here.
    formats: z.array(z.enum(['packed', 'tpm'])).default(['packed']),
    roots: z.array(certificate).max(20).default([]),
  })
  .refine(({ use, roots }) => use !== 'hardware' || roots.length > 0, 'hardware needs roots');

const policyShape = z
  .strictObject({
    models: z.array(modelShape).max(5000),
    unproven: z.enum(['two-factors', 'one-factor']).default('two-factors'),
  })
  .refine(
    ({ models }) => new Set(models.map(({ aaguid }) => aaguid)).size === models.length,
    'a model is named twice',
  );

/** Reads a policy file. Throws PasskeyPolicyError, which says where it is wrong. */
export function parsePasskeyPolicy(text: string): PasskeyPolicy {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new PasskeyPolicyError('it is not JSON', { cause });
  }
  const parsed = policyShape.safeParse(json);
  if (parsed.success) {
    const { models, unproven } = parsed.data;
    return { models: new Map(models.map(({ aaguid, ...model }) => [aaguid, model])), unproven };
  }
  const [issue] = parsed.error.issues;
  throw new PasskeyPolicyError(`at “${issue?.path.join('.') || 'the whole'}”: ${issue?.message ?? ''}`);
}

/**
 * Tells whether makers' attestations are asked for. They are only where a model can gain or lose by it: some browsers
 * then ask the person, and without it some do not tell the model [M].
 */
export const asksAttestation = ({ models }: PasskeyPolicy = openPolicy): boolean =>
  [...models.values()].some(({ use, roots }) => use === 'refused' || roots.length > 0);

/** Names the model that a passkey says it is of; null when the policy does not list it. It proves nothing. */
export const modelNameOf = (policy: PasskeyPolicy | undefined, aaguid: string): string | null =>
  policy?.models.get(aaguid)?.name ?? null;

/**
 * Decides what a passkey counts as now. What it says of its model counts against it at once, and for it only where an
 * attestation was verified whose root the policy still names for that model.
 */
export function standingOf(
  policy: PasskeyPolicy | undefined,
  { aaguid, deviceType, origin }: Pick<PasskeyRecord, 'aaguid' | 'deviceType' | 'origin'>,
): PasskeyStanding {
  const { models, unproven } = policy ?? openPolicy;
  const model = models.get(aaguid);
  if (model?.use === 'refused') return 'refused';
  const isProven =
    model !== undefined &&
    origin != null &&
    model.formats.includes(origin.format) &&
    model.roots.some(({ fingerprint256 }) => fingerprint256 === origin.root);
  if (!isProven) return unproven;
  return model.use === 'hardware' && deviceType === 'singleDevice' ? 'hardware' : 'two-factors';
}
