import { z } from 'zod';
import type { Directory } from '../../directory/index.ts';
import { certificateStatuses } from '../../terms/certificate-status.ts';
import { operation } from './operation.ts';

const count = z.int();

/** Makes the operation by which an authority compares the directory's counts with its own books (对账). */
export const countOperation = ({ directory }: { directory: Directory }) =>
  operation({
    id: 'countCertificates',
    path: '/certificates/counts',
    scope: 'certificate.issue',
    summary: { zh: '证照数量对账', en: 'Count one’s own certificates' },
    body: z.strictObject({
      typeCode: z.string().max(32),
      /** Days in Asia/Shanghai, both included, at most 31. */
      from: z.string().max(10),
      until: z.string().max(10),
    }),
    answer: z.object({
      /** How many versions stand in each status now. */
      statuses: z.record(z.enum(certificateStatuses), count),
      /** First and later versions by the day they were taken in, ends by the day they are dated. */
      days: z.array(z.object({ day: z.string(), issued: count, changed: count, ended: count })),
    }),
    refusals: ['certificate-type-code-invalid', 'date-invalid', 'certificate-count-days'],
    run: (query, { authorityCode: issuerCode }) => directory.countCertificates({ ...query, issuerCode }),
  });
