import Router from '@koa/router';
import type { Context } from 'koa';
import { AppError } from '../../base/error.ts';
import { netIdReturnPath } from '../../oidc/index.ts';
import type { InteractionDeps } from './open.ts';

/** Routes browsers on their way back from the net-ID service. */
export function createNetIdRoutes(deps: InteractionDeps): Router {
  const router = new Router();
  router.get(netIdReturnPath, (ctx) => findBeginning(ctx, deps));
  return router;
}

/** What proves the browser is its interaction's cookie, or its visit to our own pages; the answer is taken there. */
const findBeginning = async (ctx: Context, { netIdUpstream }: InteractionDeps): Promise<void> => {
  if (netIdUpstream === null) throw new AppError('not-found');
  const answer = new URLSearchParams(ctx.querystring);
  const { binding, clientId } = await netIdUpstream.find(answer.get('state') ?? '');
  if (clientId !== null) answer.set('site', clientId);
  const path = clientId === null ? '/my/net-id/return' : `/interaction/${binding}/net-id/return`;
  const address = `${path}?${answer}`;
  ctx.status = 303;
  ctx.redirect(address);
};
