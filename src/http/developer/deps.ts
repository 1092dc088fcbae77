import type { Consent } from '../../consent/index.ts';
import type { Identity } from '../../identity/index.ts';
import type { Doctor, Onboarding, SiteHealth, SiteStore } from '../../oidc/index.ts';
import type { VisitDeps } from '../own-visit.ts';

/** What the developers' pages work with. */
export interface DeveloperDeps extends VisitDeps {
  onboarding: Onboarding;
  siteHealth: Pick<SiteHealth, 'read' | 'quotaOf'>;
  doctor: Pick<Doctor, 'read' | 'checkAgain'>;
  identity: Pick<Identity, 'createAccount'>;
  sites: Pick<SiteStore, 'find'>;
  consent: Pick<Consent, 'countRatings'>;
}
