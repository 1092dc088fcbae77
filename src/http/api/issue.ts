import { z } from 'zod';
import type { ErrorCode } from '../../base/error.ts';
import type { Directory } from '../../directory/index.ts';
import { operation } from './operation.ts';
import { identifierShape, summaryOf, summaryShape } from './shapes.ts';

const text = z.string().max(2000);
const cell = z.union([text, z.number()]);

/** What stands on a certificate, as an authority gives it. */
const parts = {
  areaCode: z.string().max(12),
  number: z.string().min(1).max(128),
  holders: z
    .array(z.strictObject({ type: z.string().max(3), code: z.string().max(64), name: z.string().max(256) }))
    .min(1)
    .max(50),
  dates: z.strictObject({
    issuedOn: z.string().max(10),
    validFrom: z.string().max(10).optional(),
    validUntil: z.string().max(10).optional(),
  }),
  fields: z.record(z.string().max(64), z.union([cell, z.array(z.record(z.string().max(64), cell)).max(100)])),
};
const photo = {
  photoId: z.string().max(64).exactOptional(),
  photoDigest: z.string().max(64).exactOptional(),
};

const issueBody = z.strictObject({
  typeCode: z.string().max(32),
  serial: z.string().min(1).max(64),
  ...parts,
  ...photo,
});

const answer = z.object({ created: z.boolean(), certificate: summaryShape });

/** What the parts of a certificate may be refused for, beside what is wrong with a single term. */
const partRefusals: readonly ErrorCode[] = [
  'certificate-type-unknown',
  'certificate-issuer-not-entitled',
  'certificate-holder-count',
  'certificate-holder-category',
  'certificate-field-missing',
  'certificate-field-unknown',
  'certificate-field-invalid',
  'certificate-validity',
  'certificate-photo-required',
  'certificate-photo-digest',
  'certificate-photo-unknown',
  'certificate-photo-differs',
  'certificate-photo-other-use',
  'certificate-photo-waiting',
];

/** Makes the operation by which an authority's machine issues a certificate; the same request again gets the same one. */
export const issueOperation = ({ directory }: { directory: Directory }) =>
  operation({
    id: 'issueCertificate',
    path: '/certificates',
    scope: 'certificate.issue',
    summary: { zh: '签发证照', en: 'Issue a certificate' },
    body: issueBody,
    answer,
    refusals: [...partRefusals, 'certificate-serial-taken', 'certificate-serial-personal'],
    async run(given, { authorityCode, department, clientId }) {
      const { created, certificate } = await directory.issueCertificate({
        ...given,
        issuer: { code: authorityCode, name: department },
        actor: clientId,
      });
      return { created, certificate: summaryOf(certificate) };
    },
  });

const changeBody = z.strictObject({
  identifier: identifierShape,
  reasonCode: z.string().min(1).max(64),
  /** Each part that is given takes the place of the old one whole. */
  changes: z
    .strictObject({
      areaCode: parts.areaCode.exactOptional(),
      number: parts.number.exactOptional(),
      holders: parts.holders.exactOptional(),
      dates: parts.dates.exactOptional(),
      fields: parts.fields.exactOptional(),
      ...photo,
    })
    .refine((changes) => Object.keys(changes).length > 0),
});

/**
 * Makes the operation by which an authority changes a certificate of its own (变更): a new version takes the place of
 * the old one, which is superseded. The same request again gets the same version.
 */
export const changeOperation = ({ directory }: { directory: Directory }) =>
  operation({
    id: 'changeCertificate',
    path: '/certificates/change',
    scope: 'certificate.issue',
    summary: { zh: '变更证照（版本加一）', en: 'Change a certificate (a new version)' },
    body: changeBody,
    answer,
    refusals: [
      'certificate-unknown',
      'certificate-issuer-other',
      'certificate-reason-invalid',
      'certificate-already-ended',
      'certificate-is-suspended',
      'certificate-changed-meanwhile',
      'certificate-version-exhausted',
      ...partRefusals,
    ],
    async run(given, { authorityCode, clientId }) {
      const change = { ...given, issuerCode: authorityCode, actor: clientId };
      const { created, certificate } = await directory.changeCertificate(change);
      return { created, certificate: summaryOf(certificate) };
    },
  });
