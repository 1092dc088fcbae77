import type { Context } from 'koa';
import { cookieNameOf } from '../base/cookie-name.ts';
import { AppError } from '../base/error.ts';
import { newId } from '../base/id.ts';
import type { OwnSignIn } from '../oidc/index.ts';
import type { EphemeralStore } from '../storage/ephemeral/port.ts';
import { type PageSettings, pageContext } from './context.ts';
import type { Csrf } from './csrf.ts';

/** What a visit is kept by. */
export interface VisitDeps {
  ownSignIn: OwnSignIn;
  ephemeral: EphemeralStore;
  csrf: Csrf;
  settings: PageSettings;
  issuer: string;
  sessionTtlSeconds: number;
}

/** A person at pages of ours that are theirs: the citizen's own, and those of developers. Both are one visit. */
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

const cookieName = ({ issuer }: VisitDeps): string => cookieNameOf(issuer, 'yihao_my');

const plausible = (id: string | undefined): id is string => id !== undefined && /^[\w-]{22,64}$/.test(id);
const visitKey = (id: string): string => `portal:visit:${id}`;
const attemptKey = (state: string): string => `portal:attempt:${state}`;

const giveCookie = (ctx: Context, deps: VisitDeps, id: string): void => {
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
export async function findVisit(ctx: Context, deps: VisitDeps): Promise<Visit | null> {
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
export async function beginVisit(ctx: Context, deps: VisitDeps, anew = false): Promise<void> {
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
export async function finishVisit(ctx: Context, deps: VisitDeps): Promise<void> {
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
