import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../base/error.ts';
import {
  describeCertificateIdentifier,
  parseCertificateIdentifier,
} from '../../terms/certificate-identifier.ts';
import { parseUseCause } from '../../terms/use-cause.ts';
import { admit, type CertificateAdmission, type Standing } from '../admission/admit.ts';
import { refusalStatus } from '../admission/refusals.ts';
import type { PeerQuestion, PeerReply } from '../link/message.ts';
import type { PeerRecord } from '../peer/peer.ts';
import { resultOf } from './finding.ts';
import type { AnswerRefusal, CertificateAnswer, CertificateQuestion } from './message.ts';
import { isParty } from './plan.ts';
import type { ForeignAccess, FoundCertificate, VerificationWork } from './ports.ts';
import { hashOfContent, keepReceipt } from './receipt.ts';

/** No answer leaves sooner, so that how long it took does not tell whether there is a certificate. */
const leastMilliseconds = 100;

/**
 * Answers a question that is proved to be a peer's, new and for us: the same gate as over there, the rate, a row in the
 * person's ledger, and only then the certificate. A refusal is a value, signed like an answer. Throws
 * peer-message-invalid {fault}, what the terms throw for what is asked, and what the ledger throws.
 */
export async function answerQuestion(
  work: VerificationWork,
  question: CertificateQuestion,
  asked: PeerQuestion,
): Promise<PeerReply> {
  checkType(question);
  const floor = delay(leastMilliseconds);
  const { standing, ...decided } = await decide(work, question, asked.from);
  const { content, result } =
    'refusal' in decided
      ? { content: decided, result: decided.refusal }
      : await lookUp(work, question, decided);
  await keepReceipt(work, {
    side: 'answered',
    peer: asked.from,
    agreementId: standing?.agreementId ?? null,
    agreementVersion: standing?.version ?? null,
    agreementDigest: standing?.digest ?? null,
    purpose: question.cause.itemCode,
    requesterId: question.requester.id,
    result,
    requestHash: asked.requestHash,
    answerHash: hashOfContent(content),
  });
  await floor;
  return { content, status: 'refusal' in decided ? statusOf(decided.refusal) : 200 };
}

/** An identifier names its type too: of another one it would get round the gate. */
function checkType({ identifier, type }: CertificateQuestion): void {
  if (identifier === null) return;
  const { typeCode } = describeCertificateIdentifier(parseCertificateIdentifier(identifier));
  if (typeCode !== type) throw new AppError('peer-message-invalid', { fault: 'type' });
}

const statusOf = (refusal: AnswerRefusal): number => (refusal === 'slow_down' ? 429 : refusalStatus[refusal]);

type Decision =
  | { standing: Standing | null; refusal: AnswerRefusal; waitSeconds?: number }
  | ({ standing: Standing } & Admitted);

interface Admitted {
  peer: PeerRecord;
  admission: CertificateAdmission;
}

async function decide(
  { recognition, self, clock, count }: VerificationWork,
  question: CertificateQuestion,
  from: string,
): Promise<Decision> {
  const [peer, standing] = await Promise.all([
    recognition.findPeer(from),
    recognition.findStanding(question.agreementId),
  ]);
  // What another peer has agreed with us is none of this one's business.
  if (peer === null || standing === null || !isParty(standing, from))
    return { standing: null, refusal: 'agreement_not_found' };
  const { agreementDigest, type, fields, level, basis, cause } = question;
  const admission = admit(
    standing,
    {
      kind: 'certificate',
      channel: 'gateway',
      agreementDigest,
      type,
      fields,
      level,
      from: self.regionCode,
      to: peer.regionCode,
      purpose: cause.itemCode,
      hasConsent: basis.kind === 'consent',
    },
    clock.now(),
  );
  if (!admission.admitted) return { standing, refusal: admission.code };
  const rate = await count(`peer-rate:${standing.agreementId}:${type}`, 60);
  if (rate.count > admission.requestsPerMinute)
    return { standing, refusal: 'slow_down', waitSeconds: rate.resetSeconds };
  return { standing, peer, admission };
}

async function lookUp(
  work: VerificationWork,
  question: CertificateQuestion,
  { peer, admission }: Admitted,
): Promise<{ content: Exclude<CertificateAnswer, { refusal: unknown }>; result: string }> {
  const { holder, type, identifier, wants } = question;
  const isRead = wants === 'fields' && admission.fields.length > 0;
  const holderIndex = work.library.holderIndexOf(holder);
  const access = accessBy(peer, question, isRead ? admission.fields : ['verdict']);
  // Whoever is asked about gets a row, whether there is a certificate or not.
  await work.recordAccess({ ...access, holderIndex });
  const found = await work.library.find({ holder, type, identifier });
  for (const other of found?.holderIndexes ?? [])
    if (other !== holderIndex) await work.recordAccess({ ...access, holderIndex: other });

  const verdict = found?.verdict ?? { kind: 'unknown' as const };
  const copy = isRead && found !== null ? await copyOf(work, question, { peer, admission, found }) : null;
  const missing = copy === null ? [] : admission.fields.filter((field) => !copy.shown.includes(field));
  const content = {
    verdict,
    statusAt: Math.floor(work.clock.now().getTime() / 1000),
    trustLevel: verdict.kind === 'genuine' && found !== null ? found.trustLevel : null,
    credential: copy?.credential ?? null,
    omitted: [...admission.omitted, ...missing],
  };
  return { content, result: resultOf(verdict) };
}

/** Copies what is covered of a certificate that is good and counts for something over there; null of any other. */
async function copyOf(
  { library }: VerificationWork,
  { identifier }: CertificateQuestion,
  { peer, admission, found }: Admitted & { found: FoundCertificate },
): Promise<{ credential: string; shown: string[] } | null> {
  if (found.verdict.kind !== 'genuine' || admission.trustMap[found.trustLevel] === undefined) return null;
  // Who named the certificate may see that it is this one; to anyone else its identifier would be news.
  const named = identifier === null ? [] : ['identifier'];
  const fields = [...new Set([...admission.fields, ...named])];
  return await library.copyOf({ identifier: found.identifier, fields, actor: peer._id });
}

function accessBy(
  peer: PeerRecord,
  { identifier, type, cause, basis, requester }: CertificateQuestion,
  fields: readonly string[],
): Omit<ForeignAccess, 'holderIndex'> {
  const { zh, en } = requester.name;
  return {
    reader: {
      id: `${peer._id}/${requester.id}`,
      name: { zh: `${peer.name} ${zh}`, en: `${peer.name} ${en}` },
    },
    what: { ...(identifier === null ? {} : { certificateIdentifier: identifier }), typeCode: type, fields },
    cause: parseUseCause(cause),
    basis,
  };
}
