import type { Context } from 'koa';
import { AppError } from '../../base/error.ts';

/** An agreement of the largest size, signed and signed again, with a long chain of events. */
const limitKb = 1024;

/** Reads a signed message. Throws peer-message-invalid for another media type, body-too-large. */
export async function readBody(ctx: Context): Promise<string> {
  if (!ctx.is('application/jwt', 'application/jose'))
    throw new AppError('peer-message-invalid', { fault: 'application/jwt' });
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of ctx.req as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limitKb * 1024) throw new AppError('body-too-large', { limitKb });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
