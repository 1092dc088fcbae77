import type { Context } from 'koa';
import type { VNode } from 'preact';
import type { PageContext } from '../../views/layout.tsx';
import { type PageSettings, pageContext } from './context.ts';
import { renderPage } from './render.ts';

/** Draws a page; `path` is the address that shows it again, when it is not the one asked for. */
export function showPage(
  ctx: Context,
  deps: { settings: PageSettings },
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
