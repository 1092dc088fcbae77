/** How a proposal stands. */
export type ProposalState = 'open' | 'approved' | 'refused' | 'withdrawn' | 'expired';

/** What ends it; `expire` is the clock's. */
export type ProposalAct = 'approve' | 'refuse' | 'withdraw' | 'expire';

/** Where each act leads an open proposal; from any other state none leads anywhere. */
export const stateAfter: Readonly<Record<ProposalAct, ProposalState>> = {
  approve: 'approved',
  refuse: 'refused',
  withdraw: 'withdrawn',
  expire: 'expired',
};

/** Longest times an answer is waited for: usually, and to confirm what was done at once. */
export const answerWithinSeconds = { usual: 7 * 86_400, emergency: 86_400 } as const;

/** What is known of a proposal over time. */
interface Course {
  history: readonly { act: 'propose' | ProposalAct; at: Date }[];
  emergency: boolean;
  expiresAt: Date;
}

/**
 * How a proposal stood at an instant of the past, and since when it was in effect: from its approval on, in an emergency
 * from the proposal on, unless it ended otherwise.
 */
export function standingAt(
  { history, emergency, expiresAt }: Course,
  at: Date,
): { state: ProposalState; effectiveAt: Date | null } {
  const last = history.filter((step) => step.at <= at).at(-1);
  const isAnswered = last !== undefined && last.act !== 'propose';
  const state = isAnswered ? stateAfter[last.act as ProposalAct] : stateNow({ state: 'open', expiresAt }, at);
  const isInEffect = state === 'approved' || (emergency && state === 'open');
  const effective = emergency ? history[0] : last;
  return { state, effectiveAt: isInEffect ? (effective?.at ?? null) : null };
}

/** How a proposal stands at an instant: one past its time is expired, whether or not that was written yet. */
export const stateNow = (
  { state, expiresAt }: { state: ProposalState; expiresAt: Date },
  now: Date,
): ProposalState => (state === 'open' && expiresAt <= now ? 'expired' : state);
