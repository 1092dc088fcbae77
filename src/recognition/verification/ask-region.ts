import { AppError } from '../../base/error.ts';
import type { PeerAnswer } from '../link/message.ts';
import type { ReceiptedFinding } from './finding.ts';
import { type CertificateQuestion, verificationKinds } from './message.ts';
import type { Plan } from './plan.ts';
import type { VerificationWork } from './ports.ts';
import { readAnswer } from './read-answer.ts';
import { hashOfContent, keepReceipt } from './receipt.ts';

/**
 * Asks another region, after the row in the person's ledger is written. A receipt is kept whatever comes of it. Throws
 * region-unreachable, region-timeout, peer-refused, peer-answer-invalid, and the code of a refusal there.
 */
export async function askRegion(work: VerificationWork, plan: Plan): Promise<ReceiptedFinding> {
  const { peer, standing } = plan;
  let answer: PeerAnswer | null = null;
  try {
    answer = await send(work, plan);
    const finding = await readAnswer(work, plan, answer);
    const receiptId = await keep(work, plan, answer, finding.result);
    const { agreementId: id, version } = standing;
    return {
      ...finding,
      region: { code: peer.regionCode, name: peer.name },
      agreement: { id, version },
      receiptId,
    };
  } catch (error) {
    if (error instanceof AppError) await keep(work, plan, answer, error.code);
    throw error;
  }
}

/** How soon a call has to have failed for there to be time for another: who waits is a person at a counter. */
const retryWithinMilliseconds = 500;

/** Calls once, and once more with a new identifier when the first was refused at once. */
async function send(work: VerificationWork, plan: Plan): Promise<PeerAnswer> {
  const { breakers, clock } = work;
  const peer = plan.peer._id;
  if (!breakers.isClosed(peer)) throw new AppError('region-unreachable');
  const begunAt = clock.now().getTime();
  const call = () => work.ask(peer, verificationKinds.certificate, { ...questionOf(plan) });
  try {
    const answer = await call().catch((error: unknown) => {
      const isQuick = clock.now().getTime() - begunAt < retryWithinMilliseconds;
      if (isQuick && error instanceof AppError && error.code === 'region-unreachable') return call();
      throw error;
    });
    breakers.answered(peer);
    return answer;
  } catch (error) {
    const isDown =
      error instanceof AppError && (error.code === 'region-unreachable' || error.code === 'region-timeout');
    if (isDown) breakers.failed(peer);
    else breakers.answered(peer);
    throw error;
  }
}

const questionOf = ({ question, standing, there }: Plan): CertificateQuestion => ({
  agreementId: standing.agreementId,
  agreementDigest: standing.digest,
  wants: question.wants,
  type: there.type,
  identifier: question.identifier,
  holder: question.holder,
  fields: there.fields,
  level: question.level,
  basis: question.basis,
  cause: { ...question.cause },
  requester: question.requester,
});

/** Members of every message, which are no content of the answer. */
const ownClaims = ['iss', 'aud', 'iat', 'exp', 'jti', 'requestHash'];

async function keep(
  work: VerificationWork,
  { peer, standing, question }: Plan,
  answer: PeerAnswer | null,
  result: string,
): Promise<string> {
  const content = Object.entries(answer?.claims ?? {}).filter(([member]) => !ownClaims.includes(member));
  return await keepReceipt(work, {
    side: 'asked',
    peer: peer._id,
    agreementId: standing.agreementId,
    agreementVersion: standing.version,
    agreementDigest: standing.digest,
    purpose: question.cause.itemCode,
    requesterId: question.requester.id,
    result,
    requestHash: answer?.requestHash ?? null,
    answerHash: answer === null ? null : hashOfContent(Object.fromEntries(content)),
  });
}
