import type { Consent } from '../../consent/index.ts';
import type { Copies, Credentials, Directory, Photos, Presentations } from '../../directory/index.ts';
import type { Identity } from '../../identity/index.ts';
import type { OwnSignIn } from '../../oidc/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { PageSettings } from '../context.ts';
import type { Csrf } from '../csrf.ts';

/** What the citizen's own pages work with. */
export interface PortalDeps {
  ownSignIn: OwnSignIn;
  identity: Identity;
  directory: Directory;
  credentials: Credentials;
  photos: Photos;
  presentations: Presentations;
  copies: Copies;
  consent: Consent;
  ephemeral: EphemeralStore;
  csrf: Csrf;
  settings: PageSettings;
  issuer: string;
  sessionTtlSeconds: number;
  nowSeconds(): number;
}
