import type { Context } from 'koa';
import { AppError, type ErrorCode } from '../../base/error.ts';
import { newTraceCode } from '../../base/id.ts';
import type { Log } from '../log.ts';

/** What a refusal is called on the wire, where other implementations go by it; the others by their own code. */
const wireCodes: Partial<Record<ErrorCode, string>> = {
  'peer-not-trusted': 'untrusted_issuer',
  'agreement-signature-invalid': 'invalid_signature',
  'agreement-document-invalid': 'invalid_agreement_document',
  'agreement-event-invalid': 'invalid_agreement_event',
  'agreement-conflict': 'agreement_conflict',
  'agreement-digest-differs': 'agreement_digest_mismatch',
  'agreement-act-not-possible': 'invalid_agreement_transition',
  'agreement-missing': 'agreement_not_found',
  'agreement-changed': 'agreement_busy',
  'mapping-missing': 'mapping_not_found',
  'peer-message-invalid': 'invalid_message',
  'peer-message-late': 'message_late',
  'peer-message-replayed': 'replay_detected',
  'too-many-requests': 'slow_down',
};

/** Answers a refusal to another region as a problem document (RFC 9457, from memory), with a trace code. */
export function drawProblem(ctx: Context, log: Log, thrown: unknown): void {
  const refusal = thrown instanceof AppError ? thrown : new AppError('internal', {}, { cause: thrown });
  const traceCode = newTraceCode();
  const { status } = refusal;
  const code = wireCodes[refusal.code] ?? refusal.code.replaceAll('-', '_');
  const level = status >= 500 ? 'error' : 'warn';
  log[level]({ traceCode, code, status, err: refusal.cause }, 'refused another region');
  ctx.status = status;
  const wait = refusal.values['waitSeconds'];
  if (wait !== undefined) ctx.set('Retry-After', String(wait));
  ctx.body = {
    type: `urn:yihao:error:${refusal.code}`,
    title: code,
    status,
    detail: refusal.text('en'),
    code,
    trace_code: traceCode,
  };
  ctx.type = 'application/problem+json';
}
