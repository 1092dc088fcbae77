import type { Onboarding } from './oidc/index.ts';
import type { Proposal, StaffDeps } from './staff/index.ts';

/**
 * What is done about proposals on sites: the version that was proposed goes into production when a second officer agrees, and is
 * declined when not. Its subject is the version, `site@number`.
 */
export const siteHandlers = (
  onboarding: Pick<Onboarding, 'applyRelease' | 'declineRelease'>,
): StaffDeps['handlers'] => {
  const actorOf = ({ history }: Proposal): string => history.at(-1)?.officerId ?? 'system';
  return {
    'site.release': {
      proposeAct: 'sites.propose',
      approveAct: 'sites.approve',
      apply: (proposal) => onboarding.applyRelease(proposal.subject, actorOf(proposal)),
      undo: (proposal) => onboarding.declineRelease(proposal.subject, actorOf(proposal)),
    },
  };
};
