import { z } from 'zod';
import type { ErrorCode } from '../../base/error.ts';
import { acrOf } from '../../terms/assurance.ts';
import { operation } from './operation.ts';
import {
  askOtherRegion,
  assuranceShape,
  gateRefusals,
  itemCauseOf,
  type RegionDeps,
  regionBody,
  sourceShape,
} from './recognition-use.ts';
import { useCauseShape, verdictShape } from './shapes.ts';

const askRefusals: readonly ErrorCode[] = [
  ...gateRefusals,
  'certificate-identifier-form',
  'certificate-identifier-check',
  'holder-type-unknown',
  'holder-code-invalid',
  'citizen-number-check',
  'agreement-digest-mismatch',
  'consent-required',
  'use-not-authorised',
  'region-slow-down',
  'region-unreachable',
  'region-timeout',
  'peer-answer-invalid',
  'peer-refused',
];

const finding = {
  result: z.enum([
    'valid',
    'trust_not_covered',
    'revoked',
    'suspended',
    'expired',
    'not_yet_effective',
    'not_genuine',
    'not_found',
  ]),
  verdict: verdictShape,
  /** When it was looked up there. */
  statusAt: z.string(),
  /** What its trust level counts for here; null unless it is genuine and counts for something. */
  trustLevel: z.enum(['A', 'B', 'C', 'D']).nullable(),
  /** What its type is taken for here. */
  typeCode: z.string(),
  ...sourceShape,
};

/** Makes the operation that asks another region whether a certificate is good (跨地区核验); no field of it is given out. */
export const verifyRegionOperation = (deps: RegionDeps) =>
  operation({
    id: 'verifyRegionCertificate',
    path: '/recognition/verify',
    scope: 'recognition.verify',
    summary: { zh: '跨地区核验证照', en: 'Verify a certificate of another region' },
    body: z.strictObject(regionBody),
    answer: z.object(finding),
    refusals: askRefusals,
    async run(given, caller) {
      const asked = { wants: 'verdict' as const, fields: [] };
      const { fields, omitted, ...found } = await askOtherRegion(deps, caller, given, asked);
      return found;
    },
  });

/** Makes the operation that asks another region for fields of a certificate (跨地区用证), by their names here. */
export const readRegionOperation = (deps: RegionDeps) =>
  operation({
    id: 'readRegionCertificate',
    path: '/recognition/read',
    scope: 'recognition.read',
    summary: { zh: '跨地区读取证照内容', en: 'Read fields of a certificate of another region' },
    body: z.strictObject({ ...regionBody, fields: z.array(z.string().max(64)).min(1).max(100) }),
    answer: z.object({
      ...finding,
      fields: z.record(z.string(), z.unknown()),
      /** What was asked and not given out: not covered, or not filled in. */
      omitted: z.array(z.string()),
    }),
    refusals: [...askRefusals, 'use-trust-low'],
    run: ({ fields, ...given }, caller) => askOtherRegion(deps, caller, given, { wants: 'fields', fields }),
  });

/**
 * Makes the operation of a counter that scans a code of another region (跨地区扫码核验), by what is known here: that region
 * does not learn of it. The code names its holder by no number, so there is no ledger here that a row could go to; the
 * region that made the code has told them of it.
 */
export const scanRegionOperation = (deps: RegionDeps) =>
  operation({
    id: 'scanRegionCode',
    path: '/recognition/scan',
    scope: 'recognition.verify',
    summary: { zh: '跨地区扫码核验', en: 'Scan a certificate of another region that is shown' },
    body: z.strictObject({
      /** What the QR code holds. */
      code: z.string().min(1).max(4096),
      assurance: assuranceShape,
      useCause: useCauseShape,
    }),
    answer: z.object({
      kind: z.enum(['genuine', 'notInForce', 'ended', 'notGenuine', 'cannotTell']),
      /** Why it is not genuine. */
      refusal: z.string().nullable(),
      typeCode: z.string(),
      shown: z
        .object({
          typeName: z.string(),
          issuerName: z.string(),
          maskedName: z.string(),
          validUntil: z.string().nullable(),
          fields: z.array(z.object({ name: z.string(), label: z.string(), value: z.string() })),
          signedAt: z.string(),
        })
        .nullable(),
      omitted: z.array(z.string()),
      knownAt: z.string().nullable(),
      ...sourceShape,
    }),
    refusals: [...gateRefusals, 'credential-issuer-unknown', 'credential-malformed'],
    async run({ code, assurance, useCause }, caller) {
      const { shown, knownAt, ...found } = await deps.verifications.checkCode({
        text: code,
        cause: itemCauseOf(useCause, caller),
        level: acrOf(assurance),
        requesterId: caller.clientId,
      });
      return {
        ...found,
        shown: shown === null ? null : { ...shown, signedAt: shown.signedAt.toISOString() },
        knownAt: knownAt?.toISOString() ?? null,
      };
    },
  });
