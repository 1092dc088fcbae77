import type { Context } from 'koa';
import type { VNode } from 'preact';
import type { PageContext } from '../../../views/layout.tsx';
import { cookieNameOf } from '../../base/cookie-name.ts';
import type { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import type { Consent } from '../../consent/index.ts';
import type { Identity } from '../../identity/index.ts';
import { type PageSettings, pageContext } from '../context.ts';
import type { Csrf } from '../csrf.ts';
import { field } from '../form.ts';
import { renderPage } from '../render.ts';

export interface RecoverDeps {
  identity: Identity;
  consent: Pick<Consent, 'recordAccess'>;
  csrf: Csrf;
  settings: PageSettings;
  issuer: string;
  /** Hides a network address before it becomes part of a key. */
  hideAddress(address: string): string;
  /** Brings about what a completed recovery asks for. */
  settleRecovery(recoveryId: string): Promise<void>;
}

/** A browser of someone who can sign in no more. */
export interface Seeker {
  /** What the forms and proofs of this browser are bound to, and the token the forms carry. */
  binding: string;
  csrf: string;
  address: string;
}

/** A page of recovery. */
export type RecoverPage = (ctx: Context, deps: RecoverDeps, seeker: Seeker) => Promise<void>;

const bindingOf = (ctx: Context, deps: RecoverDeps): string => {
  const name = cookieNameOf(deps.issuer, 'yihao_recover');
  const present = ctx.cookies.get(name);
  const isPresent = present !== undefined && /^[\w-]{22}$/.test(present);
  const id = isPresent ? present : newId();
  const secure = deps.settings.secureCookies;
  if (!isPresent)
    ctx.cookies.set(name, id, { httpOnly: true, sameSite: 'lax', secure, path: '/', signed: false });
  return `recover:${id}`;
};

/** Gives a page the browser it is for; a form with a wrong token is refused (form-expired). */
export const sought =
  (deps: RecoverDeps, page: RecoverPage) =>
  async (ctx: Context): Promise<void> => {
    ctx.set('Cache-Control', 'no-store');
    const binding = bindingOf(ctx, deps);
    if (ctx.method === 'POST') deps.csrf.check(binding, field(ctx, 'csrf'));
    const csrf = deps.csrf.token(binding);
    await page(ctx, deps, { binding, csrf, address: deps.hideAddress(ctx.ip) });
  };

/** Draws a page of recovery; a refusal gives it its status. `path` is the address that shows it again. */
export function showPage(
  ctx: Context,
  deps: RecoverDeps,
  draw: (context: PageContext) => VNode,
  { refusal, path = ctx.path }: { refusal?: AppError | undefined; path?: string } = {},
): void {
  ctx.status = refusal?.status ?? 200;
  const waitMinutes = refusal?.values['waitMinutes'];
  if (waitMinutes !== undefined) ctx.set('Retry-After', String(Number(waitMinutes) * 60));
  ctx.type = 'html';
  ctx.body = renderPage(draw(pageContext(ctx, deps.settings, { path })));
}

/** Leads the browser from a form to the page that shows what came of it. */
export const seeOther = (ctx: Context, path: string): void => {
  ctx.status = 303;
  ctx.redirect(path);
};
