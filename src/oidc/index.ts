/**
 * The OpenID Provider: oidc-provider configured and fed. Owns the provider's settings, its adapter on the ephemeral
 * store, the records of the sites that may use it (sites/), the interaction policy, claims, requests for
 * certificates, their issuance to wallets, outbound calls, why a site's request was refused (doctor/), how sites fare and what
 * they may ask (site-health/), and the instance's part in a federation (federation/). It does not own people (identity hands in `people`), pages (http hands in `pages`)
 * nor keys (crypto hands them in). Control leaves by the provider's request handler and, when a person must act, by a
 * redirect to `/interaction/:uid`.
 */

export { type Acting, createActing } from './acting/acting.ts';
export type { ActingResult } from './acting/prompt.ts';
export type { ActingAsked } from './acting/request.ts';
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
export { providerPaths } from './configuration.ts';
export { type CounterAnswers, createCounterAnswers } from './counter/feature.ts';
export { type CounterPings, createCounterPings } from './counter/pings.ts';
export { createPingPost } from './counter/post-ping.ts';
export { openPingStore } from './counter/store.ts';
export { createDeviceLimits } from './device/limits.ts';
export { deviceGrant, placeOf } from './device/registration.ts';
export type { Checks } from './doctor/checks.ts';
export { createDoctor, type Doctor, type Trace } from './doctor/doctor.ts';
export { createFederation, type Federation } from './federation/federation.ts';
export { federationPaths } from './federation/own-claims.ts';
export { trustAnchorsSchema } from './federation/statement.ts';
export { grantVerified } from './identity-assurance/claims-request.ts';
export type { LevelAsked } from './levels.ts';
export { createMachineAccess, type Machine, type MachineAccess } from './machine-access.ts';
export { createMachineClient, type MachineClient } from './machine-client.ts';
export { isSiteOfMiniProgram, miniProgramParameter } from './mini-program.ts';
export { isNativeApp } from './native.ts';
export { createNetIdUpstream, type NetIdUpstream, netIdReturnPath } from './net-id/upstream.ts';
export { checkNames, type SiteCheck } from './onboarding/checks.ts';
export {
  draftOf,
  kindOf,
  offeredScopes,
  type SiteDraft,
  type SiteKind,
  siteKinds,
} from './onboarding/draft.ts';
export {
  createOnboarding,
  type Onboarding,
  type SiteDay,
  type SiteKey,
} from './onboarding/onboarding.ts';
export { differenceOf, type Release } from './onboarding/release.ts';
export { checkSandbox, isSandbox, sandboxOf, siteOfSandbox } from './onboarding/sandbox.ts';
export { createOutboundFetch } from './outbound.ts';
export { createOwnSignIn, type OwnSignIn, type OwnVisit } from './own-sign-in.ts';
export {
  accountLinkPurpose,
  linkingReturnPath,
  linkingSiteOf,
  ownCallbackPath,
  ownClientId,
  ownSiteOf,
  receiptsPath,
} from './own-site.ts';
export type { DevicePage, ProviderPages } from './pages.ts';
export { createParentDirectory } from './parent-directory.ts';
export { type Demand, ladderFrom, type Rung, type SiteProfile, siteProfiles } from './profiles.ts';
export { createProviderHolder, type ProviderDeps, type ProviderHolder } from './provider.ts';
export { siteBehind } from './recognition/home.ts';
export type { HomeRegion, OtherRegions } from './recognition/other-regions.ts';
export { createRegionSignIn, type RegionSignIn } from './recognition/region-sign-in.ts';
export { isRegionClient, signOutPath } from './recognition/request.ts';
export { createSessionKeeper, receiptCookie, type SessionKeeper } from './session/keeper.ts';
export {
  type AuthorisedSite,
  createSessions,
  type Entry,
  historyDays,
  type OwnSession,
  type Receipt,
  type Sessions,
} from './session/sessions.ts';
export { createSignOutNotices } from './session/sign-out-notices.ts';
export { openSessionStore, type SessionStore } from './session/store.ts';
export type { SiteFigures } from './site-health/figures.ts';
export { createSiteHealth, type SiteHealth } from './site-health/site-health.ts';
export { createSiteStore, isQuota, isWallet, rungOf, type Site, type SiteStore } from './sites.ts';
export type { WalletIssuer } from './wallet-issuance.ts';
export { createWalletOffers, type MadeOffer, type WalletOffers } from './wallet-offers.ts';
