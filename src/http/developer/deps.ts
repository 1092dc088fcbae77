import type { Identity } from '../../identity/index.ts';
import type { Doctor, Onboarding, SiteStore } from '../../oidc/index.ts';
import type { VisitDeps } from '../own-visit.ts';

/** What the developers' pages work with. */
export interface DeveloperDeps extends VisitDeps {
  onboarding: Onboarding;
  doctor: Pick<Doctor, 'read' | 'checkAgain'>;
  identity: Pick<Identity, 'createAccount'>;
  sites: Pick<SiteStore, 'find'>;
}
