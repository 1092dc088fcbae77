import Router from '@koa/router';
import type { Context } from 'koa';
import { AppError } from '../../base/error.ts';
import { linkingReturnPath, ownClientId, signOutPath } from '../../oidc/index.ts';
import { field, readForm } from '../form.ts';
import type { InteractionDeps } from './open.ts';

/** Routes what comes from home regions: browsers on their way back, and notices that a person signed out there. */
export function createOtherRegionRoutes(deps: InteractionDeps): Router {
  const router = new Router();
  router.get('/other-region/callback/:homeRegion', (ctx) => findInteraction(ctx, deps));
  router.post(signOutPath, readForm, async (ctx) => {
    const isTaken = await deps.takeSignOutNotice(field(ctx, 'logout_token'));
    ctx.set('Cache-Control', 'no-store');
    ctx.status = isTaken ? 200 : 400;
    ctx.body = isTaken ? {} : { error: 'invalid_request' };
  });
  return router;
}

/** The cookie that proves the browser's interaction is sent below its own address only; the answer is taken there. */
const findInteraction = async (ctx: Context, deps: InteractionDeps): Promise<void> => {
  const { homeRegion } = (ctx as { params?: Record<string, string> }).params ?? {};
  const answer = new URLSearchParams(ctx.querystring);
  const waiting = await deps.otherRegions.find(answer.get('state') ?? '');
  if (waiting?.homeRegion !== homeRegion || waiting === null) throw new AppError('other-region-expired');
  // Who links an account began at our own pages, and their visit proves the browser.
  const isOwn = waiting.clientId === ownClientId;
  if (!isOwn) answer.set('site', waiting.clientId);
  const address = `${isOwn ? linkingReturnPath : `/interaction/${waiting.uid}/other-region/return`}?${answer}`;
  ctx.status = 303;
  ctx.redirect(address);
};
