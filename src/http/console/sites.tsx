import type { Context } from 'koa';
import { ProposeSitePage, SitePage, type SiteRow, SitesPage } from '../../../views/console/sites.tsx';
import { fill, textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import {
  differenceOf,
  isSandbox,
  ladderFrom,
  type Release,
  rungOf,
  type Site,
  sandboxOf,
} from '../../oidc/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import { type ConsolePage, permits } from './guard.ts';
import { afterOf, parameter } from './page.ts';
import type { Section } from './section.ts';
import { proposeQuota, showQuota } from './site-quota.tsx';
import type { Visit } from './visit.ts';

const listPath = '/console/sites';
const onPage = 20;
const atOnce = 200;

const pathOf = (clientId: string): string => `${listPath}/${encodeURIComponent(clientId)}`;
const releasePath = ({ clientId, number }: Pick<Release, 'clientId' | 'number'>): string =>
  `${pathOf(clientId)}/${number}`;

const reading = { act: 'sites.read', within: 'instance' } as const;
const proposing = { act: 'sites.propose', within: 'instance' } as const;

const rowOf = ({ clientId, name, enabled }: Site, language: 'zh' | 'en'): SiteRow => ({
  href: pathOf(clientId),
  name: name[language],
  clientId,
  state: stateOf({ clientId, enabled }),
});

const stateOf = ({ clientId, enabled }: Pick<Site, 'clientId' | 'enabled'>): SiteRow['state'] => {
  if (!enabled) return 'off';
  return isSandbox(clientId) ? 'sandbox' : 'inProduction';
};

/** Finds a page of sites whose name or identifier has the words; one more than a page says that there is a next. */
const search = async (deps: ConsoleDeps, words: string, after: string): Promise<Site[]> => {
  const found: Site[] = [];
  let place = after;
  while (found.length <= onPage) {
    const sites = await deps.sites.page(place, atOnce);
    found.push(...sites.filter(({ clientId, name }) => `${clientId} ${name.zh} ${name.en}`.includes(words)));
    const last = sites.at(-1);
    if (last === undefined || sites.length < atOnce) break;
    place = last.clientId;
  }
  return found;
};

const showSites: ConsolePage = async (ctx, deps, visit) => {
  const query = typeof ctx.query['q'] === 'string' ? ctx.query['q'].trim().slice(0, 100) : '';
  const mayPropose = permits(deps, proposing, visit);
  const [found, asked] = await Promise.all([
    search(deps, query, afterOf(ctx).after ?? ''),
    mayPropose ? deps.onboarding.listAsked() : [],
  ]);
  const sites = found.slice(0, onPage);
  const last = found.length > onPage ? sites.at(-1) : undefined;
  const next = last && new URLSearchParams({ q: query, after: last.clientId });
  showPage(ctx, deps, (context) => (
    <SitesPage
      context={context}
      query={query}
      waiting={asked.map((release) => ({
        href: releasePath(release),
        label: `${release.site.name[context.language]} · ${linkWords(context.language, release, false)}`,
      }))}
      sites={sites.map((site) => rowOf(site, context.language))}
      nextHref={next ? `${listPath}?${next}` : null}
    />
  ));
};

const linkWords = (
  language: 'zh' | 'en',
  { number }: Pick<Release, 'number'>,
  isRollBack: boolean,
): string => {
  const { office } = textOf(language).onboarding;
  return fill(isRollBack ? office.rollBack : office.propose, { number: String(number) });
};

/** Reads a site, or what it would be before its first version is in production. */
const readSite = async (deps: ConsoleDeps, clientId: string, releases: readonly Release[]): Promise<Site> => {
  const site = await deps.sites.find(clientId);
  const [latest] = releases;
  if (site !== null) return site;
  if (latest === undefined) throw new AppError('site-release-missing');
  return { ...latest.site, enabled: false };
};

const showSite: ConsolePage = async (ctx, deps, visit) => {
  const clientId = parameter(ctx, 'id');
  const releases = await deps.onboarding.listReleases(clientId);
  const site = await readSite(deps, clientId, releases);
  const tried = isSandbox(clientId) ? site : await deps.sites.find(sandboxOf(clientId));
  const [checks, keys, days, health, ratings] = await Promise.all([
    tried === null ? { checks: [], probedAt: null } : deps.onboarding.checksOf(tried),
    deps.onboarding.keysOf(site),
    deps.onboarding.listDays(clientId),
    deps.siteHealth.read(clientId),
    deps.consent.countRatings(clientId),
  ]);
  const mayPropose = permits(deps, proposing, visit);
  const release = site.release ?? null;
  const rung = rungOf(site);
  const linkOf = (one: Release, language: 'zh' | 'en') => {
    const isRollBack = one.state === 'applied';
    if (!mayPropose || one.state === 'declined' || one.number === release) return null;
    return { href: releasePath(one), label: linkWords(language, one, isRollBack) };
  };
  showPage(ctx, deps, (context) => (
    <SitePage
      context={context}
      row={rowOf(site, context.language)}
      department={site.department}
      release={release}
      ladder={rung && ladderFrom(rung)}
      lesserReason={site.unsafeLesserProfileReason ?? null}
      checks={checks.checks}
      probedAt={checks.probedAt}
      keys={keys}
      days={days}
      health={{ ...health, ratings, perMinute: deps.siteHealth.quotaOf(site) }}
      quotaHref={mayPropose && site.enabled ? `${pathOf(clientId)}/quota` : null}
      releases={releases.map((one) => ({
        number: one.number,
        state: one.state,
        askedAt: one.askedAt,
        isCurrent: one.number === release,
        link: linkOf(one, context.language),
      }))}
    />
  ));
};

const releaseIdOf = (ctx: Context): string => `${parameter(ctx, 'id')}@${parameter(ctx, 'number')}`;

const draw = async (ctx: Context, deps: ConsoleDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const release = await deps.onboarding.readRelease(releaseIdOf(ctx));
  const { clientId, number, site } = release;
  const present = await deps.sites.find(clientId);
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <ProposeSitePage
      context={context}
      csrf={visit.csrf}
      path={releasePath(release)}
      backHref={pathOf(clientId)}
      name={site.name[context.language]}
      number={number}
      isRollBack={release.state === 'applied'}
      difference={differenceOf(present, site)}
      reason={field(ctx, 'reason')}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Proposes a version; what is refused is said on the page, with the reason as typed. */
const proposeRelease: ConsolePage = async (ctx, deps, visit) => {
  const { officerId } = visit;
  try {
    const reason = field(ctx, 'reason').trim();
    if (reason === '') throw new AppError('proposal-reason');
    const release = await deps.onboarding.releaseToPropose(releaseIdOf(ctx), officerId);
    const difference = differenceOf(await deps.sites.find(release.clientId), release.site);
    const { proposalId } = await deps.staff.propose({
      officerId,
      kind: 'site.release',
      subject: release.releaseId,
      regionCode: deps.regionCode,
      difference,
      reason,
    });
    seeOther(ctx, `/console/proposals/${proposalId}`);
  } catch (error) {
    const isShown = error instanceof AppError && [400, 409].includes(error.status);
    if (!isShown) throw error;
    await draw(ctx, deps, visit, error);
  }
};

/** The part of the console where sites go into production, change and go back. */
export const sitesSection: Section = {
  name: 'sites',
  path: '/sites',
  permission: reading,
  routes: [
    { method: 'get', path: '/sites', page: showSites },
    { method: 'get', path: '/sites/:id', page: showSite },
    { method: 'get', path: '/sites/:id/quota', page: showQuota, permission: proposing },
    { method: 'post', path: '/sites/:id/quota', page: proposeQuota, permission: proposing },
    {
      method: 'get',
      path: '/sites/:id/:number',
      page: (ctx, deps, visit) => draw(ctx, deps, visit),
      permission: proposing,
    },
    { method: 'post', path: '/sites/:id/:number', page: proposeRelease, permission: proposing },
  ],
};
