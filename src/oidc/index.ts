/**
 * The OpenID Provider: oidc-provider configured and fed. Owns the provider's settings, its adapter on the ephemeral
 * store, the records of the sites that may use it (sites/), the interaction policy, claims, requests for
 * certificates, their issuance to wallets, outbound calls, and the instance's part in a federation (federation/). It does
 * not own people (identity hands in `people`), pages (http hands in `pages`) nor keys (crypto hands them in). Control
 * leaves by the provider's request handler and, when a person must act, by a redirect to `/interaction/:uid`.
 */

export { createAdapter } from './adapter.ts';
export {
  type AskedDetail,
  type KeptDetail,
  keepDetails,
  keptDetails,
  readAskedDetails,
} from './certificate-details.ts';
export type { Disclosure, Person } from './claims.ts';
export { claimsOfScope, scopes } from './claims.ts';
export { createFederation, type Federation } from './federation/federation.ts';
export { federationPaths } from './federation/own-claims.ts';
export { trustAnchorsSchema } from './federation/statement.ts';
export type { LevelAsked } from './levels.ts';
export { createMachineAccess, type Machine, type MachineAccess } from './machine-access.ts';
export { createMachineClient, type MachineClient } from './machine-client.ts';
export { createOutboundFetch } from './outbound.ts';
export { createOwnSignIn, type OwnSignIn, type OwnVisit } from './own-sign-in.ts';
export { ownCallbackPath, ownSiteOf } from './own-site.ts';
export type { ProviderPages } from './pages.ts';
export { createParentDirectory } from './parent-directory.ts';
export { createProviderHolder, type ProviderDeps, type ProviderHolder } from './provider.ts';
export { siteBehind } from './recognition/home.ts';
export type { HomeRegion, OtherRegions } from './recognition/other-regions.ts';
export { createRegionSignIn, type RegionSignIn } from './recognition/region-sign-in.ts';
export { isRegionClient, signOutPath } from './recognition/request.ts';
export { createSiteStore, isWallet, type Site, type SiteStore } from './sites.ts';
export type { WalletIssuer } from './wallet-issuance.ts';
export { createWalletOffers, type MadeOffer, type WalletOffers } from './wallet-offers.ts';
