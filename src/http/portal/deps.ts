import type { Identity } from '../../identity/index.ts';
import type { OwnSignIn } from '../../oidc/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { PageSettings } from '../context.ts';
import type { Csrf } from '../csrf.ts';

/** What the citizen's own pages work with. */
export interface PortalDeps {
  ownSignIn: OwnSignIn;
  identity: Identity;
  ephemeral: EphemeralStore;
  csrf: Csrf;
  settings: PageSettings;
  sessionTtlSeconds: number;
  nowSeconds(): number;
}
