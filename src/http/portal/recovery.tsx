import { MyRecoveryPage } from '../../../views/portal/recovery.tsx';
import { seeOther, showPage } from '../page.ts';
import type { PortalPage } from './visit.ts';

/** Shows the recovery that is under way for the account, with the press that stops it. */
export const showRecovery: PortalPage = async (ctx, deps, visit) => {
  const recovery = await deps.identity.pendingRecovery(visit.accountId);
  showPage(ctx, deps, (context) => (
    <MyRecoveryPage context={context} csrf={visit.csrf} recovery={recovery} />
  ));
};

/** Stops it; the ways to sign in stay as they are. */
export const stopRecovery: PortalPage = async (ctx, deps, visit) => {
  await deps.identity.stopRecovery(visit.accountId);
  seeOther(ctx, '/my/recovery');
};
