import type { Context } from 'koa';

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
