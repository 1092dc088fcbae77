import type { Consent } from '../../consent/index.ts';
import type { Copies, Credentials, Directory, Photos, Presentations } from '../../directory/index.ts';
import type { Identity } from '../../identity/index.ts';
import type { OwnSignIn, SiteStore, WalletOffers } from '../../oidc/index.ts';
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
  sites: SiteStore;
  walletOffers: WalletOffers;
  /** Names a version of a type among what wallets can collect. */
  kindIdOf(typeCode: string, typeVersion: number): string;
  ephemeral: EphemeralStore;
  csrf: Csrf;
  settings: PageSettings;
  /** Hides a network address before it becomes part of a key. */
  hideAddress(address: string): string;
  issuer: string;
  sessionTtlSeconds: number;
  nowSeconds(): number;
}
