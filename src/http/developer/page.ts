import type { Context } from 'koa';
import { AppError } from '../../base/error.ts';
import { field } from '../form.ts';
import { beginVisit, findVisit, type Visit } from '../own-visit.ts';
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

/** Returns what the address has in a place of its pattern. */
export const parameter = (ctx: Context, name: string): string =>
  String((ctx as { params?: Record<string, string> }).params?.[name]);

/** Returns which sandbox the address names, and whose it is to be. */
export const ownSite = (ctx: Context, { accountId }: Visit): { accountId: string; clientId: string } => ({
  accountId,
  clientId: parameter(ctx, 'id'),
});

/** Returns where the pages of a sandbox are. */
export const pathOf = (clientId: string): string => `/developer/sites/${encodeURIComponent(clientId)}`;
