import { z } from 'zod';
import { levelOf } from '../../terms/assurance.ts';
import { type TrustLevel, trustLevels } from '../../terms/trust-level.ts';

/** A name is looked up in maps, so none may be one that every object has. */
const name = z
  .string()
  .min(1)
  .max(128)
  .refine((text) => !(text in {}));
const names = z
  .array(name)
  .max(200)
  .refine((list) => new Set(list).size === list.length);
const regionCode = z.string().regex(/^\d{6}$/);
const acr = z.string().refine((text) => levelOf(text) !== null);
const trust = z.enum(trustLevels as [TrustLevel, ...TrustLevel[]]);

const signInTerms = {
  /** What a level of the home region counts for at the other; one that is not here counts for nothing. */
  levelMap: z.partialRecord(acr, acr),
  minimumLevel: acr,
  maximumLevel: acr,
  claims: names,
  purposes: names,
  maximumAuthenticationAgeSeconds: z.int().positive(),
};

const certificateTerms = {
  /** The type in the issuing region, and the one it is taken for. */
  type: name,
  as: name,
  fields: names,
  /** What a field is called in the region that asks; one that is not here keeps its name. */
  fieldMap: z.record(name, name),
  /** What a trust level (可信等级) of the issuing region counts for; one that is not here counts for nothing. */
  trustMap: z.partialRecord(trust, trust),
  purposes: names,
  minimumLevel: acr,
  /** Whether the person has to allow each use, or a law does. */
  consent: z.enum(['explicit', 'statutory']),
  channels: z.array(z.enum(['gateway', 'presentation'])).min(1),
  maximumStatusAgeSeconds: z.int().positive(),
  retentionDays: z.int().nonnegative(),
  requestsPerMinute: z.int().positive(),
};

const direction = { from: regionCode, to: regionCode };

/** Sign-in rules of a framework, an offer or an acceptance: whoever is a member may be at either end. */
export const signInTermsSchema = z.strictObject(signInTerms);
export const certificateTermsSchema = z.strictObject(certificateTerms);
/** Rules of a bilateral agreement: from the region that vouches, to the region that relies on it. */
export const signInRuleSchema = z.strictObject({ ...direction, ...signInTerms });
export const certificateRuleSchema = z.strictObject({ ...direction, ...certificateTerms });

export type SignInTerms = z.infer<typeof signInTermsSchema>;
export type CertificateTerms = z.infer<typeof certificateTermsSchema>;
export type SignInRule = z.infer<typeof signInRuleSchema>;
export type CertificateRule = z.infer<typeof certificateRuleSchema>;

/** What is recognised, in which direction. */
export interface Rules {
  signIn: SignInRule[];
  certificates: CertificateRule[];
}

/** Terms without a direction, as a framework, an offer or an acceptance lists them. */
export const termsSchema = z.strictObject({
  signIn: z.array(signInTermsSchema).max(50),
  certificates: z.array(certificateTermsSchema).max(500),
});
export type Terms = z.infer<typeof termsSchema>;

export const rulesSchema = z.strictObject({
  signIn: z.array(signInRuleSchema).max(50),
  certificates: z.array(certificateRuleSchema).max(500),
});

/** What a member excepts from all it offers and accepts: the named parts of a rule, or where none is named the whole. */
export const reservationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sign-in'), purposes: names, claims: names }),
  z.strictObject({ kind: z.literal('certificate'), type: name, purposes: names, fields: names }),
]);
export type Reservation = z.infer<typeof reservationSchema>;
