/** How an objection stands. */
export type ObjectionState = 'opened' | 'underReview' | 'upheld' | 'rejected' | 'withdrawn';

export type ObjectionAct = 'review' | 'uphold' | 'reject' | 'withdraw';

/** Where each act leads from each state; what does not stand here cannot be done. */
export const objectionMoves: Readonly<
  Record<ObjectionState, Readonly<Partial<Record<ObjectionAct, ObjectionState>>>>
> = {
  opened: { review: 'underReview', withdraw: 'withdrawn' },
  underReview: { uphold: 'upheld', reject: 'rejected', withdraw: 'withdrawn' },
  upheld: {},
  rejected: {},
  withdrawn: {},
};

/** Tells whether a case is at its end. */
export const isClosed = (state: ObjectionState): boolean => Object.keys(objectionMoves[state]).length === 0;
