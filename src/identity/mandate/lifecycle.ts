import { AppError } from '../../base/error.ts';
import type { MandateRecord, MandateStatus } from './mandate.ts';

/** What a mandate is at an instant. */
export type MandateState = MandateStatus | 'expired';
export type MandateAct = 'accept' | 'refuse' | 'attest' | 'decline' | 'revoke';
type Dated = Pick<MandateRecord, 'status' | 'answerBy' | 'expiresAt'>;

const moves: Readonly<Record<MandateAct, Partial<Record<MandateStatus, MandateStatus>>>> = {
  accept: { offered: 'active' },
  refuse: { offered: 'refused' },
  attest: { drafted: 'active' },
  decline: { drafted: 'refused' },
  revoke: { offered: 'revoked', active: 'revoked' },
};

/** Computes what a mandate is now: an offer ends with the time to answer, both end with the mandate's own time. */
export function stateOf({ status, answerBy, expiresAt }: Dated, now: Date): MandateState {
  const open = { drafted: [expiresAt], offered: [answerBy, expiresAt], active: [expiresAt] };
  const ends = { ...open, refused: [], revoked: [] }[status];
  return ends.some((end) => end !== null && end <= now) ? 'expired' : status;
}

/** Decides what an act makes of a mandate. Throws mandate-not-open. */
export function statusAfter(mandate: Dated, act: MandateAct, now: Date): MandateStatus {
  const state = stateOf(mandate, now);
  const next = state === 'expired' ? undefined : moves[act][state];
  if (next === undefined) throw new AppError('mandate-not-open');
  return next;
}
