import type { Audit } from '../../audit/index.ts';
import type { Consent } from '../../consent/index.ts';
import type { Photos } from '../../directory/index.ts';
import type { Identity } from '../../identity/index.ts';
import type { Staff } from '../../staff/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { RegionCode } from '../../terms/region-code.ts';
import type { PageSettings } from '../context.ts';
import type { Csrf } from '../csrf.ts';

/** What the officers' pages work with. */
export interface ConsoleDeps {
  staff: Staff;
  identity: Identity;
  photos: Photos;
  consent: Consent;
  audit: Audit;
  ephemeral: EphemeralStore;
  csrf: Csrf;
  settings: PageSettings;
  issuer: string;
  /** The region of this instance, to which belongs whatever has no region of its own. */
  regionCode: RegionCode;
  nowSeconds(): number;
}
