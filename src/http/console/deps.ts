import type { Audit } from '../../audit/index.ts';
import type { Consent } from '../../consent/index.ts';
import type { Crypto } from '../../crypto/index.ts';
import type { Directory, Photos } from '../../directory/index.ts';
import type { Identity, Mandates } from '../../identity/index.ts';
import type { Onboarding, SessionStore, SiteHealth, SiteStore } from '../../oidc/index.ts';
import type { Objections, Recognition, SignInTraffic, Verifications } from '../../recognition/index.ts';
import type { Signals } from '../../signals/index.ts';
import type { Staff } from '../../staff/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { RegionCode } from '../../terms/region-code.ts';
import type { PageSettings } from '../context.ts';
import type { Csrf } from '../csrf.ts';

/** What the officers' pages work with. */
export interface ConsoleDeps {
  staff: Staff;
  identity: Identity;
  mandates: Mandates;
  directory: Directory;
  photos: Photos;
  consent: Consent;
  audit: Audit;
  recognition: Recognition;
  verifications: Pick<Verifications, 'listReceipts'>;
  objections: Objections;
  signInTraffic: Pick<SignInTraffic, 'listDays'>;
  /** The agreement key is shown to those who compare it, and stands in drafts. */
  crypto: Pick<Crypto, 'agreementKeys'>;
  sites: Pick<SiteStore, 'find' | 'page'>;
  onboarding: Onboarding;
  siteHealth: Pick<SiteHealth, 'read' | 'quotaOf' | 'listAiling'>;
  /** Who could not be told of what they want to hear. */
  signals: Pick<Signals, 'listSubscriptions'>;
  sessionStore: Pick<SessionStore, 'failedNotices'>;
  ephemeral: EphemeralStore;
  csrf: Csrf;
  settings: PageSettings;
  issuer: string;
  /** The region of this instance, to which belongs whatever has no region of its own. */
  regionCode: RegionCode;
  nowSeconds(): number;
}
