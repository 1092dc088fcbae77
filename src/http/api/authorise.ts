import { z } from 'zod';
import { AppError } from '../../base/error.ts';
import type { Consent } from '../../consent/index.ts';
import type { Directory } from '../../directory/index.ts';
import { operation } from './operation.ts';
import { identifierShape } from './shapes.ts';

const coverShape = z.strictObject({
  typeCode: z.string().max(32),
  /** One certificate; left out, any of the type. */
  certificateIdentifier: identifierShape.optional(),
  fields: z.array(z.string().max(64)).min(1).max(100),
});

const requestBody = z.strictObject({
  holder: z.strictObject({ type: z.string().max(3), code: z.string().max(64) }),
  itemCode: z.string().min(1).max(64),
  covers: z.array(coverShape).min(1).max(20),
  purpose: z.string().min(1).max(200),
  /** How long the person has to answer: they are at the counter, or soon gone. */
  ttlSeconds: z.int().min(1).max(600),
  useSeconds: z.int().min(1),
  /** Two digits on the counter's screen, which the person types. */
  matchCode: z
    .string()
    .regex(/^\d{2}$/)
    .optional(),
  /** The department's own key of this request: the same again is answered by the first. */
  requestKey: z.string().min(1).max(128),
});

/**
 * Makes the operation by which a counter asks a person to let certificates be used (用证授权). The person is named by
 * the number's blind index alone and no account is looked for, so the answer tells nobody whether there is one.
 */
export const requestAuthorisationOperation = (deps: {
  directory: Pick<Directory, 'holderIndexOf'>;
  consent: Pick<Consent, 'requestAuthorisation'>;
}) =>
  operation({
    id: 'requestAuthorisation',
    path: '/authorisations/request',
    scope: 'certificate.query',
    summary: { zh: '申请用证授权', en: 'Ask a person to let certificates be used' },
    body: requestBody,
    answer: z.object({ authorisationId: z.string(), answerBy: z.string() }),
    refusals: [
      'holder-type-unknown',
      'holder-code-invalid',
      'citizen-number-check',
      'service-item-missing',
      'service-item-disabled',
      'authorisation-not-needed',
      'authorisation-beyond-item',
      'authorisation-too-long',
      'authorisation-key-reused',
      'consent-field-invalid',
    ],
    async run({ holder, covers, matchCode, ...asked }, { clientId, department, name }) {
      const { authorisationId, answerBy } = await deps.consent.requestAuthorisation({
        ...asked,
        person: { holderIndex: deps.directory.holderIndexOf(holder) },
        // As the registration names it, and as the ledger will name who reads.
        requester: { kind: 'department', id: clientId, name: { zh: department, en: name.en } },
        covers: covers.map(({ certificateIdentifier, ...cover }) => ({
          ...cover,
          ...(certificateIdentifier === undefined ? {} : { certificateIdentifier }),
        })),
        requestedBy: 'counter',
        ...(matchCode === undefined ? {} : { matchCode }),
      });
      return { authorisationId, answerBy: answerBy.toISOString() };
    },
  });

const pollAnswer = z.object({
  state: z.enum(['pending', 'approved', 'refused', 'withdrawn', 'lapsed', 'expired']),
  usableUntil: z.string().nullable(),
  /** What the person allowed, which may be less than was asked; empty until then. */
  allowed: z.array(
    z.object({
      typeCode: z.string(),
      certificateIdentifier: z.string().nullable(),
      fields: z.array(z.string()),
    }),
  ),
});

/** Makes the operation that tells a department how its own request stands. */
export const pollAuthorisationOperation = ({ consent }: { consent: Pick<Consent, 'pollAuthorisation'> }) =>
  operation({
    id: 'pollAuthorisation',
    path: '/authorisations/poll',
    scope: 'certificate.query',
    summary: { zh: '查询用证授权状态', en: 'See how a use authorisation stands' },
    body: z.strictObject({ authorisationId: z.string().min(1).max(64) }),
    answer: pollAnswer,
    refusals: ['authorisation-missing'],
    async run({ authorisationId }, { clientId }) {
      const found = await consent.pollAuthorisation({ authorisationId, requesterId: clientId });
      if (found === null) throw new AppError('authorisation-missing');
      return {
        state: found.state,
        usableUntil: found.usableUntil?.toISOString() ?? null,
        allowed: found.allowed.map(({ typeCode, certificateIdentifier, fields }) => ({
          typeCode,
          certificateIdentifier: certificateIdentifier ?? null,
          fields,
        })),
      };
    },
  });
