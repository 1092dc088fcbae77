import type { Context } from 'koa';
import { SiteQuotaPage } from '../../../views/console/site-quota.tsx';
import { AppError } from '../../base/error.ts';
import { isQuota, type Site } from '../../oidc/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { parameter } from './page.ts';
import type { Visit } from './visit.ts';

const pathOf = ({ clientId }: Site): string => `/console/sites/${encodeURIComponent(clientId)}`;

const readSite = async (ctx: Context, deps: ConsoleDeps): Promise<Site> => {
  const site = await deps.sites.find(parameter(ctx, 'id'));
  if (site === null) throw new AppError('site-release-missing');
  return site;
};

const draw = async (ctx: Context, deps: ConsoleDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const site = await readSite(ctx, deps);
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <SiteQuotaPage
      context={context}
      csrf={visit.csrf}
      path={`${pathOf(site)}/quota`}
      backHref={pathOf(site)}
      name={site.name[context.language]}
      perMinute={deps.siteHealth.quotaOf(site)}
      wanted={field(ctx, 'per_minute')}
      reason={field(ctx, 'reason')}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Shows the form of another quota. Throws site-release-missing. */
export const showQuota: ConsolePage = (ctx, deps, visit) => draw(ctx, deps, visit);

/** Reads how many requests a minute are wanted. Throws site-quota-invalid. */
const readQuota = (text: string): number => {
  const perMinute = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (!isQuota(perMinute)) throw new AppError('site-quota-invalid');
  return perMinute;
};

/** Proposes another quota; what is refused is said on the page, with what was typed. */
export const proposeQuota: ConsolePage = async (ctx, deps, visit) => {
  const { officerId } = visit;
  const site = await readSite(ctx, deps);
  try {
    const reason = field(ctx, 'reason').trim();
    if (reason === '') throw new AppError('proposal-reason');
    const after = String(readQuota(field(ctx, 'per_minute').trim()));
    const { proposalId } = await deps.staff.propose({
      officerId,
      kind: 'site.quota',
      subject: site.clientId,
      regionCode: deps.regionCode,
      difference: [{ field: 'requestsPerMinute', before: String(deps.siteHealth.quotaOf(site)), after }],
      reason,
    });
    seeOther(ctx, `/console/proposals/${proposalId}`);
  } catch (error) {
    const isShown = error instanceof AppError && [400, 409].includes(error.status);
    if (!isShown) throw error;
    await draw(ctx, deps, visit, error);
  }
};
