/**
 * What two officers decide about an agreement: suspend it, resume it, terminate it. Staff owns how one proposes and
 * another approves, recognition owns the act; here the one is made the other. An emergency suspension is not among them:
 * recognition takes it from one officer at once, and silence never lifts it.
 */
import type { Clock } from './base/clock.ts';
import { type AgreementAct, type AgreementPlace, mayAct, type Recognition } from './recognition/index.ts';
import type { Proposal, ProposalHandler } from './staff/index.ts';

export interface AgreementProposalDeps {
  recognition: Pick<Recognition, 'readAgreement' | 'suspend' | 'resume' | 'terminate'>;
  clock: Clock;
  /** The issuer identifier of this region. */
  entityId: string;
}

/** What an approval brings about, by the two who decided it. */
interface Deed extends AgreementPlace {
  reason: string;
  actor: string;
  secondOfficer: string;
}

/** Makes the handlers of the kinds `agreement.suspend`, `agreement.resume` and `agreement.terminate`. */
export function agreementHandlers(deps: AgreementProposalDeps): Record<string, ProposalHandler> {
  const { recognition } = deps;
  const acts = { proposeAct: 'agreements.suspend', approveAct: 'agreements.suspend' } as const;
  return {
    'agreement.suspend': {
      ...acts,
      apply: (proposal) => once(deps, proposal, ['suspend', 'suspended'], recognition.suspend),
    },
    'agreement.resume': {
      ...acts,
      apply: (proposal) => once(deps, proposal, ['resume', 'resumed'], recognition.resume),
    },
    'agreement.terminate': {
      ...acts,
      apply: (proposal) =>
        once(deps, proposal, ['terminate', 'terminated'], (deed) =>
          recognition.terminate({ ...deed, forCause: isForCause(proposal) }),
        ),
    },
  };
}

/**
 * Does a deed unless it has been done since the approval, or can be done no more: a proposal that was settled twice, or
 * too late, then comes to rest.
 */
async function once(
  { recognition, clock, entityId }: AgreementProposalDeps,
  proposal: Proposal,
  [act, done]: [AgreementAct, string],
  deed: (deed: Deed) => Promise<void>,
): Promise<void> {
  const [agreementId = '', version] = proposal.subject.split(':');
  const place = { agreementId, agreementVersion: Number(version) };
  const { agreement, steps } = await recognition.readAgreement(place);
  const approval = proposal.history.at(-1);
  if (approval === undefined) return;
  const approvedAt = Math.floor(approval.at.getTime() / 1000) * 1000;
  const isDone = steps.some(
    (step) => step.party === entityId && step.act === done && step.at.getTime() >= approvedAt,
  );
  if (isDone || !mayAct(agreement, entityId, act, clock.now())) return;
  const { reason, proposer } = proposal;
  await deed({ ...place, reason, actor: proposer, secondOfficer: approval.officerId });
}

/** The console proposes an end `for-cause`, or after the `notice`. */
const isForCause = ({ difference }: Proposal): boolean =>
  difference.some(({ field, after }) => field === 'termination' && after === 'for-cause');
