import type { Context } from 'koa';
import { cookieNameOf } from '../../base/cookie-name.ts';
import { newId } from '../../base/id.ts';
import type { Officer } from '../../staff/index.ts';
import type { ConsoleDeps } from './deps.ts';

/** An officer at work in this browser. */
export interface Visit {
  officer: Officer;
  officerId: string;
  startedAtSeconds: number;
  /** When the officer last proved by passkey who they are. */
  provenAt: Date;
  /** What the forms and challenges of this visit are bound to, and the token the forms carry. */
  binding: string;
  csrf: string;
}

interface Kept {
  officerId: string;
  startedAtSeconds: number;
  provenAtSeconds: number;
}

const idleSeconds = 900;
const longestSeconds = 8 * 3600;

const cookieName = ({ issuer }: ConsoleDeps): string => cookieNameOf(issuer, 'yihao_console');

const plausible = (id: string | undefined): id is string => id !== undefined && /^[\w-]{43}$/.test(id);

// Two entries: the visit, which only signing in and out write, and that it is in use, which every page renews; so a page
// that is under way while its officer signs out does not bring the visit back.
const visitKey = (id: string): string => `console:visit:${id}`;
const useKey = (id: string): string => `console:use:${id}`;

const giveCookie = (ctx: Context, deps: ConsoleDeps, id: string): void => {
  const secure = deps.settings.secureCookies;
  const options = { httpOnly: true, sameSite: 'strict' as const, secure, path: '/', signed: false };
  ctx.cookies.set(cookieName(deps), id, { ...options, overwrite: true });
};

/** Returns what ties a sign-in to this browser before anyone is signed in. */
export function bindingOfBrowser(ctx: Context, deps: ConsoleDeps): string {
  const present = ctx.cookies.get(cookieName(deps));
  const id = plausible(present) ? present : newId(32);
  if (id !== present) giveCookie(ctx, deps, id);
  return `console-visitor:${id}`;
}

/** Finds the visit of this browser; null when there is none, it is over, or its officer may work no longer. */
export async function findVisit(ctx: Context, deps: ConsoleDeps): Promise<Visit | null> {
  const id = ctx.cookies.get(cookieName(deps));
  if (!plausible(id)) return null;
  const [entry, use] = await Promise.all([deps.ephemeral.get(visitKey(id)), deps.ephemeral.get(useKey(id))]);
  if (entry === null || use === null) return null;
  const kept = JSON.parse(entry.value) as Kept;
  const officer = await deps.staff.findAtWork(kept.officerId);
  if (officer === null) return null;
  await deps.ephemeral.put(useKey(id), '', { ttlSeconds: idleSeconds });
  const binding = `console:${id}`;
  return {
    officer,
    officerId: kept.officerId,
    startedAtSeconds: kept.startedAtSeconds,
    provenAt: new Date(kept.provenAtSeconds * 1000),
    binding,
    csrf: deps.csrf.token(binding),
  };
}

/**
 * Opens a visit after a proof, under a new name, so that one planted before is worth nothing. A proof within a visit
 * hands in when that began, as its eight hours go on.
 */
export async function openVisit(
  ctx: Context,
  deps: ConsoleDeps,
  { officerId, startedAtSeconds = deps.nowSeconds() }: { officerId: string; startedAtSeconds?: number },
): Promise<void> {
  await forget(ctx, deps);
  const now = deps.nowSeconds();
  const kept: Kept = { officerId, startedAtSeconds, provenAtSeconds: now };
  const ttlSeconds = Math.max(1, startedAtSeconds + longestSeconds - now);
  const id = newId(32);
  await deps.ephemeral.put(visitKey(id), JSON.stringify(kept), { ttlSeconds });
  await deps.ephemeral.put(useKey(id), '', { ttlSeconds: idleSeconds });
  giveCookie(ctx, deps, id);
}

const forget = async (ctx: Context, deps: ConsoleDeps): Promise<void> => {
  const id = ctx.cookies.get(cookieName(deps));
  if (plausible(id)) await Promise.all([visitKey(id), useKey(id)].map((key) => deps.ephemeral.delete(key)));
};

/** Ends the visit of this browser. */
export async function endVisit(ctx: Context, deps: ConsoleDeps): Promise<void> {
  await forget(ctx, deps);
  giveCookie(ctx, deps, newId(32));
}
