import { AppError } from '../../base/error.ts';
import type { JsonObject, JsonValue } from '../../crypto/ports.ts';
import { verifySdJwt } from '../../crypto/sd-jwt-verify.ts';
import { parseVerdict, type Verdict } from '../../terms/verdict.ts';
import type { PeerAnswer } from '../link/message.ts';
import { readToken } from '../link/token.ts';
import { type Finding, resultOf } from './finding.ts';
import { answerShape, type CertificateAnswer, credentialTypePrefix, ownMembers } from './message.ts';
import { type Plan, refusalError } from './plan.ts';
import type { VerificationWork } from './ports.ts';

type Told = Exclude<CertificateAnswer, { refusal: unknown }>;

/**
 * Reads an answer that is proved to be the peer's and to our question: shape, age, and of a credential its signature,
 * type, certificate and status; then puts it into the words of this region. Throws the code of a refusal,
 * peer-answer-invalid {fault}, and region-unreachable when the status of the credential cannot be had.
 */
export async function readAnswer(
  work: VerificationWork,
  plan: Plan,
  { claims }: PeerAnswer,
): Promise<Finding> {
  const parsed = answerShape.safeParse(claims);
  if (!parsed.success) throw invalid('shape');
  const told = parsed.data;
  if ('refusal' in told) throw refusalError(told.refusal, told.waitSeconds);
  const verdict = readVerdict(told.verdict);
  const { admission, there } = plan;
  const statusAt = new Date(told.statusAt * 1000);
  const ageSeconds = (work.clock.now().getTime() - statusAt.getTime()) / 1000;
  if (Math.abs(ageSeconds) > admission.maximumStatusAgeSeconds) throw invalid('status too old');

  const isGenuine = verdict.kind === 'genuine';
  const trustLevel =
    isGenuine && told.trustLevel !== null ? (admission.trustMap[told.trustLevel] ?? null) : null;
  const isCounted = isGenuine && trustLevel !== null;
  const isRead = isCounted && plan.question.wants === 'fields' && admission.fields.length > 0;
  const values = isRead ? await valuesOf(work, plan, told) : {};
  const missing = isRead ? admission.fields.filter((field) => !(field in values)) : [];
  const here = (field: string): string => admission.fieldMap[field] ?? field;
  return {
    result: isGenuine && !isCounted ? 'trust_not_covered' : resultOf(verdict),
    verdict,
    statusAt,
    trustLevel,
    typeCode: admission.as,
    fields: Object.fromEntries(Object.entries(values).map(([field, value]) => [here(field), value])),
    omitted: [...missing.map(here), ...admission.omitted, ...there.unnamed],
  };
}

function readVerdict(given: unknown): Verdict {
  try {
    return parseVerdict(given);
  } catch {
    throw invalid('verdict');
  }
}

/** Reads the covered fields out of the credential; what it discloses beyond them is passed over. */
async function valuesOf(
  work: VerificationWork,
  { peer, admission, there, question }: Plan,
  { credential }: Told,
): Promise<Record<string, JsonValue>> {
  if (credential === null) throw invalid('credential missing');
  const { type, claims } = await verifySdJwt(credential, {
    clock: work.clock,
    presentedTo: null,
    keysOf: async (issuer) =>
      issuer === peer._id ? await work.known.keysOf(issuer, readToken(credential)?.kid ?? null) : null,
    statusListOf: (uri) => work.known.statusListOf(uri, admission.maximumStatusAgeSeconds),
  }).catch((error: unknown) => {
    throw faultOf(error);
  });
  if (!type.startsWith(credentialTypePrefix(there.type))) throw invalid('credential of another type');
  if (question.identifier !== null && claims['identifier'] !== question.identifier)
    throw invalid('credential of another certificate');
  const fields = claims['fields'] as JsonObject | undefined;
  return Object.fromEntries(
    admission.fields.flatMap((field) => {
      const isOwn = ownMembers.some((member) => member === field);
      const value = isOwn ? claims[field] : fields?.[field];
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

function faultOf(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code.startsWith('region-')) return error;
  if (error.code === 'credential-status-unavailable')
    return new AppError('region-unreachable', {}, { cause: error });
  return invalid(error.code);
}

const invalid = (fault: string): AppError => new AppError('peer-answer-invalid', { fault });
