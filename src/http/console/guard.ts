import type { Context, Middleware } from 'koa';
import { AppError } from '../../base/error.ts';
import { type Act, freshSeconds, hasAct, mayAct } from '../../staff/index.ts';
import { field } from '../form.ts';
import { seeOther } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import { findVisit, type Visit } from './visit.ts';

/** What a page of the console is given. */
export type ConsolePage = (ctx: Context, deps: ConsoleDeps, visit: Visit) => Promise<void>;

/** Who may have a page, and how surely they must be there. */
export interface Permission {
  /** The act the page is for; null when every officer has it. */
  act: Act | null;
  /**
   * `instance`: it is about this instance's region. `own`: it is about the officer's region and below, and the domain
   * holds each record to that; the page itself asks for a role only.
   */
  within: 'instance' | 'own';
  /** Wants a proof by passkey of the last 300 seconds. */
  fresh?: boolean;
}

/** Tells whether an officer may have a page. */
export const permits = (
  { regionCode }: Pick<ConsoleDeps, 'regionCode'>,
  { act, within }: Permission,
  { officer }: Pick<Visit, 'officer'>,
): boolean => act === null || (within === 'own' ? hasAct(officer, act) : mayAct(officer, act, regionCode));

/** Tells whether a visit's proof is fresh enough for an act that binds. */
export const freshProof = (deps: Pick<ConsoleDeps, 'nowSeconds'>, { provenAt }: Visit): boolean =>
  deps.nowSeconds() - provenAt.getTime() / 1000 <= freshSeconds;

/** Sends the browser to prove who the officer is, and back to a page of the console. */
export const askProof = (ctx: Context, path: string = ctx.path): void =>
  seeOther(ctx, `/console/prove?to=${encodeURIComponent(path)}`);

/** Turns away who may not have a page, before a file is read from them. Throws form-expired, officer-not-allowed. */
export const turnAway =
  (deps: ConsoleDeps, permission: Permission): Middleware =>
  async (ctx, next) => {
    const visit = await findVisit(ctx, deps);
    if (visit === null) throw new AppError('form-expired');
    if (!permits(deps, permission, visit)) throw new AppError('officer-not-allowed');
    return next();
  };

/**
 * Shows a page to an officer who may have it, and sends who is not signed in to sign in; a form posted without a visit
 * or with a wrong token is refused. Where a fresh proof is wanted and is missing the officer proves who they are and
 * comes back to the page at this address: a form that asks for one stands on a page of the same path. Throws
 * officer-not-allowed, form-expired.
 */
export const guard =
  (deps: ConsoleDeps, permission: Permission, page: ConsolePage) =>
  async (ctx: Context): Promise<void> => {
    ctx.set('Cache-Control', 'no-store');
    const visit = await findVisit(ctx, deps);
    const isPost = ctx.method === 'POST';
    if (visit === null && isPost) throw new AppError('form-expired');
    if (visit === null) return seeOther(ctx, `/console/sign-in?to=${encodeURIComponent(ctx.url)}`);
    if (!permits(deps, permission, visit)) throw new AppError('officer-not-allowed');
    if (isPost) deps.csrf.check(visit.binding, field(ctx, 'csrf'));
    if (permission.fresh && !freshProof(deps, visit)) return askProof(ctx);
    return page(ctx, deps, visit);
  };
