import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Context, Middleware } from 'koa';
import { routeFamily } from './health.ts';

/** Asked again and again, or the same for everybody: no trace. */
const untraced = /^\/(?:healthz|readyz|metrics|assets)(?:\/|$)/;

/** Other servers, whose traces go on here; a browser's is not taken up, or anyone could join requests to one. */
const fromServers = /^\/(?:peer|api)\//;

/** The pattern of the route, never the address, which may name a record. */
const routeOf = (ctx: Context): string => {
  const { _matchedRoute: matched } = ctx as Context & { _matchedRoute?: unknown };
  return typeof matched === 'string' ? matched : `/${routeFamily(ctx.path)}`;
};

/**
 * Makes a span of each request: its route, method and status, and nothing of who made it or what it said. Without a
 * configured collector the library does nothing. The attributes are named as OpenTelemetry does, from memory [M].
 */
export const traceRequests: Middleware = async (ctx, next) => {
  if (untraced.test(ctx.path)) return next();
  const parent = fromServers.test(ctx.path)
    ? propagation.extract(context.active(), ctx.headers)
    : context.active();
  const method = ['GET', 'HEAD', 'POST'].includes(ctx.method) ? ctx.method : '_OTHER';
  const span = trace.getTracer('yihao').startSpan(method, { kind: SpanKind.SERVER }, parent);
  ctx.res.once('close', () => {
    const route = routeOf(ctx);
    const { statusCode } = ctx.res;
    span.updateName(`${method} ${route}`);
    span.setAttributes({
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': statusCode,
    });
    if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  await context.with(trace.setSpan(parent, span), next);
};
