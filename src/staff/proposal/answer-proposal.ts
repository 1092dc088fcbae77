import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { OfficerRecord } from '../officer.ts';
import type { Work } from '../ports.ts';
import { checkAct, checkFresh } from '../rules.ts';
import { handlerOf } from './handler.ts';
import { type ProposalAct, stateAfter, stateNow } from './lifecycle.ts';
import { noteContext, type Proposal, type ProposalRecord, viewProposal } from './proposal.ts';
import { readReason } from './reason.ts';
import { settle } from './settle.ts';

/** What an officer can answer. */
export type Answer = Exclude<ProposalAct, 'expire'>;

/** An answer to one proposal. */
export interface ProposalAnswer {
  officerId: string;
  proposalId: string;
  answer: Answer;
  /** When the officer last proved by passkey who they are. */
  provenAt: Date;
  /** Why; a refusal must say it. */
  note?: string;
}

const mostAttempts = 5;

/**
 * Answers a proposal: another officer approves or refuses it, with a fresh proof, or the proposer withdraws it; an
 * approval takes effect before this returns, and one whose check fails is not taken. Throws proposal-missing, proposal-own,
 * officer-own, proposal-closed {state}, officer-not-allowed, officer-proof-stale, proposal-reason, and what the handler
 * throws.
 */
export async function answerProposal(work: Work, given: ProposalAnswer): Promise<Proposal> {
  const { officerId, proposalId, answer } = given;
  const note = answer === 'refuse' || given.note ? readReason(given.note ?? '') : null;
  const actor = await work.store.byId(officerId);
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const read = await work.proposals.byId(proposalId);
    if (read === null) throw new AppError('proposal-missing');
    check(work, read, actor, given);
    if (answer === 'approve') await handlerOf(work, read.kind).check?.(viewProposal(work.cipher, read));
    const state = stateAfter[answer];
    const { kind, subject } = read;
    const event = newEvent(work.clock, `proposal.${state}`, officerId, { kind, subject });
    const sealed = note === null ? null : work.cipher.seal(note, noteContext(proposalId, answer));
    const changes = {
      state,
      settled: false,
      openSlot: proposalId,
      history: [...read.history, { act: answer, at: event.at, officerId, note: sealed }],
    };
    if (!(await work.proposals.swap(read, changes, event))) continue;
    const answered = await settle(work, { ...read, ...changes, version: read.version + 1 });
    return viewProposal(work.cipher, answered);
  }
  throw new AppError('storage-unavailable');
}

/** Refuses who may not answer so, or an answer that comes too late. */
function check(
  work: Work,
  read: ProposalRecord,
  actor: OfficerRecord | null,
  { answer, officerId, provenAt }: ProposalAnswer,
): void {
  const { proposeAct, approveAct } = handlerOf(work, read.kind);
  if (actor === null) throw new AppError('officer-not-allowed');
  const isOwn = read.proposer === officerId;
  checkAct(actor, answer === 'withdraw' ? proposeAct : approveAct, read.regionCode);
  if (answer === 'withdraw' && !isOwn) throw new AppError('officer-not-allowed');
  if (answer !== 'withdraw' && isOwn) throw new AppError('proposal-own');
  // Who is the subject decides nothing about themselves.
  if (answer !== 'withdraw' && read.subject === officerId) throw new AppError('officer-own');
  if (answer !== 'withdraw') checkFresh(work.clock, provenAt);
  const state = stateNow(read, work.clock.now());
  if (state !== 'open') throw new AppError('proposal-closed', { state });
}
