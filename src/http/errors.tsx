import type { Context } from 'koa';
import { ErrorPage } from '../../views/error.tsx';
import { AppError } from '../base/error.ts';
import { newTraceCode } from '../base/id.ts';
import { type PageSettings, pageContext } from './context.ts';
import type { Log } from './log.ts';
import { renderPage } from './render.ts';

/** What an error page says beside the error: the way back, when one is known. */
export interface WayBack {
  siteName: string;
  siteUrl: string;
}

/** An AppError that knows the site the person came from. */
export class ErrorAtSite extends Error {
  constructor(
    readonly error: AppError,
    readonly site: WayBack,
  ) {
    super(error.message, { cause: error });
  }
}

const refusalOf = (error: unknown): { refusal: AppError; site: WayBack | null } => {
  if (error instanceof ErrorAtSite) return { refusal: error.error, site: error.site };
  if (error instanceof AppError) return { refusal: error, site: null };
  return { refusal: new AppError('internal', {}, { cause: error }), site: null };
};

/** Draws an AppError as a page, or as JSON for a machine; the trace code joins it to the log. */
export function drawError(
  ctx: Context,
  settings: PageSettings,
  log: Log,
  thrown: unknown,
  traceCode = newTraceCode(),
): void {
  const { refusal, site } = refusalOf(thrown);
  const level = refusal.status >= 500 ? 'error' : 'info';
  log[level]({ traceCode, code: refusal.code, status: refusal.status, err: refusal.cause }, 'refused');
  ctx.status = refusal.status;
  ctx.set('Cache-Control', 'no-store');
  const wait = refusal.values['waitSeconds'];
  if (wait !== undefined) ctx.set('Retry-After', String(wait));
  if (ctx.accepts('html', 'json') === 'json') {
    ctx.body = { error: refusal.code, error_description: refusal.text('en'), trace_code: traceCode };
    return;
  }
  const context = pageContext(ctx, settings, site ?? {});
  ctx.type = 'html';
  ctx.body = renderPage(
    <ErrorPage
      context={context}
      status={refusal.status}
      text={refusal.text(context.language)}
      code={refusal.code}
      traceCode={traceCode}
      {...(site === null ? {} : { siteHref: site.siteUrl })}
    />,
  );
}

/** Catches whatever an edge throws and draws it; nothing escapes as a stack trace. */
export function catchErrors(settings: PageSettings, log: Log) {
  return async (ctx: Context, next: () => Promise<void>): Promise<void> => {
    try {
      await next();
    } catch (error) {
      drawError(ctx, settings, log, error);
    }
  };
}
