import { bodyParser } from '@koa/bodyparser';
import type { Context, Middleware } from 'koa';
import { AppError } from '../base/error.ts';

const limitKb = 64;

const parse = bodyParser({ enableTypes: ['form'], encoding: 'utf-8', formLimit: `${limitKb}kb` });

/** Reads a form body; refuses one over the limit (body-too-large), of another type or not UTF-8 (body-malformed). */
export const readForm: Middleware = async (ctx, next) => {
  if (ctx.method !== 'POST') return next();
  if (!ctx.is('application/x-www-form-urlencoded')) throw new AppError('body-malformed');
  try {
    await parse(ctx, async () => undefined);
  } catch (error) {
    const { status } = error as { status?: number };
    throw new AppError(status === 413 ? 'body-too-large' : 'body-malformed', { limitKb }, { cause: error });
  }
  if (!isReadable(ctx.request.rawBody ?? '')) throw new AppError('body-malformed');
  return next();
};

/** Whether text is UTF-8 with its escapes undone; the parser would let what is not stand as it came. */
const isReadable = (raw: string): boolean => {
  try {
    return !decodeURIComponent(raw).includes('\uFFFD');
  } catch {
    return false;
  }
};

/** Returns one field of the form, as text; absent or repeated fields are empty. */
export const field = (ctx: Context, name: string): string => {
  const body: unknown = ctx.request.body;
  const value =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
};

/** Reads what a script put into a field as JSON; null when it is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
