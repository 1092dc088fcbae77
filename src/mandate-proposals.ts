import type { Mandates } from './identity/index.ts';
import type { Proposal, StaffDeps } from './staff/index.ts';

/**
 * What is done about proposals on mandates within a family: a draft stands when a second officer agrees, and is declined
 * when not; a mandate that stands is ended. Their subject is the mandate; the papers are in it by digest, and nobody's name.
 */
export const mandateHandlers = (
  mandates: Pick<Mandates, 'settleCounterDraft' | 'endAtCounter'>,
): StaffDeps['handlers'] => {
  const acts = { proposeAct: 'persons.check', approveAct: 'persons.check' } as const;
  const officerOf = ({ history }: Proposal): string => history.at(-1)?.officerId ?? 'system';
  const settle = (accepts: boolean) => (proposal: Proposal) =>
    mandates.settleCounterDraft({ mandateId: proposal.subject, accepts, officerId: officerOf(proposal) });
  return {
    'mandate.record': { ...acts, apply: settle(true), undo: settle(false) },
    'mandate.end': {
      ...acts,
      apply: (proposal) =>
        mandates.endAtCounter({
          mandateId: proposal.subject,
          reason: proposal.difference[0]?.after ?? '',
          officerId: officerOf(proposal),
        }),
    },
  };
};
