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
import {
  approveRequest,
  makeMatchCode,
  refuseRequest,
  showMatchCode,
  showRequest,
  showRequests,
} from './clerk-requests.tsx';
import { askClosing, showClosing, stopClosing } from './closing.tsx';
import { downloadCopy, showCopyForm } from './copies.tsx';
import type { PortalDeps } from './deps.ts';
import { downloadExport, showExport } from './export.tsx';
import { showHistory } from './history.tsx';
import { showAll, showHome } from './home.tsx';
import { beginFace, finishFace, matchPerson, showFace, showLevel } from './level.tsx';
import {
  claimOrganisation,
  inviteMember,
  offerFamily,
  showClaim,
  showFamily,
  showInvite,
} from './mandate-forms.tsx';
import {
  answerMandate,
  askEnding,
  endMandate,
  showMandate,
  showMandates,
  showOrganisation,
} from './mandates.tsx';
import { askRemoveMiniProgram, makeLinkCode, removeMiniProgram, showMiniPrograms } from './mini-programs.tsx';
import { askUnbindNetId, beginBindNetId, finishBindNetId, showMyNetId, unbindNetId } from './net-id.tsx';
import { showNotices } from './notices.tsx';
import {
  addPasskey,
  removePasskey,
  renamePasskey,
  showAddPasskey,
  showPasskey,
  showPasskeys,
} from './passkeys.tsx';
import { changePassword, showPassword } from './password.tsx';
import {
  beginPhoneChange,
  finishPhoneChange,
  showPhone,
  showPhoneForm,
  showPhoneProof,
  stopPhoneChange,
} from './phone-change.tsx';
import { showChoice, showCode, takeChoice } from './present.tsx';
import { showOfflineCode } from './present-offline.tsx';
import { showProfile, showWholeProfile } from './profile.tsx';
import { approveQr, denyQr, showQrScan } from './qr-approve.tsx';
import { showRecovery, stopRecovery } from './recovery.tsx';
import {
  beginLink,
  finishLink,
  showLinkRegion,
  showRegionCode,
  showRegionLinks,
  showUnlink,
  unlinkRegion,
} from './region-links.tsx';
import { openObjection, rateUse, showUse, withdrawObjection } from './responses.tsx';
import {
  askEndAll,
  endAllSessions,
  endSession,
  forgetDevice,
  showReceipts,
  showSessions,
} from './sessions.tsx';
import { askWithdrawal, showSites, withdrawSite } from './sites.tsx';
import { beginTotp, finishTotp, removeTotp, renewCodes, showTotp } from './totp.tsx';
import { downloadProof, downloadProofKeys } from './use-proof.ts';
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
  show('/all', showAll);
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
  show('/uses/keys', downloadProofKeys);
  show('/uses/:id', showUse);
  show('/uses/:id/proof', downloadProof);
  take('/uses/:id/objections', openObjection);
  take('/uses/:id/objections/:objectionId/withdraw', withdrawObjection);
  take('/uses/:id/rating', rateUse);
  show('/regions', showRegionLinks);
  show('/regions/code', showRegionCode);
  show('/regions/link', showLinkRegion, fresh);
  take('/regions/link', beginLink, fresh);
  show('/regions/return', finishLink);
  show('/regions/:id/unlink', showUnlink);
  take('/regions/:id/unlink', unlinkRegion);
  show('/profile', showProfile);
  take('/profile', showWholeProfile);
  show('/phone', showPhone);
  take('/phone/stop', stopPhoneChange);
  show('/phone/change', showPhoneForm, fresh);
  take('/phone/change', beginPhoneChange, fresh);
  show('/phone/confirm', showPhoneProof, fresh);
  take('/phone/confirm', finishPhoneChange, fresh);
  show('/sessions', showSessions);
  take('/sessions/end', endSession);
  take('/devices/forget', forgetDevice);
  show('/sessions/end-all', askEndAll);
  take('/sessions/end-all', endAllSessions);
  show('/receipts', showReceipts);
  show('/history', showHistory);
  show('/sites', showSites);
  show('/sites/:clientId/withdraw', askWithdrawal);
  take('/sites/:clientId/withdraw', withdrawSite);
  show('/mandates', showMandates);
  show('/mandates/claim', showClaim, fresh);
  take('/mandates/claim', claimOrganisation, fresh);
  show('/mandates/family', showFamily, fresh);
  take('/mandates/family', offerFamily, fresh);
  show('/mandates/organisations/:id', showOrganisation);
  show('/mandates/organisations/:id/invite', showInvite, fresh);
  take('/mandates/organisations/:id/invite', inviteMember, fresh);
  show('/mandates/:id', showMandate);
  take('/mandates/:id', answerMandate, fresh);
  show('/mandates/:id/end', askEnding);
  take('/mandates/:id/end', endMandate);
  show('/notices', showNotices);
  show('/recovery', showRecovery);
  take('/recovery/stop', stopRecovery);
  show('/export', showExport, fresh);
  show('/export/file', downloadExport, fresh);
  show('/closing', showClosing, fresh);
  take('/closing', askClosing, fresh);
  take('/closing/stop', stopClosing);
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
  show('/match-code', showMatchCode);
  take('/match-code', makeMatchCode);
  show('/requests', showRequests);
  show('/requests/:id', showRequest);
  take('/requests/:id', approveRequest);
  take('/requests/:id/refuse', refuseRequest);
  show('/qr/:handle', showQrScan);
  take('/qr/:handle', approveQr);
  take('/qr/:handle/deny', denyQr);
  show('/mini-programs', showMiniPrograms, fresh);
  take('/mini-programs', makeLinkCode, fresh);
  show('/mini-programs/:id/remove', askRemoveMiniProgram);
  take('/mini-programs/:id/remove', removeMiniProgram);
  show('/net-id', showMyNetId, fresh);
  take('/net-id', beginBindNetId, fresh);
  show('/net-id/return', finishBindNetId);
  show('/net-id/unbind', askUnbindNetId, fresh);
  take('/net-id/unbind', unbindNetId, fresh);
  show('/passkeys', showPasskeys);
  show('/passkeys/add', showAddPasskey, fresh);
  take('/passkeys/add', addPasskey, fresh);
  show('/passkeys/:id', showPasskey, fresh);
  take('/passkeys/:id/rename', renamePasskey, fresh);
  take('/passkeys/:id/remove', removePasskey, fresh);
  return router;
}
