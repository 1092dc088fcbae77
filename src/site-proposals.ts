import { AppError } from './base/error.ts';
import type { Onboarding, SiteStore } from './oidc/index.ts';
import type { Proposal, StaffDeps } from './staff/index.ts';

/**
 * What is done about proposals on sites: the version that was proposed goes into production when a second officer agrees, and is
 * declined when not. Its subject is the version, `site@number`. And on quotas: the site has so many requests a minute as soon
 * as the second agrees; its subject is the site.
 */
export const siteHandlers = (
  onboarding: Pick<Onboarding, 'applyRelease' | 'declineRelease'>,
  sites: Pick<SiteStore, 'find' | 'save'>,
): StaffDeps['handlers'] => {
  const actorOf = ({ history }: Proposal): string => history.at(-1)?.officerId ?? 'system';
  return {
    'site.release': {
      proposeAct: 'sites.propose',
      approveAct: 'sites.approve',
      apply: (proposal) => onboarding.applyRelease(proposal.subject, actorOf(proposal)),
      undo: (proposal) => onboarding.declineRelease(proposal.subject, actorOf(proposal)),
    },
    'site.quota': {
      proposeAct: 'sites.propose',
      approveAct: 'sites.approve',
      apply: async (proposal) => {
        const site = await sites.find(proposal.subject);
        if (site === null) throw new AppError('site-release-missing');
        const requestsPerMinute = Number(proposal.difference[0]?.after);
        await sites.save({ ...site, requestsPerMinute }, actorOf(proposal));
      },
    },
  };
};
