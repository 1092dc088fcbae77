import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import type { RegionCode } from '../../terms/region-code.ts';
import type { Work } from '../ports.ts';
import { checkAct, checkFresh } from '../rules.ts';
import { handlerOf } from './handler.ts';
import { answerWithinSeconds } from './lifecycle.ts';
import {
  type Difference,
  noteContext,
  type Proposal,
  type ProposalRecord,
  viewProposal,
} from './proposal.ts';
import { readReason } from './reason.ts';
import { settle } from './settle.ts';

/** What an officer wants done, for another to decide. */
export interface NewProposal {
  officerId: string;
  kind: string;
  subject: string;
  /** The region it belongs to: who answers must be of it, or of one above. */
  regionCode: RegionCode;
  difference: readonly Difference[];
  reason: string;
  /** Act at once and be confirmed within 24 hours; needs a proof by passkey at `provenAt` that is fresh. */
  emergency?: boolean;
  provenAt?: Date;
}

/**
 * Makes a proposal; an emergency takes effect before it returns. Throws officer-not-allowed, proposal-reason,
 * proposal-open, proposal-no-emergency, officer-proof-stale, and for an emergency what its handler throws.
 */
export async function propose(work: Work, given: NewProposal): Promise<Proposal> {
  const { officerId, kind, regionCode, emergency = false } = given;
  const handler = handlerOf(work, kind);
  const reason = readReason(given.reason);
  const actor = await work.store.byId(officerId);

  if (actor === null) throw new AppError('officer-not-allowed');
  checkAct(actor, handler.proposeAct, regionCode);
  if (emergency) {
    if (handler.emergencyAct === undefined) throw new AppError('proposal-no-emergency');
    checkAct(actor, handler.emergencyAct, regionCode);
    checkFresh(work.clock, given.provenAt ?? new Date(0));
  }
  const record = recordOf(work, given, reason);

  if (!(await work.proposals.insert(record))) throw new AppError('proposal-open');

  return viewProposal(work.cipher, emergency ? await settle(work, record) : record);
}

const recordOf = (work: Work, given: NewProposal, reason: string): ProposalRecord => {
  const { officerId, kind, subject, regionCode, difference, emergency = false } = given;
  const proposalId = newId();
  const event = newEvent(work.clock, 'proposal.made', officerId, { kind, subject, emergency });
  const ttlSeconds = answerWithinSeconds[emergency ? 'emergency' : 'usual'];
  const note = work.cipher.seal(reason, noteContext(proposalId, 'propose'));
  return {
    _id: proposalId,
    kind,
    subject,
    regionCode,
    openSlot: `${kind}:${subject}`,
    difference: [...difference],
    proposer: officerId,
    proposedAt: event.at,
    expiresAt: new Date(event.at.getTime() + ttlSeconds * 1000),
    emergency,
    state: 'open',
    settled: !emergency,
    history: [{ act: 'propose', at: event.at, officerId, note }],
    version: 1,
    outbox: [event],
  };
};
