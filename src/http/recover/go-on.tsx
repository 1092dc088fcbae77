import type { Context } from 'koa';
import { RecoveryFormPage } from '../../../views/recover/form.tsx';
import { RecoveryStatusPage } from '../../../views/recover/status.tsx';
import { textOf } from '../../../views/text/index.ts';
import type { AppError } from '../../base/error.ts';
import { type RecoverDeps, type RecoverPage, type Seeker, seeOther, showPage } from './browser.ts';
import { fieldsOf, isTold, refusedAt, typedOf } from './fields.ts';

const statusPath = '/recover/status';

/** Draws where the recovery of this browser stands, with the code to go on by right after it was made. */
export async function drawStatus(
  ctx: Context,
  deps: RecoverDeps,
  { binding, csrf }: Seeker,
  code: string | null = null,
): Promise<void> {
  const { recovery, state, maskedPhone } = await deps.identity.recoveryUnderway(binding);
  const { readyAt, readyAloneAt, expiresAt } = recovery;
  showPage(
    ctx,
    deps,
    (context) => (
      <RecoveryStatusPage
        context={context}
        csrf={csrf}
        state={state}
        readyAt={readyAt}
        readyAloneAt={readyAloneAt}
        expiresAt={expiresAt}
        maskedPhone={maskedPhone}
        code={code}
      />
    ),
    { path: statusPath },
  );
}

/** Shows where the recovery of this browser stands. */
export const showStatus: RecoverPage = (ctx, deps, seeker) => drawStatus(ctx, deps, seeker);

const drawGoOn = (ctx: Context, deps: RecoverDeps, seeker: Seeker, refusal?: AppError): void =>
  showPage(
    ctx,
    deps,
    (context) => {
      const { recovery } = textOf(context.language);
      return (
        <RecoveryFormPage
          context={context}
          title={recovery.goOn.title}
          lead={recovery.goOn.lead}
          action="/recover/continue"
          csrf={seeker.csrf}
          fields={fieldsOf(recovery, recovery.goOn)}
          typed={typedOf(ctx)}
          backHref="/recover"
          {...refusedAt(context, refusal)}
        />
      );
    },
    { refusal },
  );

/** Shows the form by which one goes on. */
export const showGoOn: RecoverPage = async (ctx, deps, seeker) => drawGoOn(ctx, deps, seeker);

/** Takes number and code. */
export const takeGoOn: RecoverPage = async (ctx, deps, seeker) => {
  const { binding, address } = seeker;
  try {
    await deps.identity.resumeRecovery({ binding, address, ...typedOf(ctx) });
  } catch (error) {
    if (!isTold(error)) throw error;
    return drawGoOn(ctx, deps, seeker, error);
  }
  seeOther(ctx, statusPath);
};

const drawPhone = (ctx: Context, deps: RecoverDeps, seeker: Seeker, refusal?: AppError): void =>
  showPage(
    ctx,
    deps,
    (context) => {
      const { recovery } = textOf(context.language);
      return (
        <RecoveryFormPage
          context={context}
          title={recovery.prove.title}
          lead={recovery.status.titlePhone}
          action="/recover/phone/proof"
          csrf={seeker.csrf}
          fields={fieldsOf(recovery, recovery.prove, 'one-time-code').filter(({ name }) => name === 'code')}
          backHref={statusPath}
          {...refusedAt(context, refusal)}
        />
      );
    },
    { refusal, path: '/recover/phone' },
  );

/** Shows the form for the telephone's code. */
export const showPhone: RecoverPage = async (ctx, deps, seeker) => drawPhone(ctx, deps, seeker);

/** Sends it. */
export const sendPhone: RecoverPage = async (ctx, deps, seeker) => {
  const { binding, address } = seeker;
  try {
    await deps.identity.sendRecoveryCode({ binding, address });
  } catch (error) {
    if (!isTold(error)) throw error;
    return drawPhone(ctx, deps, seeker, error);
  }
  seeOther(ctx, '/recover/phone');
};

/** Takes it. */
export const takePhone: RecoverPage = async (ctx, deps, seeker) => {
  const { binding, address } = seeker;
  try {
    await deps.identity.proveRecoveryPhone({ binding, address, code: typedOf(ctx).code });
  } catch (error) {
    if (!isTold(error)) throw error;
    return drawPhone(ctx, deps, seeker, error);
  }
  seeOther(ctx, statusPath);
};
