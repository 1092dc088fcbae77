import { z } from 'zod';
import { AppError } from '../../base/error.ts';
import type { Directory } from '../../directory/index.ts';
import { shownFields } from '../../directory/index.ts';
import { operation } from './operation.ts';
import {
  accessBy,
  basisOf,
  basisShape,
  causeOf,
  identifierShape,
  type Ledger,
  summaryOf,
  summaryShape,
  useCauseShape,
} from './shapes.ts';
import { admitUse, usedOf } from './use.ts';

const label = z.object({ zh: z.string(), en: z.string() });

const readBody = z.strictObject({
  identifier: identifierShape,
  /** Names of face fields of the type; `number` and `holders` may be asked for too. */
  fields: z.array(z.string().max(64)).min(1).max(100),
  useCause: useCauseShape,
  basis: basisShape,
});

const readAnswer = z.object({
  certificate: summaryShape,
  number: z.string().nullable(),
  holders: z.array(z.object({ type: z.string(), code: z.string(), name: z.string() })).nullable(),
  fields: z.array(z.object({ name: z.string(), label, value: z.string() })),
});

/** Makes the operation that reads fields of a certificate (用证), as far as the basis carries. */
export const readOperation = (deps: { directory: Directory; consent: Ledger }) =>
  operation({
    id: 'readCertificate',
    path: '/certificates/read',
    scope: 'certificate.query',
    summary: { zh: '读取证照内容', en: 'Read fields of a certificate' },
    body: readBody,
    answer: readAnswer,
    refusals: ['certificate-unknown', 'use-not-authorised', 'use-trust-low'],
    async run({ identifier, fields, useCause, basis }, caller) {
      const cause = causeOf(useCause, caller);
      const described = await deps.directory.describe(identifier);
      if (described === null) throw new AppError('certificate-unknown');
      const { type } = described;
      await admitUse(deps.consent, caller, { ...usedOf(described), fields, cause, basis });
      const certificate = await deps.directory.findCertificate(identifier);
      if (certificate === null) throw new AppError('certificate-unknown');
      return {
        certificate: summaryOf(certificate),
        number: fields.includes('number') ? certificate.number : null,
        holders: fields.includes('holders') ? certificate.holders : null,
        fields: shownFields(type, certificate.fields, fields),
      };
    },
  });

const searchBody = z.strictObject({
  holder: z.strictObject({ type: z.string().max(3), code: z.string().max(64) }),
  typeCode: z.string().max(32).optional(),
  after: identifierShape.optional(),
  limit: z.int().min(1).max(100).default(20),
  useCause: useCauseShape,
  basis: z.strictObject({ law: z.string().min(1).max(128), article: z.string().min(1).max(128) }),
});

/** Makes the operation that lists which certificates a holder has; their content stays closed. */
export const searchOperation = (deps: { directory: Directory; consent: Ledger }) =>
  operation({
    id: 'searchCertificates',
    path: '/certificates/search',
    scope: 'certificate.query',
    summary: { zh: '按持证主体查询证照', en: 'List certificates of a holder' },
    body: searchBody,
    answer: z.object({ certificates: z.array(summaryShape), next: z.string().nullable() }),
    refusals: ['holder-type-unknown', 'holder-code-invalid', 'citizen-number-check'],
    async run({ holder, useCause, basis, typeCode, after, limit }, caller) {
      const cause = causeOf(useCause, caller);
      const person = { holderIndex: deps.directory.holderIndexOf(holder) };
      const what = { fields: ['list'], ...(typeCode === undefined ? {} : { typeCode }) };
      const page = await deps.consent.withAccess(
        accessBy(caller, person, { what, cause, basis: basisOf(basis) }),
        () =>
          deps.directory.listCertificatesOfHolder(holder, {
            limit,
            ...(typeCode === undefined ? {} : { typeCode }),
            ...(after === undefined ? {} : { after }),
          }),
      );
      return { certificates: page.certificates.map(summaryOf), next: page.next };
    },
  });
