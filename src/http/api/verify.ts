import { z } from 'zod';
import type { Directory } from '../../directory/index.ts';
import { type Caller, operation } from './operation.ts';
import { basisShape, causeOf, identifierShape, type Ledger, useCauseShape, verdictShape } from './shapes.ts';
import { admitUse, usedOf } from './use.ts';

const claimsShape = z.strictObject({
  number: z.string().max(128).optional(),
  holderName: z.string().max(256).optional(),
  holderCode: z.string().max(64).optional(),
  fields: z.record(z.string().max(64), z.union([z.string().max(2000), z.number()])).optional(),
});

const body = z.strictObject({
  identifier: identifierShape,
  claims: claimsShape.optional(),
  /** Whether to tell which claims hold: then the basis has to allow reading what is claimed. */
  tellMatches: z.boolean().default(false),
  photoDigest: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional(),
  useCause: useCauseShape,
  basis: basisShape,
});

const answer = z.object({
  verdict: verdictShape,
  /** Which claims hold, never the values; null when not asked for, or when there is nothing to compare with. */
  matches: z
    .object({
      number: z.boolean().nullable(),
      /** Name and code as claimed are of one holder. */
      holder: z.boolean().nullable(),
      fields: z.record(z.string(), z.boolean()),
    })
    .nullable(),
});

/**
 * Makes the operation that tells whether a certificate is good, as claimed, and in force; it gives no data out. Whoever
 * is told which claims hold could guess a value, so that is a use of the fields claimed: admitted and written down so.
 */
export const verifyOperation = (deps: { directory: Directory; consent: Ledger }) =>
  operation({
    id: 'verifyCertificate',
    path: '/verifications',
    scope: 'certificate.verify',
    summary: { zh: '核验证照', en: 'Verify a certificate' },
    body,
    answer,
    refusals: [
      'certificate-identifier-form',
      'certificate-identifier-check',
      'use-not-authorised',
      'use-trust-low',
    ],
    async run({ identifier, claims = {}, tellMatches, photoDigest, useCause, basis }, caller: Caller) {
      const cause = causeOf(useCause, caller);
      const described = await deps.directory.describe(identifier);
      if (described === null) return { verdict: { kind: 'unknown' as const }, matches: null };
      const compared = tellMatches ? namesOf(claims) : [];
      const verdictOnly = compared.length === 0;
      const fields = verdictOnly ? ['verdict'] : compared;
      await admitUse(deps.consent, caller, { ...usedOf(described), fields, verdictOnly, cause, basis });
      const question = { identifier, claims: present(claims) };
      const verdict = await deps.directory.verifyCertificate({
        ...question,
        ...(photoDigest === undefined ? {} : { photoDigest }),
      });
      return { verdict, matches: tellMatches ? await deps.directory.compareClaims(question) : null };
    },
  });

type Claims = z.output<typeof claimsShape>;

/** Names what is claimed as a reading of it is named. */
const namesOf = ({ number, holderName, holderCode, fields = {} }: Claims): string[] => [
  ...(number === undefined ? [] : ['number']),
  ...(holderName === undefined && holderCode === undefined ? [] : ['holders']),
  ...Object.keys(fields),
];

/** Leaves out what was not claimed: an absent claim and an undefined one must not differ. */
const present = (claims: Claims) => ({
  ...(claims.number === undefined ? {} : { number: claims.number }),
  ...(claims.holderName === undefined ? {} : { holderName: claims.holderName }),
  ...(claims.holderCode === undefined ? {} : { holderCode: claims.holderCode }),
  ...(claims.fields === undefined ? {} : { fields: claims.fields }),
});
