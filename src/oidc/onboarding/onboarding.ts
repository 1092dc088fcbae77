/**
 * Bringing a site in (网站接入). Owns a site's sandbox, which its developers change as they like and where only test people
 * sign in, and who those developers are (members.ts); what the site did there (conduct.ts) and what calling it shows (probe.ts), judged by checks.ts; the versions of
 * the site in production (release.ts); and day counts of its sign-ins. It does not own the sites' records (sites.ts), nor
 * who decides about a version: two officers do, by proposals that the wiring hands in. No standard was read for the checks but
 * what docs/sites.md names. Control leaves by a value or an AppError with a code.
 */
import { createAddressGuard } from '../../base/address-guard.ts';
import type { OutboxSource } from '../../storage/outbox.ts';
import { shanghaiDateOf } from '../../terms/calendar-date.ts';
import type { Site } from '../sites.ts';
import type { SiteCheck } from './checks.ts';
import { type ConductWatch, createConductWatch } from './conduct.ts';
import type { SiteDraft } from './draft.ts';
import {
  inviteMember,
  joinSite,
  listMembers,
  type MemberInvitation,
  readInvitation,
  removeMember,
  type SiteMember,
} from './members.ts';
import type { OnboardingDeps, OwnSite, Work } from './ports.ts';
import {
  applyRelease,
  declineRelease,
  listAsked,
  listReleases,
  type Release,
  readRelease,
  releaseToPropose,
} from './release.ts';
import {
  askProduction,
  changeSandbox,
  checksOf,
  keysOf,
  listSandboxes,
  readSandbox,
  register,
  runChecks,
} from './sandboxes.ts';
import { openOnboardingStore } from './store.ts';

/** How many sign-ins of a day ended how. */
export interface SiteDay {
  day: string;
  signedIn: number;
  turnedDown: number;
  failed: number;
}

/** A key of a site, and when the site last proved itself with it. */
export interface SiteKey {
  keyId: string;
  isUsable: boolean;
  usedAt: Date | null;
}

/** What can be asked about sites that come in. */
export interface Onboarding {
  outboxes: readonly OutboxSource[];
  ready(): Promise<void>;
  watch: ConductWatch;
  listSandboxes(accountId: string): Promise<Site[]>;
  /** Finds a sandbox of a developer. Throws site-not-yours. */
  readSandbox(own: OwnSite): Promise<Site>;
  /** Registers a sandbox. Throws site-registration-invalid, site-identifier-taken, site-too-many. */
  register(accountId: string, draft: SiteDraft): Promise<Site>;
  /** Changes a sandbox. Throws site-not-yours, site-registration-invalid. */
  change(own: OwnSite, draft: SiteDraft): Promise<void>;
  /** Calls the site, and judges it. Throws site-not-yours, site-checks-too-often. */
  runChecks(own: OwnSite): Promise<void>;
  /** Lists the developers of a site. Throws site-not-yours. */
  listMembers(own: OwnSite): Promise<SiteMember[]>;
  /** Makes a link for one more. Throws site-not-yours, site-members-many, site-invitations-many. */
  inviteMember(own: OwnSite): Promise<MemberInvitation>;
  /** Throws site-invitation-over. */
  readInvitation(token: string): Promise<{ clientId: string }>;
  /** Throws site-invitation-over, site-too-many, site-members-many. */
  joinSite(input: { accountId: string; token: string }): Promise<{ clientId: string }>;
  /** Throws site-not-yours, site-member-missing, site-last-developer. */
  removeMember(own: OwnSite, code: string): Promise<void>;
  checksOf(site: Site): Promise<{ checks: SiteCheck[]; probedAt: Date | null }>;
  keysOf(site: Site): Promise<SiteKey[]>;
  listDays(clientId: string): Promise<SiteDay[]>;
  /** Asks for production. Throws site-not-yours, site-registration-invalid. */
  askRelease(own: OwnSite, draft: SiteDraft): Promise<Release>;
  listReleases(siteId: string): Promise<Release[]>;
  listAsked(): Promise<Release[]>;
  readRelease(releaseId: string): Promise<Release>;
  releaseToPropose(releaseId: string, officerId: string): Promise<Release>;
  applyRelease(releaseId: string, actor: string): Promise<void>;
  declineRelease(releaseId: string, actor: string): Promise<void>;
}

const daysShown = 14;

/** Opens the domain part on its stores. */
export function createOnboarding({ connection, privateHosts, ...deps }: OnboardingDeps): Onboarding {
  const store = openOnboardingStore(connection);
  const watch = createConductWatch({ store, ephemeral: deps.ephemeral, clock: deps.clock });
  const work: Work = { ...deps, guard: createAddressGuard(privateHosts), store, watch };
  return {
    outboxes: [store.outbox],
    ready: store.ready,
    watch,
    listSandboxes: (accountId) => listSandboxes(work, accountId),
    readSandbox: (own) => readSandbox(work, own),
    register: (accountId, draft) => register(work, accountId, draft),
    change: (own, draft) => changeSandbox(work, own, draft),
    runChecks: (own) => runChecks(work, own),
    askRelease: (own, draft) => askProduction(work, own, draft),
    listMembers: (own) => listMembers(work, own),
    inviteMember: (own) => inviteMember(work, own),
    readInvitation: (token) => readInvitation(work, token),
    joinSite: (input) => joinSite(work, input),
    removeMember: (own, code) => removeMember(work, own, code),
    checksOf: (site) => checksOf(work, site),
    keysOf: (site) => keysOf(work, site),
    listDays: (clientId) => listDays(work, clientId),
    listReleases: (siteId) => listReleases(work, siteId),
    listAsked: () => listAsked(work),
    readRelease: (releaseId) => readRelease(work, releaseId),
    releaseToPropose: (releaseId, officerId) => releaseToPropose(work, releaseId, officerId),
    applyRelease: (releaseId, actor) => applyRelease(work, releaseId, actor),
    declineRelease: (releaseId, actor) => declineRelease(work, releaseId, actor),
  };
}

const listDays = async ({ store, clock }: Work, clientId: string): Promise<SiteDay[]> => {
  const from = new Date(clock.now().getTime() - (daysShown - 1) * 86_400_000);
  const days = new Map<string, SiteDay>();
  for (const { day, outcome, count } of await store.daysSince(clientId, shanghaiDateOf(from))) {
    const known = days.get(day) ?? { day, signedIn: 0, turnedDown: 0, failed: 0 };
    days.set(day, { ...known, [outcome]: count });
  }
  return [...days.values()];
};
