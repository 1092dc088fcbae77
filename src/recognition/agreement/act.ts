import { AppError } from '../../base/error.ts';
import { type CalendarDate, shanghaiDateOf } from '../../terms/calendar-date.ts';
import type { Work } from '../ports.ts';
import { type AgreementPlace, append, change } from './append.ts';
import { dayAfter } from './chain.ts';
import type { EventContent } from './event.ts';
import { type AgreementAct, mayAct, stateOf } from './lifecycle.ts';
import { type AgreementRecord, agreementOf, documentOf } from './record.ts';

/** One officer's act on one version, with the reason that the other side reads. */
export interface ReasonedAct extends AgreementPlace {
  reason: string;
  actor: string;
}

/** An act that takes two. */
export interface ActOfTwo extends ReasonedAct {
  secondOfficer: string;
}

/** Withdraws a proposal that the other side has not yet seen through. Throws agreement-missing, agreement-act-not-possible. */
export const withdrawProposal = (work: Work, { reason, ...act }: ReasonedAct): Promise<AgreementRecord> =>
  perform(work, act, 'withdraw', () => ({ act: 'withdrawn', reason }));

/** Rejects what the other side proposed. Throws as withdrawProposal does. */
export const rejectProposal = (work: Work, { reason, ...act }: ReasonedAct): Promise<AgreementRecord> =>
  perform(work, act, 'reject', () => ({ act: 'rejected', reason }));

/**
 * Suspends an agreement for this side's part, at once. Without a second officer it is an emergency, and another officer has
 * to confirm it within a day. Throws as withdrawProposal does, and officer-must-differ.
 */
export async function suspendAgreement(
  work: Work,
  { reason, secondOfficer, ...act }: ReasonedAct & { secondOfficer: string | null },
): Promise<AgreementRecord> {
  if (secondOfficer !== null) checkTwo(act.actor, secondOfficer);
  const emergency = secondOfficer === null;
  return perform(
    work,
    act,
    'suspend',
    () => ({ act: 'suspended', reason, emergency }),
    (record) => ({ ...record, suspendedBy: emergency ? act.actor : null }),
  );
}

/** Confirms an emergency suspension as the second officer. Throws as suspendAgreement does. */
export const confirmSuspension = (
  work: Work,
  act: AgreementPlace & { actor: string },
): Promise<AgreementRecord> =>
  perform(
    work,
    act,
    'confirmSuspension',
    (record) => {
      checkTwo(act.actor, record.suspendedBy);
      return { act: 'suspensionConfirmed' };
    },
    (record) => ({ ...record, suspendedBy: null }),
  );

/** Lifts this side's own suspension; that of the other side stands. Throws as suspendAgreement does. */
export async function resumeAgreement(
  work: Work,
  { reason, secondOfficer, ...act }: ActOfTwo,
): Promise<AgreementRecord> {
  checkTwo(act.actor, secondOfficer);
  return perform(
    work,
    act,
    'resume',
    () => ({ act: 'resumed', reason }),
    (record) => ({ ...record, suspendedBy: null }),
  );
}

/**
 * Terminates an agreement: at once for cause, else on a day that keeps the notice, which is the first possible one when
 * left out. Throws as suspendAgreement does, and agreement-event-invalid {fault: notice} for a day too early.
 */
export async function terminateAgreement(
  work: Work,
  {
    reason,
    secondOfficer,
    forCause,
    effectiveOn,
    ...act
  }: ActOfTwo & { forCause: boolean; effectiveOn?: CalendarDate },
): Promise<AgreementRecord> {
  checkTwo(act.actor, secondOfficer);
  return perform(work, act, 'terminate', (record) => {
    const now = work.clock.now();
    const first = forCause ? shanghaiDateOf(now) : dayAfter(now, documentOf(record).noticeDays);
    return { act: 'terminated', reason, forCause, effectiveOn: effectiveOn ?? first };
  });
}

/** Refuses an act that the state, or this side's own chain, does not allow. Throws agreement-act-not-possible {state}. */
export function checkAct(work: Work, record: AgreementRecord, act: AgreementAct): void {
  const agreement = agreementOf(record, work.self.entityId);
  const now = work.clock.now();
  if (!mayAct(agreement, work.self.entityId, act, now))
    throw new AppError('agreement-act-not-possible', { state: stateOf(agreement, now) });
}

async function perform(
  work: Work,
  { actor, ...place }: AgreementPlace & { actor: string },
  act: AgreementAct,
  contentOf: (record: AgreementRecord) => EventContent,
  alter: (record: AgreementRecord) => AgreementRecord = (record) => record,
): Promise<AgreementRecord> {
  return await change(work, place, {
    actor,
    async decide(record) {
      checkAct(work, record, act);
      const content = contentOf(record);
      const told = await append(work, alter(record), content);
      return { record: { ...told, undelivered: true }, type: content.act };
    },
  });
}

const checkTwo = (first: string, second: string | null): void => {
  if (first === second) throw new AppError('officer-must-differ');
};
