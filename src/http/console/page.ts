import type { Context } from 'koa';
import type { VNode } from 'preact';
import type { PageContext } from '../../../views/layout.tsx';
import { pageContext } from '../context.ts';
import { renderPage } from '../render.ts';
import type { ConsoleDeps } from './deps.ts';

/** Draws a page of the console; `path` is the address that shows it again, when it is not the one asked for. */
export function showPage(
  ctx: Context,
  deps: Pick<ConsoleDeps, 'settings'>,
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

/** Returns one part of the address, as the route names it. */
export const parameter = (ctx: Context, name: string): string =>
  String((ctx as { params?: Record<string, string> }).params?.[name]);

/** Reads where to go on to: a page of the console and nowhere else. */
export const pathAfter = (text: unknown): string => {
  if (typeof text !== 'string' || !URL.canParse(text, 'http://here.invalid')) return '/console';
  const { origin, pathname, search } = new URL(text, 'http://here.invalid');
  const isOurs = origin === 'http://here.invalid' && /^\/console(\/|$)/.test(pathname);
  return isOurs ? `${pathname}${search}` : '/console';
};

/** Reads where the page before ended, as the address has it. */
export const afterOf = (ctx: Context): { after?: string } => {
  const { after } = ctx.query;
  return typeof after === 'string' ? { after } : {};
};
