import type { Middleware } from 'koa';
import { AppError } from '../base/error.ts';
import type { EphemeralStore } from '../storage/ephemeral/port.ts';

/** Counts the requests of one network address; over the limit it throws too-many-requests with the wait. */
export function limitPerAddress(deps: {
  ephemeral: EphemeralStore;
  requestsPerMinute: number;
  hideAddress(address: string): string;
}): Middleware {
  return async (ctx, next) => {
    const { count, resetSeconds } = await deps.ephemeral.count(`limit:page:${deps.hideAddress(ctx.ip)}`, 60);
    if (count > deps.requestsPerMinute)
      throw new AppError('too-many-requests', { waitSeconds: resetSeconds });
    await next();
  };
}
