import type { RecoveryRecord, RecoveryWay } from './recovery.ts';

/** How long each way waits, so that the owner can stop what is not theirs. */
export interface RecoveryDelays {
  /** A recovery code with the telephone's code. */
  codesSeconds: number;
  /** A second factor with a face check. */
  faceSeconds: number;
  /** Officers at a counter, with the telephone's code. */
  counterSeconds: number;
  /** A recovery code, or the paper of a counter, without the telephone's code. */
  withoutPhoneSeconds: number;
}

/** The waits there are when none are set: our design. */
export const usualDelays: RecoveryDelays = {
  codesSeconds: 0,
  faceSeconds: 86_400,
  counterSeconds: 3600,
  withoutPhoneSeconds: 259_200,
};

/** How long one can go on once the longest wait is over. */
const openSeconds = 7 * 86_400;

export type RecoveryTimes = Pick<RecoveryRecord, 'readyAt' | 'readyAloneAt' | 'expiresAt'>;

/** Tells from when a recovery that is asked for now can be completed, and until when. */
export function timesOf(
  { way, isPhoneProven }: { way: RecoveryWay; isPhoneProven: boolean },
  delays: RecoveryDelays,
  now: Date,
): RecoveryTimes {
  const { codesSeconds, faceSeconds, counterSeconds, withoutPhoneSeconds } = delays;
  const byCodes = isPhoneProven ? codesSeconds : withoutPhoneSeconds;
  const after = {
    codes: { ready: byCodes, alone: byCodes },
    face: { ready: faceSeconds, alone: faceSeconds },
    counter: { ready: counterSeconds, alone: Math.max(counterSeconds, withoutPhoneSeconds) },
  }[way];
  const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
  return {
    readyAt: at(after.ready),
    readyAloneAt: at(after.alone),
    expiresAt: at(after.alone + openSeconds),
  };
}

/** What stands of a recovery now: `phone` is ready for who shows the telephone's code, and for nobody else. */
export type RecoveryState = 'waiting' | 'phone' | 'ready' | 'done' | 'stopped' | 'expired';

/** Judges where a recovery stands. */
export function stateAt(
  record: Pick<RecoveryRecord, 'state'> & RecoveryTimes,
  now: Date,
  isPhoneProven = false,
): RecoveryState {
  if (record.state !== 'waiting') return record.state;
  if (now >= record.expiresAt) return 'expired';
  if (now < record.readyAt) return 'waiting';
  return isPhoneProven || now >= record.readyAloneAt ? 'ready' : 'phone';
}

/** Tells whether a recovery still leads anywhere. */
export const isOpen = (record: Pick<RecoveryRecord, 'state'> & RecoveryTimes, now: Date): boolean =>
  ['waiting', 'phone', 'ready'].includes(stateAt(record, now));
