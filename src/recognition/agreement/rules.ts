import { z } from 'zod';
import { levelOf } from '../../terms/assurance.ts';
import { type TrustLevel, trustLevels } from '../../terms/trust-level.ts';
import { mappedSchema } from '../mapping/reference.ts';

/** A name is looked up in maps, so none may be one that every object has. */
export const nameShape = z
  .string()
  .min(1)
  .max(128)
  .refine((text) => !(text in {}));
const names = z
  .array(nameShape)
  .max(200)
  .refine((list) => new Set(list).size === list.length);
export const regionCodeShape = z.string().regex(/^\d{6}$/);
export const acrShape = z.string().refine((text) => levelOf(text) !== null);
const trust = z.enum(trustLevels as [TrustLevel, ...TrustLevel[]]);

const signInTerms = {
  /** What a level of the home region counts for at the other; one that is not here counts for nothing. */
  levelMap: z.partialRecord(acrShape, acrShape),
  minimumLevel: acrShape,
  maximumLevel: acrShape,
  claims: names,
  purposes: names,
  maximumAuthenticationAgeSeconds: z.int().positive(),
};

const certificateTerms = {
  /** The type in the issuing region, and the one it is taken for. */
  type: nameShape,
  as: nameShape,
  fields: names,
  /** What a field is called in the region that asks; one that is not here keeps its name. */
  fieldMap: z.record(nameShape, nameShape),
  /** What a trust level (可信等级) of the issuing region counts for; one that is not here counts for nothing. */
  trustMap: z.partialRecord(trust, trust),
  purposes: names,
  minimumLevel: acrShape,
  /** Whether the person has to allow each use, or a law does. */
  consent: z.enum(['explicit', 'statutory']),
  channels: z.array(z.enum(['gateway', 'presentation'])).min(1),
  maximumStatusAgeSeconds: z.int().positive(),
  retentionDays: z.int().nonnegative(),
  requestsPerMinute: z.int().positive(),
};

const direction = { from: regionCodeShape, to: regionCodeShape };

const signInTermsSchema = z.strictObject(signInTerms);
const certificateTermsSchema = z.strictObject(certificateTerms);
/**
 * Terms as they are written: what levels count for, and what a type is taken for with the names of its fields, can be left
 * to a published mapping.
 */
const writtenSignInTerms = { ...signInTerms, levelMap: z.union([signInTerms.levelMap, mappedSchema]) };
const writtenCertificateTerms = { ...certificateTerms, as: z.union([certificateTerms.as, mappedSchema]) };
/** Rules of a bilateral agreement, from the region that vouches to the region that relies on it. */
const writtenSignInRuleSchema = z.strictObject({ ...direction, ...writtenSignInTerms });
const writtenCertificateRuleSchema = z.strictObject({ ...direction, ...writtenCertificateTerms });

export type SignInTerms = z.infer<typeof signInTermsSchema>;
export type CertificateTerms = z.infer<typeof certificateTermsSchema>;
export type WrittenSignInRule = z.infer<typeof writtenSignInRuleSchema>;
export type WrittenCertificateRule = z.infer<typeof writtenCertificateRuleSchema>;
export type Ends = Record<keyof typeof direction, string>;
export type SignInRule = Ends & SignInTerms;
export type CertificateRule = Ends & CertificateTerms;

/** What is recognised, in which direction; what was left to mappings has been put in. */
export interface Rules {
  signIn: SignInRule[];
  certificates: CertificateRule[];
}

/** Terms without a direction, as a framework, an offer or an acceptance lists them: any member may be at either end. */
export const termsSchema = z.strictObject({
  signIn: z.array(z.strictObject(writtenSignInTerms)).max(50),
  certificates: z.array(z.strictObject(writtenCertificateTerms)).max(500),
});
export type WrittenTerms = z.infer<typeof termsSchema>;

export const rulesSchema = z.strictObject({
  signIn: z.array(writtenSignInRuleSchema).max(50),
  certificates: z.array(writtenCertificateRuleSchema).max(500),
});

export type WrittenRules = z.infer<typeof rulesSchema>;

/** What a member excepts from all it offers and accepts: the named parts of a rule, or where none is named the whole. */
export const reservationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sign-in'), purposes: names, claims: names }),
  z.strictObject({ kind: z.literal('certificate'), type: nameShape, purposes: names, fields: names }),
]);
export type Reservation = z.infer<typeof reservationSchema>;
