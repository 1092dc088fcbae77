import { z } from 'zod';
import type { Directory } from '../../directory/index.ts';
import { type Caller, operation } from './operation.ts';
import { basisShape, causeOf, identifierShape, type Ledger, useCauseShape, verdictShape } from './shapes.ts';
import { admitUse } from './use.ts';

const claimsShape = z.strictObject({
  number: z.string().max(128).optional(),
  holderName: z.string().max(256).optional(),
  holderCode: z.string().max(64).optional(),
  fields: z.record(z.string().max(64), z.union([z.string().max(2000), z.number()])).optional(),
});

const body = z.strictObject({
  identifier: identifierShape,
  claims: claimsShape.optional(),
  photoDigest: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional(),
  useCause: useCauseShape,
  basis: basisShape,
});

/** Makes the operation that tells whether a certificate is good, as claimed, and in force; it gives no data out. */
export const verifyOperation = (deps: { directory: Directory; consent: Ledger }) =>
  operation({
    id: 'verifyCertificate',
    path: '/verifications',
    scope: 'certificate.verify',
    summary: { zh: '核验证照', en: 'Verify a certificate' },
    body,
    answer: z.object({ verdict: verdictShape }),
    refusals: ['certificate-identifier-form', 'certificate-identifier-check', 'use-not-authorised'],
    async run({ identifier, claims, photoDigest, useCause, basis }, caller: Caller) {
      const cause = causeOf(useCause, caller);
      const described = await deps.directory.describe(identifier);
      if (described === null) return { verdict: { kind: 'unknown' as const } };
      const { typeCode, holderIndexes } = described;
      const use = {
        identifier,
        typeCode,
        holderIndexes,
        fields: ['verdict'],
        verdictOnly: true,
        cause,
        basis,
      };
      await admitUse(deps.consent, caller, use);
      const verdict = await deps.directory.verifyCertificate({
        identifier,
        ...(claims === undefined ? {} : { claims: present(claims) }),
        ...(photoDigest === undefined ? {} : { photoDigest }),
      });
      return { verdict };
    },
  });

/** Leaves out what was not claimed: an absent claim and an undefined one must not differ. */
const present = (claims: z.output<typeof claimsShape>) => ({
  ...(claims.number === undefined ? {} : { number: claims.number }),
  ...(claims.holderName === undefined ? {} : { holderName: claims.holderName }),
  ...(claims.holderCode === undefined ? {} : { holderCode: claims.holderCode }),
  ...(claims.fields === undefined ? {} : { fields: claims.fields }),
});
