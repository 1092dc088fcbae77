import { z } from 'zod';
import type { Credentials, Directory } from '../../directory/index.ts';
import { operation } from './operation.ts';
import { identifierShape, summaryOf, summaryShape } from './shapes.ts';

const text = z.string().max(2000);
const cell = z.union([text, z.number()]);

const issueBody = z.strictObject({
  typeCode: z.string().max(32),
  serial: z.string().min(1).max(64),
  number: z.string().min(1).max(128),
  areaCode: z.string().max(12),
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
  photoId: z.string().max(64).optional(),
  photoDigest: z.string().max(64).optional(),
});

/** Makes the operation by which an authority's machine issues a certificate; the same request again gets the same one. */
export const issueOperation = ({ directory }: { directory: Directory }) =>
  operation({
    id: 'issueCertificate',
    path: '/certificates',
    scope: 'certificate.issue',
    summary: { zh: '签发证照', en: 'Issue a certificate' },
    body: issueBody,
    answer: z.object({ created: z.boolean(), certificate: summaryShape }),
    refusals: ['certificate-type-unknown', 'certificate-issuer-not-entitled', 'certificate-serial-taken'],
    async run({ photoId, photoDigest, ...given }, { authorityCode, department, clientId }) {
      const { created, certificate } = await directory.issueCertificate({
        ...given,
        issuer: { code: authorityCode, name: department },
        actor: clientId,
        ...(photoId === undefined ? {} : { photoId }),
        ...(photoDigest === undefined ? {} : { photoDigest }),
      });
      return { created, certificate: summaryOf(certificate) };
    },
  });

const endBody = z.strictObject({
  identifier: identifierShape,
  ground: z.enum(['withdrawn', 'cancelled', 'revoked', 'transferred', 'void']),
  endedOn: z.string().max(10),
  reasonCode: z.string().min(1).max(64),
});

/** Makes the operation by which an authority ends a certificate of its own (撤销、注销、吊销、转出、作废). */
export const endOperation = ({
  directory,
  credentials,
}: {
  directory: Directory;
  credentials: Credentials;
}) =>
  operation({
    id: 'endCertificate',
    path: '/certificates/end',
    scope: 'certificate.issue',
    summary: { zh: '结束证照效力', en: 'End a certificate' },
    body: endBody,
    answer: z.object({ certificate: summaryShape }),
    refusals: ['certificate-unknown', 'certificate-issuer-other', 'certificate-already-ended'],
    async run(given, { authorityCode, clientId }) {
      const ended = await directory.endCertificate({ ...given, issuerCode: authorityCode, actor: clientId });
      // An end repeated is answered alike, so a list that was not reached the first time is reached by the second.
      await credentials.refreshStatus({ identifier: ended.identifier, actor: clientId });
      return { certificate: summaryOf(ended) };
    },
  });
