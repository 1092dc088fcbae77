/**
 * The citizen's own pages (个人空间), under `/my`: what we hold of a person and what the person can do about it. Owns the
 * visit (a cookie that lives no longer than the sign-in behind it) and what is shown; owns no rule of the field. Control
 * leaves to the provider to sign in or out, and into the domains.
 */
import Router from '@koa/router';
import type { Context } from 'koa';
import { readForm } from '../form.ts';
import {
  answerAuthorisation,
  showAuthorisation,
  showAuthorisations,
  showWithdrawal,
  withdrawAuthorisation,
} from './authorisations.tsx';
import { downloadCredential, showCertificate, showCertificates, showPhoto } from './certificates.tsx';
import { downloadCopy, showCopyForm } from './copies.tsx';
import type { PortalDeps } from './deps.ts';
import { showHome } from './home.tsx';
import { beginFace, finishFace, matchPerson, showFace, showLevel } from './level.tsx';
import {
  addPasskey,
  removePasskey,
  renamePasskey,
  showAddPasskey,
  showPasskey,
  showPasskeys,
} from './passkeys.tsx';
import { changePassword, showPassword } from './password.tsx';
import { showChoice, showCode, takeChoice } from './present.tsx';
import { showOfflineCode } from './present-offline.tsx';
import { openObjection, rateUse, showUse, withdrawObjection } from './responses.tsx';
import { beginTotp, finishTotp, removeTotp, renewCodes, showTotp } from './totp.tsx';
import { showUses } from './uses.tsx';
import { finishVisit, guarded, type PortalPage } from './visit.ts';
import { cancelOffer, makeOffer, showWallets } from './wallet.tsx';

export type { PortalDeps } from './deps.ts';

/** Routes the citizen's own pages; what changes how one signs in asks for a fresh proof. */
export function createPortalRoutes(deps: PortalDeps): Router {
  const router = new Router({ prefix: '/my' });
  const show = (path: string, page: PortalPage, options = {}): void => {
    router.get(path, guarded(deps, page, options));
  };
  const take = (path: string, page: PortalPage, options = {}): void => {
    router.post(path, readForm, guarded(deps, page, options));
  };
  const fresh = { fresh: true };
  router.get('/callback', (ctx) => finishVisit(ctx, deps));
  router.get('/sign-out', (ctx: Context) => ctx.redirect(deps.ownSignIn.signOutAddress()));
  show('/', showHome);
  show('/certificates', showCertificates);
  show('/certificates/:identifier', showCertificate);
  show('/certificates/:identifier/present', showChoice);
  take('/certificates/:identifier/present', takeChoice);
  show('/certificates/:identifier/code', showCode);
  take('/certificates/:identifier/offline', showOfflineCode);
  show('/certificates/:identifier/credential', downloadCredential, fresh);
  show('/certificates/:identifier/copy', showCopyForm, fresh);
  take('/certificates/:identifier/copy', downloadCopy, fresh);
  show('/certificates/:identifier/wallet', showWallets, fresh);
  take('/certificates/:identifier/wallet', makeOffer, fresh);
  take('/certificates/:identifier/wallet/cancel', cancelOffer);
  show('/photos/:token', showPhoto);
  show('/authorisations', showAuthorisations);
  show('/authorisations/:id', showAuthorisation);
  take('/authorisations/:id', answerAuthorisation);
  show('/authorisations/:id/withdraw', showWithdrawal);
  take('/authorisations/:id/withdraw', withdrawAuthorisation);
  show('/uses', showUses);
  show('/uses/:id', showUse);
  take('/uses/:id/objections', openObjection);
  take('/uses/:id/objections/:objectionId/withdraw', withdrawObjection);
  take('/uses/:id/rating', rateUse);
  show('/level', showLevel);
  take('/level', matchPerson);
  show('/level/face', showFace, fresh);
  take('/level/face', beginFace, fresh);
  show('/level/face/done', finishFace);
  show('/password', showPassword, fresh);
  take('/password', changePassword, fresh);
  show('/totp', showTotp, fresh);
  take('/totp/begin', beginTotp, fresh);
  take('/totp/finish', finishTotp, fresh);
  take('/totp/codes', renewCodes, fresh);
  take('/totp/remove', removeTotp, fresh);
  show('/passkeys', showPasskeys);
  show('/passkeys/add', showAddPasskey, fresh);
  take('/passkeys/add', addPasskey, fresh);
  show('/passkeys/:id', showPasskey, fresh);
  take('/passkeys/:id/rename', renamePasskey, fresh);
  take('/passkeys/:id/remove', removePasskey, fresh);
  return router;
}
