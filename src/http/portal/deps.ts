import type { Audit } from '../../audit/index.ts';
import type { Consent } from '../../consent/index.ts';
import type { Copies, Credentials, Directory, Photos, Presentations } from '../../directory/index.ts';
import type { Identity, Mandates, MiniPrograms, NetIds } from '../../identity/index.ts';
import type {
  CounterAnswers,
  NetIdUpstream,
  OtherRegions,
  OwnSignIn,
  Sessions,
  SiteStore,
  WalletOffers,
} from '../../oidc/index.ts';
import type { Recognition } from '../../recognition/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { NetworkPlaces } from '../../terms/network-places.ts';
import type { PageSettings } from '../context.ts';
import type { Csrf } from '../csrf.ts';

/** What the citizen's own pages work with. */
export interface PortalDeps {
  ownSignIn: OwnSignIn;
  identity: Identity;
  mandates: Mandates;
  miniPrograms: MiniPrograms;
  netIds: NetIds;
  /** Null where net-ID is not offered. */
  netIdUpstream: NetIdUpstream | null;
  /** Where networks are; null where the region has no table of it. */
  places: NetworkPlaces | null;
  directory: Directory;
  credentials: Credentials;
  photos: Photos;
  presentations: Presentations;
  copies: Copies;
  consent: Consent;
  sites: SiteStore;
  sessions: Sessions;
  /** Where refused tries to sign in stand, and what proves that a use was recorded. */
  audit: Pick<Audit, 'searchEntries' | 'prove' | 'archive'>;
  /** The public keys by which those proofs are verified, as a JWK Set. */
  auditKeys(): Promise<object>;
  closingDays: number;
  /** How long a change of telephone by passkey waits. */
  phoneChangeSeconds: number;
  walletOffers: WalletOffers;
  /** Brings a person's answer back to a counter. */
  counterAnswers: CounterAnswers;
  /** Names a version of a type among what wallets can collect. */
  kindIdOf(typeCode: string, typeVersion: number): string;
  ephemeral: EphemeralStore;
  csrf: Csrf;
  settings: PageSettings;
  /** Hides a network address before it becomes part of a key. */
  hideAddress(address: string): string;
  otherRegions: OtherRegions;
  recognition: Pick<Recognition, 'findPeer'>;
  issuer: string;
  /** GB/T 2260. */
  regionCode: string;
  sessionTtlSeconds: number;
  nowSeconds(): number;
}
