import type { Context } from 'koa';
import { AskPage } from '../../../views/portal/ask.tsx';
import { SitesPage } from '../../../views/portal/sites.tsx';
import { fill, textOf } from '../../../views/text/index.ts';
import { seeOther, showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import { siteNames } from './site-names.ts';
import type { PortalPage, Visit } from './visit.ts';

const listPath = '/my/sites';
const pathOf = (clientId: string): string => `${listPath}/${encodeURIComponent(clientId)}/withdraw`;

/** Lists the sites the person agreed to, while that holds. */
export const showSites: PortalPage = async (ctx, deps, visit) => {
  const sites = await deps.sessions.listSites(visit.accountId);
  const nameOf = await siteNames(
    deps,
    sites.map(({ clientId }) => clientId),
  );
  showPage(ctx, deps, (context) => (
    <SitesPage
      context={context}
      sites={sites.map(({ clientId, lastAt }) => ({
        name: nameOf(clientId, context.language),
        lastAt,
        withdrawHref: pathOf(clientId),
      }))}
    />
  ));
};

const clientIdOf = (ctx: Context): string =>
  String((ctx as { params?: { clientId?: string } }).params?.clientId);

const isAuthorised = async (deps: PortalDeps, visit: Visit, clientId: string): Promise<boolean> =>
  (await deps.sessions.listSites(visit.accountId)).some((site) => site.clientId === clientId);

/** Asks once whether a site shall read nothing any more. */
export const askWithdrawal: PortalPage = async (ctx, deps, visit) => {
  const clientId = clientIdOf(ctx);
  if (!(await isAuthorised(deps, visit, clientId))) return ctx.redirect(listPath);
  const nameOf = await siteNames(deps, [clientId]);
  showPage(ctx, deps, (context) => {
    const words = textOf(context.language).my.sites;
    return (
      <AskPage
        context={context}
        csrf={visit.csrf}
        title={fill(words.askTitle, { site: nameOf(clientId, context.language) })}
        text={words.askText}
        action={pathOf(clientId)}
        confirm={words.confirm}
        cancel={words.cancel}
        backHref={listPath}
      />
    );
  });
};

/** Takes back what the person agreed to at a site; again changes nothing. */
export const withdrawSite: PortalPage = async (ctx, deps, visit) => {
  const clientId = clientIdOf(ctx);
  if (await isAuthorised(deps, visit, clientId)) {
    const { accountId } = visit;
    await deps.sessions.withdrawSite({ accountId, clientId });
    const nameOf = await siteNames(deps, [clientId]);
    const site = nameOf(clientId, 'zh');
    await deps.consent.addNotice({ accountId, kind: 'site-withdrawn', values: { site } });
  }
  seeOther(ctx, listPath);
};
