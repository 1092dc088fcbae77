import type { Context } from 'koa';
import { AppError } from '../../base/error.ts';
import { field } from '../form.ts';
import { beginVisit, findVisit, type Visit } from '../own-visit.ts';
import type { PortalDeps } from './deps.ts';

export { finishVisit, type Visit } from '../own-visit.ts';

/** How long a proof is fresh enough to change how one signs in. */
const freshSeconds = 600;

/** What a page of the portal is given. */
export type PortalPage = (ctx: Context, deps: PortalDeps, visit: Visit) => Promise<void>;

/**
 * Shows a page to who is signed in and sends everyone else to sign in; a form posted without a visit or with a wrong
 * token is refused (form-expired). `fresh`: the person proved who they are within the last ten minutes.
 */
export const guarded =
  (deps: PortalDeps, page: PortalPage, { fresh = false } = {}) =>
  async (ctx: Context): Promise<void> => {
    ctx.set('Cache-Control', 'no-store');
    const visit = await findVisit(ctx, deps);
    const isPost = ctx.method === 'POST';
    if (visit === null && isPost) throw new AppError('form-expired');
    if (visit === null) return beginVisit(ctx, deps);
    const age = deps.nowSeconds() - visit.authTime;
    if (fresh && age > freshSeconds) return beginVisit(ctx, deps, true);
    if (isPost) deps.csrf.check(visit.binding, field(ctx, 'csrf'));
    try {
      await page(ctx, deps, visit);
    } catch (error) {
      if (isPost || !(error instanceof AppError) || error.code !== 'person-not-known') throw error;
      // Not a dead end: the page where one makes oneself known.
      ctx.redirect('/my/level?needed');
    }
  };
