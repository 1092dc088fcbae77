import { AppError } from '../base/error.ts';
import { type CalendarDate, parseCalendarDate } from './calendar-date.ts';
import { type CertificateState, type EndedStatus, endedStatuses, isEnded } from './certificate-status.ts';

/**
 * The answer to "is this certificate good?", a design of this project: no standard was found that fixes one. It says
 * as little as a counter needs: never a field, and of claims that differ not which, lest one guess them one by one.
 * - `genuine`: issued here, as claimed, in force now;
 * - `notInForce`: issued here, as claimed, and it may yet or may again be in force, or has run out;
 * - `ended`: issued here, as claimed, and ended by an act of the authority on a day;
 * - `notGenuine`: there is such an identifier, but not with these claims or this file;
 * - `unknown`: no such certificate was issued here.
 */
export type Verdict =
  | { kind: 'genuine' }
  | { kind: 'notInForce'; state: WaitingState }
  | { kind: 'ended'; status: EndedStatus; endedOn: CalendarDate }
  | { kind: 'notGenuine'; reason: FalseReason }
  | { kind: 'unknown' };

const waitingStates = [
  'suspended',
  'notYetEffective',
  'expired',
] as const satisfies readonly CertificateState[];
export type WaitingState = (typeof waitingStates)[number];

/** In what a certificate shown differs from the one issued: what it claims, the digest of its file, or its seal. */
export const falseReasons = ['claims', 'digest', 'seal'] as const;
export type FalseReason = (typeof falseReasons)[number];

/** What the issuer found out about a certificate. */
export interface VerdictFacts {
  state: CertificateState;
  /** The day of the act that ended it; needed when the state is an end. */
  endedOn?: CalendarDate;
  /** In what the one shown differs, when it does. */
  differsIn?: FalseReason;
}

/**
 * Decides the verdict; null facts stand for no record. A forgery is called one before its state is told, and a draft
 * is not issued, so not known. Throws RangeError when an end has no day: a record like that is broken.
 */
export function verdictOf(facts: VerdictFacts | null): Verdict {
  if (facts === null || facts.state === 'draft') return { kind: 'unknown' };
  const { state, endedOn, differsIn } = facts;
  if (differsIn !== undefined) return { kind: 'notGenuine', reason: differsIn };
  if (isEnded(state)) {
    if (endedOn === undefined) throw new RangeError(`a certificate is ${state} without a day`);
    return { kind: 'ended', status: state, endedOn };
  }
  return state === 'valid' ? { kind: 'genuine' } : { kind: 'notInForce', state };
}

/** Tells whether a service may act on the certificate: only the one verdict allows it. */
export const allowsUse = (verdict: Verdict): boolean => verdict.kind === 'genuine';

/**
 * Reads a verdict another region sent; what is not part of one is left behind. Throws verdict-malformed, so that an
 * answer nobody can read never passes for a good one.
 */
export function parseVerdict(value: unknown): Verdict {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  switch (given['kind']) {
    case 'genuine':
      return { kind: 'genuine' };
    case 'unknown':
      return { kind: 'unknown' };
    case 'notInForce':
      return { kind: 'notInForce', state: oneOf(waitingStates, given['state']) };
    case 'notGenuine':
      return { kind: 'notGenuine', reason: oneOf(falseReasons, given['reason']) };
    case 'ended':
      return {
        kind: 'ended',
        status: oneOf(endedStatuses, given['status']),
        endedOn: dayOf(given['endedOn']),
      };
    default:
      throw new AppError('verdict-malformed');
  }
}

function oneOf<T extends string>(words: readonly T[], value: unknown): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new AppError('verdict-malformed');
  return found;
}

function dayOf(value: unknown): CalendarDate {
  try {
    return parseCalendarDate(String(value));
  } catch (cause) {
    throw new AppError('verdict-malformed', {}, { cause });
  }
}
