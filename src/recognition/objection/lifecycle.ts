import { type CalendarDate, shanghaiDateOf } from '../../terms/calendar-date.ts';

/** How a case stands, of what both sides have said. */
export type CaseState = 'open' | 'answered' | 'closed';

/** Which side of a case one is: who opened it, or who is to answer. */
export type CaseSide = 'opener' | 'answerer';

/** What the answerer finds: that the other is right, or not. */
export const caseFindings = ['upheld', 'rejected'] as const;
export type CaseFinding = (typeof caseFindings)[number];

/** How a case ends: taken back, settled, or closed without the two agreeing. */
export const caseOutcomes = ['settled', 'unsettled', 'withdrawn'] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

/** What one side does after a case is open, without the words it comes with. */
export type CaseAct = { act: 'answered'; finding: CaseFinding } | { act: 'closed'; outcome: CaseOutcome };

/** An act with who did it, and when, in seconds since the epoch. */
export type CaseMove = CaseAct & { side: CaseSide; at: number };

/** How long the other side has, in calendar days (自然日) of Beijing: holidays count too. A design of this project. */
const answerDays = 15;

const dayMilliseconds = 86_400_000;

/** Returns the last day for the answer; both sides work it out of the instant that the case was opened. */
export const dueOnOf = (openedAt: Date): CalendarDate =>
  shanghaiDateOf(new Date(openedAt.getTime() + answerDays * dayMilliseconds));

/** Tells how a case stands. It is closed once either side has closed it, whatever else is on its way. */
export const caseStateOf = (moves: readonly CaseAct[]): CaseState => {
  if (moves.some(({ act }) => act === 'closed')) return 'closed';
  return moves.some(({ act }) => act === 'answered') ? 'answered' : 'open';
};

/** Tells whether the answer is late: the last day has passed, and there is none. */
export const isOverdue = (
  { moves, openedAt }: { moves: readonly CaseAct[]; openedAt: Date },
  now: Date,
): boolean => caseStateOf(moves) === 'open' && shanghaiDateOf(now) > dueOnOf(openedAt);

/**
 * Tells whether a side's act can follow what it has done, of what is known of the other side. Two that crossed on the way
 * may both stand: an answer that was given while the other side took the case back is kept, and changes nothing.
 */
export function canFollow(moves: readonly CaseMove[], side: CaseSide, next: CaseAct): boolean {
  const own = moves.filter((move) => move.side === side);
  if (own.some(({ act }) => act === 'closed')) return false;
  const isAnswered = moves.some(({ act }) => act === 'answered');
  if (next.act === 'answered') return side === 'answerer' && own.length === 0;
  if (next.outcome === 'withdrawn') return side === 'opener';
  return isAnswered;
}

/** Tells whether a side can do something here and now: nothing is done any more about what is closed. */
export const mayMove = (moves: readonly CaseMove[], side: CaseSide, next: CaseAct): boolean =>
  caseStateOf(moves) !== 'closed' && canFollow(moves, side, next);

/** Puts acts into the order in which people read them; the same at both sides, whichever came first there. */
export const inOrder = <Move extends CaseMove>(moves: readonly Move[]): Move[] =>
  [...moves].sort((a, b) => a.at - b.at || b.side.localeCompare(a.side) || a.act.localeCompare(b.act));
