/**
 * The pages of someone who can sign in no more, under `/recover`. Owns the browser's cookie that what was shown so far is
 * bound to, and what is shown; nobody is signed in here. It owns no rule: what fits, how long to wait and what follows
 * are identity's. What the pages say is the same for a number that nobody has. Control leaves into identity, and at the
 * end to the person's own pages.
 */
import Router from '@koa/router';
import { RecoveryCounterPage, RecoveryWaysPage } from '../../../views/recover/ways.tsx';
import { readForm } from '../form.ts';
import {
  beginFace,
  finishFace,
  showBeginning,
  showFace,
  showProof,
  takeBeginning,
  takeProof,
} from './ask.tsx';
import { type RecoverDeps, type RecoverPage, showPage, sought } from './browser.ts';
import { sendPhone, showGoOn, showPhone, showStatus, takeGoOn, takePhone } from './go-on.tsx';
import { showPasskey, takePasskey } from './passkey.tsx';
import { showStop, takeStop } from './stop.tsx';

export type { RecoverDeps } from './browser.ts';

const showWays: RecoverPage = async (ctx, deps) =>
  showPage(ctx, deps, (context) => RecoveryWaysPage({ context, offersFace: deps.identity.offers.faceCheck }));

const showCounter: RecoverPage = async (ctx, deps) =>
  showPage(ctx, deps, (context) => RecoveryCounterPage({ context }));

/** Routes the pages of recovery. */
export function createRecoverRoutes(deps: RecoverDeps): Router {
  const router = new Router({ prefix: '/recover' });
  const show = (path: string, page: RecoverPage): void => {
    router.get(path, sought(deps, page));
  };
  const take = (path: string, page: RecoverPage): void => {
    router.post(path, readForm, sought(deps, page));
  };
  show('/', showWays);
  show('/counter', showCounter);
  for (const way of ['codes', 'face'] as const) {
    show(`/${way}`, showBeginning(way));
    take(`/${way}`, takeBeginning(way));
    show(`/${way}/proof`, showProof(way));
    take(`/${way}/proof`, takeProof(way));
  }
  show('/check', showFace);
  take('/check', beginFace);
  show('/check/done', finishFace);
  show('/continue', showGoOn);
  take('/continue', takeGoOn);
  show('/status', showStatus);
  show('/phone', showPhone);
  take('/phone', sendPhone);
  take('/phone/proof', takePhone);
  show('/phone/proof', showPhone);
  show('/passkey', showPasskey);
  take('/passkey', takePasskey);
  show('/stop/:token', showStop);
  take('/stop/:token', takeStop);
  return router;
}
