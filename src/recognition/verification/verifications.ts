/**
 * Certificates across regions (跨地区证照核验): a department here asks about one of another region, another region asks
 * about one of ours, and a counter here scans a code, or takes from a wallet, what a citizen shows. Owns the question and
 * the answer, how they are put into the words of either region, the retry and the breaker, what is known of other regions'
 * keys and lists, and the receipts. It does not own the gate (admission), who is proved to speak (link), certificates and
 * credentials (a library is handed in), the ledger (likewise), nor whether a use authorisation stands (the edge asks its
 * own region's). That a type or field has other names in two regions is the agreement's matter and nowhere else's.
 * Messages, the least time of an answer, the breaker and the ages are a design of this project.
 * Control leaves by a finding, or by an AppError with a code; what happened rides in the outbox of the receipts.
 */
import type { OutboxSource } from '../../storage/outbox.ts';
import type { PeerQuestion, PeerReply } from '../link/message.ts';
import { answerQuestion } from './answer-question.ts';
import { askRegion } from './ask-region.ts';
import { createBreakers } from './breaker.ts';
import { type CodeFinding, type CodeQuestion, checkCode } from './check-code.ts';
import {
  checkPresented,
  type PresentationRequest,
  type PresentedFinding,
  type PresentedQuestion,
  requestPresentation,
} from './check-presented.ts';
import type { ReceiptedFinding } from './finding.ts';
import type { CertificateQuestion } from './message.ts';
import { type Plan, planQuestion, type RegionQuestion } from './plan.ts';
import type { VerificationDeps, VerificationWork } from './ports.ts';
import { openReceiptStore, type Receipt } from './store.ts';

/** What can be asked of verification across regions. */
export interface Verifications {
  /** What was asked and answered, for the audit relay. */
  outboxes: readonly OutboxSource[];
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
  /** Decides whether a question may be asked. Between this and asking stands the row in the person's ledger. */
  planQuestion(question: RegionQuestion): Promise<Plan>;
  askRegion(plan: Plan): Promise<ReceiptedFinding>;
  checkCode(question: CodeQuestion): Promise<CodeFinding>;
  /** Gives a counter what a wallet is to prove its key over. */
  requestPresentation(requesterId: string): Promise<PresentationRequest>;
  checkPresented(question: PresentedQuestion): Promise<PresentedFinding>;
  /** Answers another region, whose word the message has proved. */
  answerQuestion(question: CertificateQuestion, asked: PeerQuestion): Promise<PeerReply>;
  /** Answers by which keys this region signs its credentials. */
  answerCredentialKeys(): Promise<PeerReply>;
  findReceipt(receiptId: string): Promise<Receipt | null>;
  /** Lists the receipts under an agreement, the newest first. */
  listReceipts(agreementId: string, limit?: number): Promise<Receipt[]>;
}

/** Opens verification across regions on its store. */
export function createVerifications({ connection, ...deps }: VerificationDeps): Verifications {
  const receipts = openReceiptStore(connection);
  const work: VerificationWork = { ...deps, receipts, breakers: createBreakers(deps.clock) };
  return {
    outboxes: [receipts.outbox],
    ready: receipts.ready,
    planQuestion: (question) => planQuestion(work, question),
    askRegion: (plan) => askRegion(work, plan),
    checkCode: (question) => checkCode(work, question),
    requestPresentation: (requesterId) => requestPresentation(work, requesterId),
    checkPresented: (question) => checkPresented(work, question),
    answerQuestion: (question, asked) => answerQuestion(work, question, asked),
    answerCredentialKeys: async () => ({ content: { keys: await deps.library.credentialKeys() } }),
    findReceipt: receipts.byId,
    listReceipts: (agreementId, limit = 100) => receipts.ofAgreement(agreementId, limit),
  };
}
