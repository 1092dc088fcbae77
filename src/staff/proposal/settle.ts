import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { Work } from '../ports.ts';
import { handlerOf } from './handler.ts';
import { stateAfter } from './lifecycle.ts';
import { type ProposalRecord, viewProposal } from './proposal.ts';

const mostAttempts = 5;
const atOnce = 100;

/**
 * Has the handler do what the state asks for, and writes that it has; an answer that came meanwhile has it done anew by
 * the state that stands then. Throws what the handler throws: the proposal stays unsettled and is tried again.
 */
export async function settle(work: Work, record: ProposalRecord): Promise<ProposalRecord> {
  let read: ProposalRecord | null = record;
  for (let attempt = 0; attempt < mostAttempts && read !== null; attempt += 1) {
    await bringAbout(work, read);
    const event = newEvent(work.clock, 'proposal.settled', 'system', { kind: read.kind, state: read.state });
    if (await work.proposals.swap(read, { settled: true }, event)) return { ...read, settled: true };
    read = await work.proposals.byId(read._id);
  }
  throw new AppError('storage-unavailable');
}

const bringAbout = async (work: Work, record: ProposalRecord): Promise<void> => {
  const handler = handlerOf(work, record.kind);
  const proposal = viewProposal(work.cipher, record);
  if (record.state === 'approved' || (record.state === 'open' && record.emergency))
    return handler.apply(proposal);
  if (record.state !== 'open') await handler.undo?.(proposal);
};

/**
 * Closes what was not answered in time and settles what a crash left; to be called now and then. Returns how many it
 * brought on. Throws what a handler throws, after the others were tried.
 */
export async function sweepProposals(work: Work): Promise<number> {
  const now = work.clock.now();
  const overdue = await work.proposals.overdue(now, atOnce);
  for (const record of overdue) await expire(work, record);
  const unsettled = await work.proposals.unsettled(atOnce);
  const results = await Promise.allSettled(unsettled.map((record) => settle(work, record)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return overdue.length + unsettled.length;
}

/** Lets an overdue proposal lapse; one that was answered at the last moment stands as answered. */
const expire = async (work: Work, read: ProposalRecord): Promise<void> => {
  const { kind, subject } = read;
  const event = newEvent(work.clock, 'proposal.expired', 'system', { kind, subject });
  const step = { act: 'expire' as const, at: event.at, officerId: 'system', note: null };
  await work.proposals.swap(
    read,
    {
      state: stateAfter.expire,
      settled: false,
      openSlot: read._id,
      history: [...read.history, step],
    },
    event,
  );
};
