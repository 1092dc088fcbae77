import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AppError } from './error.ts';

/** Who is called, of what is waited for. */
export interface Traced {
  name: string;
  /** Names of things that are no secret and of no person. */
  attributes: Record<string, string>;
}

/**
 * Runs a call to another server as a span of the trace it belongs to, and gives it the headers by which that server goes on
 * with the trace (W3C Trace Context, from memory [M]); where nothing is traced there are none. Of an error its code is noted
 * and never its words.
 */
export function traceCall<Result>(
  { name, attributes }: Traced,
  call: (headers: Record<string, string>) => Promise<Result>,
): Promise<Result> {
  const run = async (span: Span): Promise<Result> => {
    const headers: Record<string, string> = {};
    propagation.inject(context.active(), headers);
    try {
      return await call(headers);
    } catch (error) {
      span.setAttribute('error.type', error instanceof AppError ? error.code : 'other');
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  };
  return trace.getTracer('yihao').startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, run);
}
