import { DeveloperSitePage, SamplesPage } from '../../../views/developer/site.tsx';
import { DeveloperSitesPage, TestPersonPage } from '../../../views/developer/sites.tsx';
import type { ShownHealth } from '../../../views/parts/site-health.tsx';
import { AppError } from '../../base/error.ts';
import { createTestPerson } from '../../identity/index.ts';
import { kindOf, ladderFrom, rungOf, type Site, siteOfSandbox } from '../../oidc/index.ts';
import { seeOther, showPage } from '../page.ts';
import type { DeveloperDeps } from './deps.ts';
import { type DeveloperPage, ownSite, pathOf } from './page.ts';
import { samplesOf } from './samples.ts';

const mostTestPeople = 10;
const daySeconds = 86_400;

/** Lists the sites of a developer. */
export const showSites: DeveloperPage = async (ctx, deps, visit) => {
  const sandboxes = await deps.onboarding.listSandboxes(visit.accountId);
  const live = await Promise.all(sandboxes.map(({ clientId }) => deps.sites.find(siteOfSandbox(clientId))));
  showPage(ctx, deps, (context) => (
    <DeveloperSitesPage
      context={context}
      csrf={visit.csrf}
      sites={sandboxes.map(({ clientId, name }, place) => ({
        href: pathOf(clientId),
        name: name[context.language],
        clientId,
        isInProduction: live[place]?.enabled === true,
      }))}
    />
  ));
};

const healthOf = async (deps: DeveloperDeps, site: Site): Promise<ShownHealth> => {
  const [health, ratings] = await Promise.all([
    deps.siteHealth.read(site.clientId),
    deps.consent.countRatings(site.clientId),
  ]);
  return { ...health, ratings, perMinute: deps.siteHealth.quotaOf(site) };
};

/** Shows one sandbox: what it did, what calling it showed, its keys, days and versions. */
export const showSite: DeveloperPage = async (ctx, deps, visit) => {
  const site = await deps.onboarding.readSandbox(ownSite(ctx, visit));
  const { clientId, name } = site;
  const siteId = siteOfSandbox(clientId);
  const rung = rungOf(site);
  const [{ checks, probedAt }, keys, days, releases, live] = await Promise.all([
    deps.onboarding.checksOf(site),
    deps.onboarding.keysOf(site),
    deps.onboarding.listDays(clientId),
    deps.onboarding.listReleases(siteId),
    deps.sites.find(siteId),
  ]);
  const health = await healthOf(deps, site);
  const liveHealth = live && (await healthOf(deps, live));
  showPage(ctx, deps, (context) => (
    <DeveloperSitePage
      context={context}
      csrf={visit.csrf}
      path={pathOf(clientId)}
      name={name[context.language]}
      clientId={clientId}
      issuer={deps.issuer}
      kind={kindOf(site)}
      ladder={rung && ladderFrom(rung)}
      lesserReason={site.unsafeLesserProfileReason ?? null}
      checks={checks}
      probedAt={probedAt}
      keys={keys}
      days={days}
      health={health}
      liveHealth={liveHealth}
      releases={releases.map(({ number, state, askedAt }) => ({
        number,
        state,
        askedAt,
        isCurrent: number === live?.release,
        link: null,
      }))}
    />
  ));
};

/** Calls the site and judges it anew. */
export const runChecks: DeveloperPage = async (ctx, deps, visit) => {
  const own = ownSite(ctx, visit);
  await deps.onboarding.runChecks(own);
  seeOther(ctx, pathOf(own.clientId));
};

/** Shows code to copy. */
export const showSamples: DeveloperPage = async (ctx, deps, visit) => {
  const site = await deps.onboarding.readSandbox(ownSite(ctx, visit));
  const samples = samplesOf(site, deps.issuer);
  showPage(ctx, deps, (context) => (
    <SamplesPage context={context} path={pathOf(site.clientId)} samples={samples} />
  ));
};

/** Makes a test person; the password is on this answer and nowhere again. Throws test-people-too-many. */
export const makeTestPerson: DeveloperPage = async (ctx, deps, visit) => {
  const { count } = await deps.ephemeral.count(`developer:test-people:${visit.accountId}`, daySeconds);
  if (count > mostTestPeople) throw new AppError('test-people-too-many', { most: mostTestPeople });
  const person = await createTestPerson(deps.identity, visit.accountId);
  showPage(ctx, deps, (context) => <TestPersonPage context={context} person={person} />, '/developer');
};
