import type { Context } from 'koa';
import { QrAnsweredPage, QrApprovePage } from '../../../views/portal/qr-approve.tsx';
import { AppError } from '../../base/error.ts';
import { nameOfKind } from '../../identity/index.ts';
import { field, parseJson } from '../form.ts';
import { showPage } from '../page.ts';
import { shownPlace } from '../shown-place.ts';
import type { PortalDeps } from './deps.ts';
import type { PortalPage, Visit } from './visit.ts';

const handleOf = (ctx: Context): string => String((ctx as { params?: { handle?: string } }).params?.handle);

/** Draws who wants to sign in, and asks for the number and a passkey. Throws qr-expired. */
const draw = async (ctx: Context, deps: PortalDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const scan = { accountId: visit.accountId, handle: handleOf(ctx) };
  const [details, passkeys] = await Promise.all([
    deps.identity.readQr(scan.handle),
    deps.identity.listPasskeys(visit.accountId),
  ]);
  const options = await deps.identity.beginQrApproval(scan);
  const path = `/my/qr/${scan.handle}`;
  ctx.status = refusal?.status ?? 200;
  showPage(
    ctx,
    deps,
    (context) => (
      <QrApprovePage
        context={context}
        csrf={visit.csrf}
        action={path}
        denyAction={`${path}/deny`}
        options={options}
        hasPasskey={passkeys.length > 0}
        site={details.site[context.language]}
        network={details.network}
        {...shownPlace(deps.places, details.place, context.language)}
        browser={nameOfKind(details.browser)}
        askedAt={details.askedAt}
        {...(refusal && { error: refusal.text(context.language) })}
      />
    ),
    path,
  );
};

/** Shows who wants to sign in. */
export const showQrScan: PortalPage = (ctx, deps, visit) => draw(ctx, deps, visit);

/** Refusals after which the same code can be tried again. */
const canTryAgain = ({ code }: AppError): boolean =>
  code.startsWith('passkey-') || code === 'qr-passkey-needed' || code === 'qr-number-needed';

/** Lets the other browser sign in; what ends the code is an error page, and the way on is at the other screen. */
export const approveQr: PortalPage = async (ctx, deps, visit) => {
  try {
    await deps.identity.approveQr({
      accountId: visit.accountId,
      handle: handleOf(ctx),
      number: field(ctx, 'number'),
      response: parseJson(field(ctx, 'response')),
    });
  } catch (error) {
    if (!(error instanceof AppError) || !canTryAgain(error)) throw error;
    return draw(ctx, deps, visit, error);
  }
  showPage(ctx, deps, (context) => <QrAnsweredPage context={context} answer="approved" />, '/my');
};

/** Ends a code that the person did not ask for. */
export const denyQr: PortalPage = async (ctx, deps, visit) => {
  await deps.identity.denyQr({ accountId: visit.accountId, handle: handleOf(ctx) });
  showPage(ctx, deps, (context) => <QrAnsweredPage context={context} answer="denied" />, '/my');
};
