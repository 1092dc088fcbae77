import { z } from 'zod';
import { levelOf } from '../../terms/assurance.ts';
import { type TrustLevel, trustLevels } from '../../terms/trust-level.ts';
import { type RefusalCode, refusalStatus } from '../admission/refusals.ts';
import type { MessageKind } from '../link/message.ts';

/** The two kinds of message by which a region asks another about certificates; members and names are a design of this project. */
export const verificationKinds = {
  /** Asks whether a certificate is good, or for fields of it. Encrypted both ways: it names a person. */
  certificate: {
    path: '/peer/certificates',
    type: 'yihao-certificate-question+jwt',
    answerType: 'yihao-certificate-answer+jwt',
    isSealed: true,
  },
  /** Asks for the keys that sign the region's credentials, so that they hang on its agreement key and not on TLS. */
  credentialKeys: {
    path: '/peer/credential-keys',
    type: 'yihao-credential-keys-question+jwt',
    answerType: 'yihao-credential-keys+jwt',
    isSealed: false,
  },
} as const satisfies Record<string, MessageKind>;

const name = z.string().min(1).max(128);
const names = z.array(name).max(100);

/** By what right: the person's authorisation, which the region that asks holds, or a duty by law. */
export const basisShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('consent'), authorisationId: z.string().min(1).max(64) }),
  z.object({ kind: z.literal('law'), law: name, article: name }),
]);

/** What is asked, in the words of the region that is asked. */
export const questionShape = z.object({
  agreementId: z.string().max(64),
  agreementDigest: z.string().max(128),
  wants: z.enum(['verdict', 'fields']),
  type: name,
  identifier: name.nullable(),
  holder: z.object({ type: z.string().max(3), code: z.string().max(64) }),
  fields: names,
  level: z.string().refine((text) => levelOf(text) !== null),
  basis: basisShape,
  /** A use cause for a service item, whose code is the purpose; the domain reads it. */
  cause: z.looseObject({ itemCode: z.string().max(64) }),
  requester: z.object({ id: z.string().max(128), name: z.object({ zh: name, en: name }) }),
});
export type CertificateQuestion = z.output<typeof questionShape>;

/** Why a question is not answered: by the gate, or because of its rate. */
export type AnswerRefusal = RefusalCode | 'slow_down';
const refusals = ['slow_down', ...Object.keys(refusalStatus)] as [AnswerRefusal, ...AnswerRefusal[]];

/** What is answered: a refusal, or a verdict with no more than was asked and is covered. */
export const answerShape = z.union([
  z.object({ refusal: z.enum(refusals), waitSeconds: z.int().positive().optional() }),
  z.object({
    /** Read by `parseVerdict`. */
    verdict: z.unknown(),
    /** When it was looked up, in seconds. */
    statusAt: z.int(),
    trustLevel: z.enum(trustLevels as [TrustLevel, ...TrustLevel[]]).nullable(),
    /** An SD-JWT VC that discloses the fields; null when none are given out. */
    credential: z.string().nullable(),
    /** What was asked and is not given out, in the words of who answers. */
    omitted: names,
  }),
]);
export type CertificateAnswer = z.output<typeof answerShape>;

/** The keys that sign a region's credentials. */
export const credentialKeysShape = z.object({
  keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })).min(1),
});

/** The certificate's own members that are disclosed by name; every other field is a face field. */
export const ownMembers = [
  'identifier',
  'number',
  'holders',
  'issuedOn',
  'validFrom',
  'validUntil',
  'photoDigest',
] as const;

/** How the type of a credential begins: the version of the type follows. */
export const credentialTypePrefix = (type: string): string => `urn:yihao:certificate:${type}:`;
