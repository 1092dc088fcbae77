import type { Context } from 'koa';
import type { VNode } from 'preact';
import type { PageContext } from '../../../views/layout.tsx';
import { AppError } from '../../base/error.ts';
import { pageContext } from '../context.ts';
import { field } from '../form.ts';
import { beginVisit, findVisit, type Visit } from '../own-visit.ts';
import { renderPage } from '../render.ts';
import type { DeveloperDeps } from './deps.ts';

/** What a page of developers is given. */
export type DeveloperPage = (ctx: Context, deps: DeveloperDeps, visit: Visit) => Promise<void>;

/** Shows a page to who is signed in and sends everyone else to sign in. Throws form-expired. */
export const guarded =
  (deps: DeveloperDeps, page: DeveloperPage) =>
  async (ctx: Context): Promise<void> => {
    ctx.set('Cache-Control', 'no-store');
    const visit = await findVisit(ctx, deps);
    const isPost = ctx.method === 'POST';
    if (visit === null && isPost) throw new AppError('form-expired');
    if (visit === null) return beginVisit(ctx, deps);
    if (isPost) deps.csrf.check(visit.binding, field(ctx, 'csrf'));
    return page(ctx, deps, visit);
  };

/** Draws a page; `path` is the address that shows it again, when it is not the one asked for. */
export function showPage(
  ctx: Context,
  deps: DeveloperDeps,
  draw: (context: PageContext) => VNode,
  path: string = ctx.path,
): void {
  ctx.type = 'html';
  ctx.body = renderPage(draw(pageContext(ctx, deps.settings, { path })));
}

/** Leads the browser from a form to the page that shows what came of it. */
export const seeOther = (ctx: Context, path: string): void => {
  ctx.status = 303;
  ctx.redirect(path);
};

/** Returns which sandbox the address names, and whose it is to be. */
export const ownSite = (ctx: Context, { accountId }: Visit): { accountId: string; clientId: string } => ({
  accountId,
  clientId: String((ctx as { params?: Record<string, string> }).params?.['id']),
});

/** Returns where the pages of a sandbox are. */
export const pathOf = (clientId: string): string => `/developer/sites/${encodeURIComponent(clientId)}`;
