import type { Context } from 'koa';
import { RecoveryCodesPage, TotpPage, TotpSetUpPage } from '../../../views/portal/totp.tsx';
import { AppError } from '../../base/error.ts';
import type { TotpSetUp } from '../../identity/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { drawQr } from '../qr.ts';
import type { PortalDeps } from './deps.ts';
import { profileOf } from './person.ts';
import type { PortalPage, Visit } from './visit.ts';

const totpPath = '/my/totp';

/** Shows whether an app is set up. */
export const showTotp: PortalPage = async (ctx, deps, visit) => {
  const { totpSince, recoveryCodesLeft } = await profileOf(deps, visit);
  showPage(ctx, deps, (context) => (
    <TotpPage context={context} csrf={visit.csrf} since={totpSince} recoveryCodesLeft={recoveryCodesLeft} />
  ));
};

const drawSetUp = async (
  ctx: Context,
  deps: PortalDeps,
  visit: Visit,
  { setUp, refusal }: { setUp: TotpSetUp; refusal?: AppError },
): Promise<void> => {
  const qrImage = await drawQr(setUp.address, 'M');
  ctx.status = refusal?.status ?? 200;
  showPage(
    ctx,
    deps,
    (context) => (
      <TotpSetUpPage
        context={context}
        csrf={visit.csrf}
        qrImage={qrImage}
        secret={setUp.secret}
        {...(refusal && { error: refusal.text(context.language) })}
      />
    ),
    totpPath,
  );
};

/** Begins to set up an app. */
export const beginTotp: PortalPage = async (ctx, deps, visit) =>
  drawSetUp(ctx, deps, visit, { setUp: await deps.identity.beginTotp({ accountId: visit.accountId }) });

const showCodes = (ctx: Context, deps: PortalDeps, codes: readonly string[]): void =>
  showPage(ctx, deps, (context) => <RecoveryCodesPage context={context} codes={codes} />, totpPath);

/** Takes the first code of the app; a wrong one shows the same set-up again. */
export const finishTotp: PortalPage = async (ctx, deps, visit) => {
  const { accountId } = visit;
  try {
    const { recoveryCodes } = await deps.identity.finishTotp({ accountId, code: field(ctx, 'code') });
    showCodes(ctx, deps, recoveryCodes);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'totp-code-wrong') throw error;
    const setUp = await deps.identity.awaitedTotp({ accountId });
    return drawSetUp(ctx, deps, visit, { setUp, refusal: error });
  }
};

/** Makes new recovery codes and shows them once. */
export const renewCodes: PortalPage = async (ctx, deps, visit) => {
  const { recoveryCodes } = await deps.identity.renewRecoveryCodes({ accountId: visit.accountId });
  showCodes(ctx, deps, recoveryCodes);
};

/** Takes the app away; the page it was asked on has said what that means. */
export const removeTotp: PortalPage = async (ctx, deps, visit) => {
  await deps.identity.removeTotp({ accountId: visit.accountId });
  seeOther(ctx, totpPath);
};
