import type { Context } from 'koa';
import { AppError } from '../../base/error.ts';
import { newTraceCode } from '../../base/id.ts';
import type { Log } from '../log.ts';

/** Answers a refusal to a machine as a problem document (RFC 9457, from memory), with our code and a trace code. */
export function drawProblem(ctx: Context, log: Log, thrown: unknown): void {
  const refusal = thrown instanceof AppError ? thrown : new AppError('internal', {}, { cause: thrown });
  const traceCode = newTraceCode();
  const { status, code } = refusal;
  log[status >= 500 ? 'error' : 'info']({ traceCode, code, status, err: refusal.cause }, 'refused');
  ctx.status = status;
  ctx.set('Cache-Control', 'no-store');
  const wait = refusal.values['waitSeconds'];
  if (wait !== undefined) ctx.set('Retry-After', String(wait));
  if (status === 401) ctx.set('WWW-Authenticate', 'DPoP algs="ES256 EdDSA"');
  const language = ctx.acceptsLanguages('zh-CN', 'zh', 'en') === 'en' ? 'en' : 'zh';
  ctx.body = {
    type: `urn:yihao:error:${code}`,
    title: code,
    status,
    detail: refusal.text(language),
    code,
    trace_code: traceCode,
  };
  ctx.type = 'application/problem+json';
}
