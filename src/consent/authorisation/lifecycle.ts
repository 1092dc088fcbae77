/** What a use authorisation is kept as. */
export type StoredState = 'pending' | 'approved' | 'refused' | 'withdrawn';

/** What it is at an instant: time alone makes the two others, and neither is ever written. */
export type AuthorisationState = StoredState | 'lapsed' | 'expired';

export type AuthorisationAct = 'approve' | 'refuse' | 'withdraw';

/** Where each act leads from each state; what does not stand here cannot be done. */
export const moves: Readonly<
  Record<AuthorisationState, Readonly<Partial<Record<AuthorisationAct, StoredState>>>>
> = {
  pending: { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' },
  approved: { withdraw: 'withdrawn' },
  refused: {},
  withdrawn: {},
  lapsed: {},
  expired: {},
};

const leadsTo: Readonly<Record<AuthorisationAct, StoredState>> = {
  approve: 'approved',
  refuse: 'refused',
  withdraw: 'withdrawn',
};

/** When it has to be answered by, and until when an approved one holds. */
export interface Timed {
  state: StoredState;
  answerBy: Date;
  usableUntil?: Date;
}

/** Tells the state at an instant. */
export function stateAt({ state, answerBy, usableUntil }: Timed, now: Date): AuthorisationState {
  if (state === 'pending' && now >= answerBy) return 'lapsed';
  if (state === 'approved' && (usableUntil === undefined || now >= usableUntil)) return 'expired';
  return state;
}

/** What an act comes to: a change, nothing since it was done before, or a refusal. */
export type Move = { kind: 'change'; to: StoredState } | { kind: 'repeat' } | { kind: 'refused' };

/** Decides an act; the same one a second time is a repeat, so that a page sent twice is no error. */
export function moveOf(state: AuthorisationState, act: AuthorisationAct): Move {
  const to = moves[state][act];
  if (to !== undefined) return { kind: 'change', to };
  return state === leadsTo[act] ? { kind: 'repeat' } : { kind: 'refused' };
}
