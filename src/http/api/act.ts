import { z } from 'zod';
import type { ErrorCode } from '../../base/error.ts';
import type { Directory } from '../../directory/index.ts';
import { operation } from './operation.ts';
import { identifierShape, summaryOf, summaryShape } from './shapes.ts';

const act = {
  identifier: identifierShape,
  /** A code of the authority's own; no free text. */
  reasonCode: z.string().min(1).max(64),
};
const day = z.string().max(10);
const answer = z.object({ certificate: summaryShape });

const refusals: readonly ErrorCode[] = [
  'certificate-unknown',
  'certificate-issuer-other',
  'certificate-reason-invalid',
  'certificate-act-date',
  'certificate-already-ended',
  'certificate-changed-meanwhile',
];

/**
 * Makes the operation by which an authority ends a certificate of its own (撤销、注销、吊销、转出、作废). As with the other
 * acts, the same one asked again is answered as the first was.
 */
export const endOperation = ({ directory }: { directory: Directory }) =>
  operation({
    id: 'endCertificate',
    path: '/certificates/end',
    scope: 'certificate.issue',
    summary: { zh: '结束证照效力', en: 'End a certificate' },
    body: z.strictObject({
      ...act,
      ground: z.enum(['withdrawn', 'cancelled', 'revoked', 'transferred', 'void']),
      endedOn: day,
    }),
    answer,
    refusals,
    run: async (given, { authorityCode: issuerCode, clientId: actor }) => ({
      certificate: summaryOf(await directory.endCertificate({ ...given, issuerCode, actor })),
    }),
  });

/** Makes the operation by which an authority suspends a certificate of its own (暂扣). */
export const suspendOperation = ({ directory }: { directory: Directory }) =>
  operation({
    id: 'suspendCertificate',
    path: '/certificates/suspend',
    scope: 'certificate.issue',
    summary: { zh: '暂扣证照', en: 'Suspend a certificate' },
    body: z.strictObject({ ...act, suspendedOn: day }),
    answer,
    refusals: [...refusals, 'certificate-is-suspended'],
    run: async (given, { authorityCode: issuerCode, clientId: actor }) => ({
      certificate: summaryOf(await directory.suspendCertificate({ ...given, issuerCode, actor })),
    }),
  });

/** Makes the operation by which an authority lifts a suspension (解除暂扣). */
export const liftOperation = ({ directory }: { directory: Directory }) =>
  operation({
    id: 'liftSuspension',
    path: '/certificates/lift',
    scope: 'certificate.issue',
    summary: { zh: '解除暂扣', en: 'Lift a suspension' },
    body: z.strictObject({ ...act, liftedOn: day }),
    answer,
    refusals: [...refusals, 'certificate-not-suspended'],
    run: async (given, { authorityCode: issuerCode, clientId: actor }) => ({
      certificate: summaryOf(await directory.liftSuspension({ ...given, issuerCode, actor })),
    }),
  });
