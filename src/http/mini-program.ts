/**
 * What a mini-program's own program asks: a ticket to open the sign-in page with, and to be bound to the account whose link
 * code a person typed in. Owns the addresses and the form of the answers (JSON); the rules are identity's. Neither answer
 * says who anybody is.
 */
import Router from '@koa/router';
import type { Middleware } from 'koa';
import { AppError } from '../base/error.ts';
import { newTraceCode } from '../base/id.ts';
import type { MiniPrograms } from '../identity/index.ts';
import { field, readForm } from './form.ts';
import type { Log } from './log.ts';

export interface MiniProgramRouteDeps {
  miniPrograms: MiniPrograms;
  hideAddress(address: string): string;
  log: Log;
}

/** Routes what a mini-program asks. */
export function createMiniProgramRoutes({ miniPrograms, hideAddress, log }: MiniProgramRouteDeps): Router {
  const router = new Router({ prefix: '/mini-program' });
  router.use(answerRefusals(log));
  router.post('/sign-ins', readForm, async (ctx) => {
    const given = { code: field(ctx, 'code'), address: hideAddress(ctx.ip) };
    const { ticket, expiresInSeconds } = await miniPrograms.beginSignIn(given);
    ctx.body = { ticket, expires_in: expiresInSeconds };
  });
  router.post('/bindings', readForm, async (ctx) => {
    const given = { code: field(ctx, 'code'), address: hideAddress(ctx.ip) };
    await miniPrograms.bind({ ...given, linkCode: field(ctx, 'link_code') });
    ctx.body = { bound: true };
  });
  return router;
}

/** A mini-program shows its user the sentence as it is; the trace code joins it to the log. */
const answerRefusals =
  (log: Log): Middleware =>
  async (ctx, next) => {
    ctx.set('Cache-Control', 'no-store');
    try {
      await next();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const traceCode = newTraceCode();
      log.info({ traceCode, code: error.code, status: error.status, err: error.cause }, 'refused');
      const { waitSeconds } = error.values;
      if (waitSeconds !== undefined) ctx.set('Retry-After', String(waitSeconds));
      ctx.status = error.status;
      const text = ctx.acceptsLanguages('zh-CN', 'zh', 'en') === 'en' ? 'en' : 'zh';
      ctx.body = { error: error.code, error_description: error.text(text), trace_code: traceCode };
    }
  };
