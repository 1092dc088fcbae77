import { type PublicEcJwk, publicEcPart } from '../../crypto/index.ts';
import { type CalendarDate, shanghaiDateOf } from '../../terms/calendar-date.ts';
import type { AgreementDocument, Party } from './document.ts';
import { type AgreementEvent, hashOfEvent } from './event.ts';

/** How far a party has come by its own word. */
export type Phase = 'silent' | 'signed' | 'acknowledged' | 'withdrawn' | 'rejected' | 'terminated';

/** A suspension by one party; only that party lifts it. */
export interface Suspension {
  since: Date;
  /** When a second officer has to have confirmed it; null when two decided, or one has. */
  confirmBy: Date | null;
}

/** What the events of one party come to. */
export interface Progress {
  party: string;
  phase: Phase;
  /** Whether its signature was the first. */
  isProposer: boolean;
  sequence: number;
  head: string;
  lastAt: number;
  /** The key of its next event. */
  key: PublicEcJwk;
  signedDigest: string | null;
  suspension: Suspension | null;
  /** When it ends by this party's word. */
  endsAt: Date | null;
}

/** How long an emergency suspension by one officer may stand before a second confirms it. A design of this project. */
export const confirmWithinSeconds = 24 * 3600;

/** Starts the chain of a party: its first event follows the document itself. */
export const startOf = (party: Party, digest: string): Progress => ({
  party: party.entityId,
  phase: 'silent',
  isProposer: false,
  sequence: 0,
  head: digest,
  lastAt: 0,
  key: publicEcPart(party.agreementKey),
  signedDigest: null,
  suspension: null,
  endsAt: null,
});

/** Which act follows which phase of the party's own chain, and what it leads to; what does not stand here is no event. */
const steps: Readonly<Record<AgreementEvent['act'], Readonly<Partial<Record<Phase, Phase>>>>> = {
  proposed: { silent: 'signed' },
  rejected: { silent: 'rejected' },
  countersigned: { silent: 'signed' },
  withdrawn: { signed: 'withdrawn' },
  acknowledged: { signed: 'acknowledged' },
  // Until the notice has run out, a terminated agreement is in force and can be suspended, or ended at once for cause.
  suspended: { acknowledged: 'acknowledged', terminated: 'terminated' },
  suspensionConfirmed: { acknowledged: 'acknowledged', terminated: 'terminated' },
  resumed: { acknowledged: 'acknowledged', terminated: 'terminated' },
  terminated: { acknowledged: 'terminated', terminated: 'terminated' },
  // Who has ended an agreement still changes keys: later versions and repeats are read by the new one.
  keyRotated: { signed: 'signed', acknowledged: 'acknowledged', terminated: 'terminated' },
};

/** What is wrong with an event where its chain stands. */
export type EventFault = 'place' | 'time' | 'act' | 'notice';

/** Takes one event into the chain of its party, or says what is wrong. Its signature is verified elsewhere. */
export function follow(
  progress: Progress,
  event: AgreementEvent,
  { document, digest }: { document: AgreementDocument; digest: string },
): Progress | EventFault {
  const isOfAgreement =
    event.agreementId === document.id &&
    event.agreementVersion === document.version &&
    event.digest === digest &&
    event.party === progress.party;
  const isNext = event.sequence === progress.sequence + 1 && event.previous === progress.head;
  if (!isOfAgreement || !isNext) return 'place';
  if (event.at < progress.lastAt) return 'time';
  const phase = steps[event.act][progress.phase];
  if (phase === undefined || !fits(progress, event)) return 'act';
  if (!keepsNotice(event, document)) return 'notice';
  return {
    ...progress,
    phase,
    sequence: event.sequence,
    head: hashOfEvent(event),
    lastAt: event.at,
    ...consequence(progress, event),
  };
}

/** What the phase alone does not say: a flag is raised once, confirmed where it has to be, and lifted where it stands. */
function fits({ suspension, isProposer, phase }: Progress, event: AgreementEvent): boolean {
  const { act } = event;
  if (act === 'terminated') return phase !== 'terminated' || event.forCause;
  if (act === 'suspended') return suspension === null;
  if (act === 'suspensionConfirmed') return suspension !== null && suspension.confirmBy !== null;
  if (act === 'resumed') return suspension !== null;
  return act === 'withdrawn' ? isProposer : true;
}

function keepsNotice(event: AgreementEvent, { noticeDays }: AgreementDocument): boolean {
  if (event.act !== 'terminated' || event.forCause) return true;
  return event.effectiveOn >= dayAfter(new Date(event.at * 1000), noticeDays);
}

function consequence(progress: Progress, event: AgreementEvent): Partial<Progress> {
  const at = new Date(event.at * 1000);
  switch (event.act) {
    case 'proposed':
      return { isProposer: true };
    case 'acknowledged':
      return { signedDigest: event.signedDigest };
    case 'suspended': {
      const confirmBy = event.emergency ? new Date((event.at + confirmWithinSeconds) * 1000) : null;
      return { suspension: { since: at, confirmBy } };
    }
    case 'suspensionConfirmed':
      return { suspension: progress.suspension && { ...progress.suspension, confirmBy: null } };
    case 'resumed':
      return { suspension: null };
    case 'terminated':
      return { endsAt: event.forCause ? at : startOfDay(event.effectiveOn) };
    case 'keyRotated':
      return { key: event.newKey };
    default:
      return {};
  }
}

/** The first instant of a day in Asia/Shanghai. */
export const startOfDay = (day: CalendarDate): Date => new Date(`${day}T00:00:00+08:00`);

/** The day so many days after that of an instant, in Asia/Shanghai. */
export const dayAfter = (instant: Date, days: number): CalendarDate =>
  shanghaiDateOf(new Date(instant.getTime() + days * 86_400_000));
