/**
 * The pages a person meets between `/authorize` and the way back to the site: sign in or register, be known better, passkey offer, consent. Owns
 * what is shown and what a form's fields mean; the provider's policy decides which step is next, and the identity
 * domain whether a sign-in holds. Control leaves by handing a result to the provider.
 */
import Router from '@koa/router';
import type { Context } from 'koa';
import { AppError } from '../../base/error.ts';
import { readForm } from '../form.ts';
import { showActing, submitActing } from './acting.tsx';
import { showConsent, submitAbort, submitConsent } from './consent.tsx';
import { showLevel, submitLevel } from './level.tsx';
import { showFirst, submitMiniProgram } from './mini-program.tsx';
import { returnFromNetId, showNetId, submitNetId } from './net-id.tsx';
import { type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';
import { returnFromHome, showOtherRegion, submitOtherRegion } from './other-region.tsx';
import { showPasskeyOffer, submitPasskeyOffer } from './passkey-offer.tsx';
import { showCode, showPhone, submitCode, submitPhone } from './phone.tsx';
import { showQr, streamQr, submitQr } from './qr.tsx';
import { showRecovery, submitRecovery } from './recovery.tsx';
import { submitSecondFactor } from './second-factor.tsx';
import { showPasskey, showPassword, submitPasskey, submitPassword, submitWithoutProof } from './sign-in.tsx';

export { createNetIdRoutes } from './net-id-routes.ts';
export type { InteractionDeps } from './open.ts';
export { createOtherRegionRoutes } from './other-region-routes.ts';
export { createProviderPages } from './provider-pages.tsx';

type Show = (ctx: Context, deps: InteractionDeps, open: OpenInteraction) => Promise<void>;

const pageOf: Record<string, Show> = {
  login: showFirst,
  level: showLevel,
  passkey_offer: showPasskeyOffer,
  acting: showActing,
  consent: showConsent,
  recovery: showRecovery,
};

/** Ways to sign in beside the first page's, by the last part of their address. */
const otherWays: Record<string, Show> = {
  passkey: showPasskey,
  password: showPassword,
  phone: showPhone,
  code: showCode,
  qr: showQr,
  'other-region': showOtherRegion,
  'net-id': showNetId,
  'net-id/return': returnFromNetId,
};

/** Routes the interaction pages; a GET shows the step the provider is waiting for. */
export function createInteractionRoutes(deps: InteractionDeps): Router {
  const router = new Router({ prefix: '/interaction' });
  const show = async (ctx: Context): Promise<void> => {
    const open = await openInteraction(ctx, deps);
    const page = pageOf[open.details.prompt.name];
    if (page === undefined) throw new AppError('not-found');
    await page(ctx, deps, open);
  };
  router.get('/:uid', show);
  for (const [step, page] of Object.entries(otherWays))
    router.get(`/:uid/${step}`, async (ctx) => {
      const open = await openInteraction(ctx, deps);
      if (open.details.prompt.name === 'login') return page(ctx, deps, open);
      return ctx.redirect(open.at());
    });
  // A reload of a form's address, or a link kept from it, shows the step again instead of an error.
  for (const step of [
    'mini-program',
    'second',
    'level',
    'passkey-offer',
    'acting',
    'consent',
    'recovery',
    'abort',
  ])
    router.get(`/:uid/${step}`, show);
  router.post('/:uid/passkey', readForm, (ctx) => submitPasskey(ctx, deps));
  router.post('/:uid/mini-program', readForm, (ctx) => submitMiniProgram(ctx, deps));
  router.post('/:uid/password', readForm, (ctx) => submitPassword(ctx, deps));
  router.post('/:uid/phone', readForm, (ctx) => submitPhone(ctx, deps));
  router.post('/:uid/code', readForm, (ctx) => submitCode(ctx, deps));
  router.post('/:uid/qr', readForm, (ctx) => submitQr(ctx, deps));
  router.get('/:uid/qr/events', (ctx) => streamQr(ctx, deps));
  router.post('/:uid/second', readForm, (ctx) => submitSecondFactor(ctx, deps));
  router.post('/:uid/other-region', readForm, (ctx) => submitOtherRegion(ctx, deps));
  router.get('/:uid/other-region/return', (ctx) => returnFromHome(ctx, deps));
  router.post('/:uid/net-id', readForm, (ctx) => submitNetId(ctx, deps));
  router.post('/:uid/level', readForm, (ctx) => submitLevel(ctx, deps));
  router.post('/:uid/passkey-offer', readForm, (ctx) => submitPasskeyOffer(ctx, deps));
  router.post('/:uid/acting', readForm, (ctx) => submitActing(ctx, deps));
  router.post('/:uid/consent', readForm, (ctx) => submitConsent(ctx, deps));
  router.post('/:uid/recovery', readForm, (ctx) => submitRecovery(ctx, deps));
  router.post('/:uid/abort', readForm, (ctx) => submitAbort(ctx, deps));
  router.post('/:uid/without-proof', readForm, (ctx) => submitWithoutProof(ctx, deps));
  return router;
}
