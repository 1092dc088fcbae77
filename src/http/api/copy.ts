import { z } from 'zod';
import { AppError } from '../../base/error.ts';
import type { Copies, Directory } from '../../directory/index.ts';
import { operation } from './operation.ts';
import { basisShape, causeOf, identifierShape, type Ledger, useCauseShape } from './shapes.ts';
import { admitUse, usedOf } from './use.ts';

const body = z.strictObject({
  identifier: identifierShape,
  form: z.enum(['pdf', 'png']),
  /** The last day the copy is good for, at most 30 days from today. */
  expiresOn: z.iso.date(),
  /** Its purpose stands on the copy. */
  useCause: useCauseShape,
  basis: basisShape,
});

const answer = z.object({
  /** Stands on the copy. */
  copyId: z.string(),
  contentType: z.enum(['application/pdf', 'image/png']),
  /** The bytes in base64. */
  content: z.string(),
  /** SHA-256 of the bytes, hexadecimal. */
  digest: z.string(),
  /** The day asked for, or the certificate's own last day where that is sooner. */
  expiresOn: z.string(),
});

/** Makes the operation that draws a printable copy (加注件); an authorisation has to allow the field `copy`. */
export const copyOperation = (deps: { directory: Directory; copies: Copies; consent: Ledger }) =>
  operation({
    id: 'copyCertificate',
    path: '/certificates/copy',
    scope: 'certificate.query',
    summary: { zh: '制作证照打印件（加注件）', en: 'Make a printable copy of a certificate' },
    body,
    callsPerMinute: 120,
    answer,
    refusals: [
      'certificate-unknown',
      'use-not-authorised',
      'use-trust-low',
      'copy-of-no-use',
      'copy-seal-broken',
      'copy-purpose',
      'copy-expiry',
      'copy-glyph-missing',
      'copy-font-missing',
      'photo-not-accepted',
    ],
    async run({ identifier, form, expiresOn, useCause, basis }, caller) {
      const cause = causeOf(useCause, caller);
      const described = await deps.directory.describe(identifier);
      if (described === null) throw new AppError('certificate-unknown');
      const { type } = described;
      await admitUse(deps.consent, caller, { ...usedOf(described), fields: ['copy'], cause, basis });
      const certificate = await deps.directory.findCertificate(identifier);
      if (certificate === null) throw new AppError('certificate-unknown');
      const { bytes, ...copy } = await deps.copies.makeCopy({
        certificate,
        type,
        caller: { id: caller.clientId, name: caller.department },
        purpose: cause.purpose,
        expiresOn,
        form,
      });
      return { ...copy, content: bytes.toString('base64') };
    },
  });
