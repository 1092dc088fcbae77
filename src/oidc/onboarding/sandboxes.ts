import { AppError } from '../../base/error.ts';
import type { Site } from '../sites.ts';
import { judgeSite, type SiteCheck } from './checks.ts';
import { readDraft, type SiteDraft } from './draft.ts';
import type { SiteKey } from './onboarding.ts';
import type { OwnSite, Work } from './ports.ts';
import { isUsableKey, type Probe, probeSite, readSiteKeys } from './probe.ts';
import { askRelease, type Release } from './release.ts';
import { isSandbox, sandboxOf, siteOfSandbox } from './sandbox.ts';

/** How many sites one account may be a developer of. */
export const mostSites = 20;
const probeTtlSeconds = 30 * 86_400;
const probesPerMinute = 6;

/** Lists the sandboxes of a developer. */
export const listSandboxes = async ({ sites }: Work, accountId: string): Promise<Site[]> =>
  (await sites.listOfDeveloper(accountId)).filter(({ clientId }) => isSandbox(clientId));

/** Finds a sandbox of a developer. Throws site-not-yours. */
export async function readSandbox({ sites }: Work, { accountId, clientId }: OwnSite): Promise<Site> {
  const site = isSandbox(clientId) ? await sites.find(clientId) : null;
  if (!site?.developers?.includes(accountId)) throw new AppError('site-not-yours');
  return site;
}

/** Registers a sandbox. Throws site-registration-invalid {fault}, site-identifier-taken, site-too-many {most}. */
export async function register(work: Work, accountId: string, draft: SiteDraft): Promise<Site> {
  const clientId = sandboxOf(draft.siteId);
  const site = readDraft(draft, { clientId, developers: [accountId], local: true });
  const [own, ...taken] = await Promise.all([
    listSandboxes(work, accountId),
    work.sites.find(clientId),
    work.sites.find(draft.siteId),
  ]);
  if (own.length >= mostSites) throw new AppError('site-too-many', { most: mostSites });
  if (taken.some((one) => one !== null)) throw new AppError('site-identifier-taken');
  await work.sites.save(site, accountId);
  return site;
}

/** Changes a sandbox at once. Throws site-not-yours, site-registration-invalid {fault}. */
export async function changeSandbox(work: Work, own: OwnSite, draft: SiteDraft): Promise<void> {
  const { clientId, developers = [] } = await readSandbox(work, own);
  const siteId = siteOfSandbox(clientId);
  const site = readDraft({ ...draft, siteId }, { clientId, developers, local: true });
  await work.sites.save(site, own.accountId);
}

/** Asks for production, for which no address of a developer's machine will do. Throws site-not-yours, site-registration-invalid {fault}. */
export async function askProduction(work: Work, own: OwnSite, draft: SiteDraft): Promise<Release> {
  const { clientId, developers = [] } = await readSandbox(work, own);
  const siteId = siteOfSandbox(clientId);
  const site = readDraft({ ...draft, siteId }, { clientId: siteId, developers, local: false });
  return askRelease(work, site, own.accountId);
}

const probeKey = (clientId: string): string => `site-probe:${clientId}`;

/** Calls a sandbox of a developer and keeps what it showed. Throws site-not-yours, site-checks-too-often {waitSeconds}. */
export async function runChecks(work: Work, own: OwnSite): Promise<void> {
  const site = await readSandbox(work, own);
  const { count, resetSeconds } = await work.ephemeral.count(`site-probes:${site.clientId}`, 60);
  if (count > probesPerMinute) throw new AppError('site-checks-too-often', { waitSeconds: resetSeconds });
  const probe = JSON.stringify(await probeSite(work, site));
  await work.ephemeral.put(probeKey(site.clientId), probe, { ttlSeconds: probeTtlSeconds });
}

/** Judges a site by what it did and what calling it showed; null where it was not called. */
export async function checksOf(
  work: Work,
  site: Site,
): Promise<{ checks: SiteCheck[]; probedAt: Date | null }> {
  const [conduct, entry] = await Promise.all([
    work.watch.read(site.clientId),
    work.ephemeral.get(probeKey(site.clientId)),
  ]);
  const probe = entry === null ? null : (JSON.parse(entry.value) as Probe);
  const probedAt = probe === null ? null : new Date(probe.at);
  return { checks: judgeSite(site, conduct, probe), probedAt };
}

/** Lists a site's keys as they stand in its registration or at its address; while two stand there, each says its last use. */
export async function keysOf(work: Work, site: Site): Promise<SiteKey[]> {
  const hasKeys = site.metadata['jwks'] !== undefined || site.metadata['jwks_uri'] !== undefined;
  const keys = (hasKeys && (await readSiteKeys(work, site))) || [];
  return Promise.all(
    keys.slice(0, 10).map(async (key) => ({
      keyId: String(key.kid ?? '–').slice(0, 100),
      isUsable: isUsableKey(key),
      usedAt: key.kid === undefined ? null : await work.watch.keyUsedAt(site.clientId, key.kid),
    })),
  );
}
