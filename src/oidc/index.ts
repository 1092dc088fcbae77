/**
 * The OpenID Provider: oidc-provider configured and fed. Owns the provider's settings, its adapter on the ephemeral
 * store, the records of the sites that may use it (sites/), the interaction policy, claims and outbound calls. It does
 * not own people (identity hands in `people`), pages (http hands in `pages`) nor keys (crypto hands them in). Control
 * leaves by the provider's request handler and, when a person must act, by a redirect to `/interaction/:uid`.
 */

export { createAdapter } from './adapter.ts';
export type { Disclosure, Person } from './claims.ts';
export { claimsOfScope, scopes } from './claims.ts';
export { createMachineAccess, type Machine, type MachineAccess } from './machine-access.ts';
export { createOutboundFetch } from './outbound.ts';
export { createOwnSignIn, type OwnSignIn, type OwnVisit } from './own-sign-in.ts';
export { ownCallbackPath, ownSiteOf } from './own-site.ts';
export type { ProviderPages } from './pages.ts';
export { createProviderHolder, type ProviderDeps, type ProviderHolder } from './provider.ts';
export { createSiteStore, type Site, type SiteStore } from './sites.ts';
