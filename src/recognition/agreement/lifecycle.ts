import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import { type Phase, type Progress, startOfDay } from './chain.ts';
import type { AgreementDocument } from './document.ts';

/** What an agreement is at an instant. */
export type AgreementState =
  | 'draft'
  | 'proposed'
  | 'withdrawn'
  | 'rejected'
  | 'countersigned'
  | 'active'
  | 'suspended'
  | 'terminated'
  | 'expired'
  | 'superseded';

/** What can be done with an agreement by one side. */
export type AgreementAct =
  | 'propose'
  | 'withdraw'
  | 'reject'
  | 'countersign'
  | 'suspend'
  | 'confirmSuspension'
  | 'resume'
  | 'terminate';

/** An agreement as it is judged: the text, who has signed it, what each party's chain comes to, when the peer was heard. */
export interface Agreement {
  document: AgreementDocument;
  digest: string;
  /** The hash of the document with the signatures of all its parties; null while one is missing. */
  signedDigest: string | null;
  signedBy: string[];
  /** A party each, in the order of the document. */
  progress: Progress[];
  /** When the peer last said how it sees this agreement; null when it never did. */
  heardAt: Date | null;
  /** Whether the peer has said that its chain goes further than what is here. */
  isBehind: boolean;
  /** The next version, where there is one here. */
  successor: Agreement | null;
}

/** From which state each act is possible; whether it is this side's to do, `mayAct` says. */
export const moves: Readonly<Record<AgreementAct, readonly AgreementState[]>> = {
  propose: ['draft'],
  withdraw: ['proposed', 'countersigned'],
  reject: ['proposed'],
  countersign: ['proposed'],
  suspend: ['countersigned', 'active', 'suspended', 'superseded'],
  confirmSuspension: ['countersigned', 'suspended', 'superseded'],
  resume: ['countersigned', 'suspended', 'superseded'],
  terminate: ['countersigned', 'active', 'suspended', 'superseded'],
};

const phases: Readonly<Record<AgreementAct, readonly Phase[]>> = {
  propose: ['silent'],
  withdraw: ['signed'],
  reject: ['silent'],
  countersign: ['silent'],
  suspend: ['acknowledged', 'terminated'],
  confirmSuspension: ['acknowledged', 'terminated'],
  resume: ['acknowledged', 'terminated'],
  terminate: ['acknowledged', 'terminated'],
};

/** Tells whether a party can do an act now: the state allows it, and its own chain has come that far. */
export function mayAct(agreement: Agreement, party: string, act: AgreementAct, now: Date): boolean {
  const own = agreement.progress.find((progress) => progress.party === party);
  if (own === undefined || !moves[act].includes(stateOf(agreement, now))) return false;
  if (!phases[act].includes(own.phase)) return false;
  if (act === 'withdraw') return own.isProposer;
  if (act === 'suspend') return own.suspension === null;
  if (act === 'resume') return own.suspension !== null;
  if (act === 'confirmSuspension') return own.suspension !== null && own.suspension.confirmBy !== null;
  return true;
}

/**
 * Tells what an agreement is at an instant: of its text, its signatures, the chains of its parties and the clock, and of
 * nothing else, so both sides say the same once they hold the same. It is never stored.
 */
export function stateOf(agreement: Agreement, now: Date): AgreementState {
  const { document, signedBy, progress, successor } = agreement;
  if (progress.some(({ phase }) => phase === 'withdrawn')) return 'withdrawn';
  if (progress.some(({ phase }) => phase === 'rejected')) return 'rejected';
  if (progress.some(({ endsAt }) => endsAt !== null && now >= endsAt)) return 'terminated';
  if (shanghaiDateOf(now) > document.validUntil) return 'expired';
  if (signedBy.length === 0) return 'draft';
  if (signedBy.length < document.parties.length) return 'proposed';
  if (!isInForce(agreement, now)) return 'countersigned';
  if (successor !== null && isInForce(successor, now)) return 'superseded';
  return progress.some(({ suspension }) => suspension !== null) ? 'suspended' : 'active';
}

/**
 * Tells whether an agreement has come into force, whatever became of it since: all have acknowledged the same signatures,
 * and the first day came before it was ended. A version that has keeps the one before it superseded for good.
 */
export function isInForce({ document, signedDigest, progress }: Agreement, now: Date): boolean {
  const start = startOfDay(document.validFrom);
  return (
    signedDigest !== null &&
    now >= start &&
    progress.every((party) => party.signedDigest === signedDigest) &&
    progress.every(({ endsAt }) => endsAt === null || endsAt > start)
  );
}

/** How old the word of the peer may be. A design of this project. */
export const staleAfterSeconds = 120;

/** Tells whether the peer was heard lately enough, and nothing it says is missing here; without that, no gate opens. */
export const isFresh = ({ heardAt, isBehind }: Agreement, now: Date): boolean =>
  heardAt !== null && !isBehind && now.getTime() - heardAt.getTime() <= staleAfterSeconds * 1000;

/**
 * Tells whether a second officer is overdue for an emergency suspension. The suspension stands all the same: silence
 * never opens what someone closed; it is raised as an alarm until it is confirmed or lifted by two.
 */
export const isConfirmationOverdue = ({ progress }: Agreement, now: Date): boolean =>
  progress.some(
    ({ suspension }) => suspension !== null && suspension.confirmBy !== null && now >= suspension.confirmBy,
  );
