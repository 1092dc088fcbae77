import type { Context } from 'koa';
import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import { pageContext } from '../context.ts';
import { field } from '../form.ts';
import type { PortalDeps } from './deps.ts';

/** A person at their own pages. */
export interface Visit {
  accountId: string;
  sessionUid: string;
  acr: string | null;
  authTime: number;
  /** What the forms of this visit are bound to, and the token they carry. */
  binding: string;
  csrf: string;
}

type Kept = Omit<Visit, 'binding' | 'csrf'>;

interface Attempt {
  /** The visit cookie of the browser that began: nobody is signed in by a link that another browser began. */
  browser: string;
  verifier: string;
  returnTo: string;
}

const attemptTtlSeconds = 1800;
/** How long a proof is fresh enough to change how one signs in. */
const freshSeconds = 600;

const cookieName = ({ settings }: PortalDeps): string =>
  settings.secureCookies ? '__Host-yihao_my' : 'yihao_my';

const plausible = (id: string | undefined): id is string => id !== undefined && /^[\w-]{22,64}$/.test(id);
const visitKey = (id: string): string => `portal:visit:${id}`;
const attemptKey = (state: string): string => `portal:attempt:${state}`;

const giveCookie = (ctx: Context, deps: PortalDeps, id: string): void => {
  const secure = deps.settings.secureCookies;
  ctx.cookies.set(cookieName(deps), id, {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: '/',
    signed: false,
    overwrite: true,
  });
};

/** Finds the visit of this browser; null when there is none or the sign-in behind it has ended. */
export async function findVisit(ctx: Context, deps: PortalDeps): Promise<Visit | null> {
  const id = ctx.cookies.get(cookieName(deps));
  if (!plausible(id)) return null;
  const entry = await deps.ephemeral.get(visitKey(id));
  if (entry === null) return null;
  const kept = JSON.parse(entry.value) as Kept;
  if (!(await deps.ownSignIn.lives(kept))) {
    await deps.ephemeral.delete(visitKey(id));
    return null;
  }
  const binding = `portal:${id}`;
  return { ...kept, binding, csrf: deps.csrf.token(binding) };
}

/** Sends the browser to sign in; it comes back to the page it wanted. `anew` asks for proof even if signed in. */
export async function beginVisit(ctx: Context, deps: PortalDeps, anew = false): Promise<void> {
  const present = ctx.cookies.get(cookieName(deps));
  const browser = plausible(present) ? present : newId();
  if (browser !== present) giveCookie(ctx, deps, browser);
  const [state, verifier] = [newId(), newId(32)];
  const attempt: Attempt = { browser, verifier, returnTo: ctx.method === 'GET' ? ctx.url : '/my' };
  await deps.ephemeral.put(attemptKey(state), JSON.stringify(attempt), { ttlSeconds: attemptTtlSeconds });
  const { language } = pageContext(ctx, deps.settings);
  ctx.redirect(deps.ownSignIn.addressOf({ state, verifier, language, anew }));
}

/** Takes the answer of a sign-in and opens the visit under a new name, so that one planted before is worth nothing. */
export async function finishVisit(ctx: Context, deps: PortalDeps): Promise<void> {
  const { state, code, error } = ctx.query;
  const text =
    typeof state === 'string' && plausible(state) ? await deps.ephemeral.take(attemptKey(state)) : null;
  if (text === null) throw new AppError('interaction-expired');
  const attempt = JSON.parse(text) as Attempt;
  const browser = ctx.cookies.get(cookieName(deps));
  if (browser !== attempt.browser) throw new AppError('interaction-expired');
  if (typeof error === 'string') return ctx.redirect('/');
  const visit = typeof code === 'string' ? await deps.ownSignIn.redeem(code, attempt.verifier) : null;
  if (visit === null) throw new AppError('interaction-expired');
  const { accountId, sessionUid, acr, authTime } = visit;
  const kept: Kept = { accountId, sessionUid, acr, authTime };
  const id = newId();
  await deps.ephemeral.put(visitKey(id), JSON.stringify(kept), { ttlSeconds: deps.sessionTtlSeconds });
  await deps.ephemeral.delete(visitKey(attempt.browser));
  giveCookie(ctx, deps, id);
  ctx.redirect(attempt.returnTo);
}

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
