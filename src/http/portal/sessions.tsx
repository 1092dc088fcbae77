import { AskPage } from '../../../views/portal/ask.tsx';
import { SessionsPage } from '../../../views/portal/sessions.tsx';
import { ReceiptsPage } from '../../../views/receipts.tsx';
import { textOf } from '../../../views/text/index.ts';
import { nameOfKind } from '../../identity/index.ts';
import { receiptCookie, receiptsPath } from '../../oidc/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { shownPlace } from '../shown-place.ts';
import { siteNames } from './site-names.ts';
import type { PortalPage } from './visit.ts';

const listPath = '/my/sessions';

/** Lists the browsers the person is signed in at. */
export const showSessions: PortalPage = async (ctx, deps, visit) => {
  const [sessions, devices] = await Promise.all([
    deps.sessions.list(visit.accountId),
    deps.identity.listDevices(visit.accountId),
  ]);
  const nameOf = await siteNames(
    deps,
    sessions.flatMap(({ clientIds }) => clientIds),
  );
  showPage(ctx, deps, (context) => (
    <SessionsPage
      context={context}
      csrf={visit.csrf}
      sessions={sessions.map(({ clientIds, place, ...session }) => ({
        ...session,
        ...shownPlace(deps.places, place, context.language),
        sites: clientIds.map((clientId) => nameOf(clientId, context.language)),
        isCurrent: session.uid === visit.sessionUid,
      }))}
      devices={devices.map(({ deviceId, network, place, firstSeenAt, lastSeenAt, ...kind }) => ({
        deviceId,
        name: nameOfKind(kind),
        network,
        ...shownPlace(deps.places, place, context.language),
        firstSeenAt,
        lastSeenAt,
      }))}
    />
  ));
};

/** Ends one session; of one that is over or another's nothing happens. */
export const endSession: PortalPage = async (ctx, deps, visit) => {
  await deps.sessions.end({ accountId: visit.accountId, uid: field(ctx, 'uid') });
  seeOther(ctx, listPath);
};

/** Forgets a device: its next sign-in is told as new. Throws device-missing. */
export const forgetDevice: PortalPage = async (ctx, deps, visit) => {
  await deps.identity.forgetDevice({ accountId: visit.accountId, deviceId: field(ctx, 'deviceId') });
  seeOther(ctx, listPath);
};

/** Asks once whether all sessions shall end. */
export const askEndAll: PortalPage = async (ctx, deps, visit) => {
  showPage(ctx, deps, (context) => {
    const words = textOf(context.language).my.sessions;
    return (
      <AskPage
        context={context}
        csrf={visit.csrf}
        title={words.endAllTitle}
        text={words.endAllText}
        action={`${listPath}/end-all`}
        confirm={words.endAll}
        cancel={words.cancel}
        backHref={listPath}
      />
    );
  });
};

/** Ends every session, this one too, and leads to the receipts. */
export const endAllSessions: PortalPage = async (ctx, deps, visit) => {
  const handle = await deps.sessions.endAll(visit.accountId);
  const { name, options } = receiptCookie(deps.issuer);
  ctx.cookies.set(name, handle, options);
  seeOther(ctx, receiptsPath);
};

/** Shows how the sites took the sign-outs of the last months. */
export const showReceipts: PortalPage = async (ctx, deps, visit) => {
  const receipts = await deps.sessions.receipts(visit.accountId);
  const nameOf = await siteNames(
    deps,
    receipts.map(({ clientId }) => clientId),
  );
  showPage(ctx, deps, (context) => (
    <ReceiptsPage
      context={context}
      isSignedOut={false}
      backHref="/my"
      receipts={receipts.map(({ clientId, ...receipt }) => ({
        ...receipt,
        site: nameOf(clientId, context.language),
      }))}
    />
  ));
};
