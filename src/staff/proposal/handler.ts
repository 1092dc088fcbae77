import type { Act } from '../permissions.ts';
import type { Work } from '../ports.ts';
import type { Proposal } from './proposal.ts';

/**
 * What is done about one kind of proposal, by the domain that knows it. Both deeds may be asked for again after a crash,
 * or by two processes at once, and must come to the same end.
 */
export interface ProposalHandler {
  proposeAct: Act;
  approveAct: Act;
  /** Who may act at once and be confirmed later; a kind without it has no emergencies. */
  emergencyAct?: Act;
  /** Refuses an approval of what could not be brought about by now; the proposal stays open. */
  check?(proposal: Proposal): Promise<void>;
  /** Brings about what was approved, or what an emergency does at once. */
  apply(proposal: Proposal): Promise<void>;
  /** Clears up after what was refused, withdrawn or not answered in time: takes back what an emergency did. */
  undo?(proposal: Proposal): Promise<void>;
}

/** Finds what is done about a kind. Throws RangeError: a kind that nobody handles is a mistake in the wiring. */
export function handlerOf({ handlers }: Pick<Work, 'handlers'>, kind: string): ProposalHandler {
  const handler = Object.hasOwn(handlers, kind) ? handlers[kind] : undefined;
  if (handler === undefined) throw new RangeError(`nobody handles proposals of kind ${kind}`);
  return handler;
}
