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

/** How a proposal stands at an instant: one past its time is expired, whether or not that was written yet. */
export const stateNow = (
  { state, expiresAt }: { state: ProposalState; expiresAt: Date },
  now: Date,
): ProposalState => (state === 'open' && expiresAt <= now ? 'expired' : state);
