import type { Context } from 'koa';
import { RecoveryDonePage, RecoveryPasskeyPage } from '../../../views/recover/passkey.tsx';
import type { AppError } from '../../base/error.ts';
import { field, parseJson } from '../form.ts';
import { type RecoverDeps, type RecoverPage, type Seeker, showPage } from './browser.ts';
import { isTold } from './fields.ts';

const draw = async (ctx: Context, deps: RecoverDeps, seeker: Seeker, refusal?: AppError): Promise<void> => {
  const options = await deps.identity.beginRecoveryPasskey(seeker.binding);
  showPage(
    ctx,
    deps,
    (context) => (
      <RecoveryPasskeyPage
        context={context}
        csrf={seeker.csrf}
        options={options}
        {...(refusal && { error: refusal.text(context.language) })}
      />
    ),
    { refusal },
  );
};

/** Shows the form for the new passkey. */
export const showPasskey: RecoverPage = (ctx, deps, seeker) => draw(ctx, deps, seeker);

/** Takes it: the recovery is completed, and what follows from that is brought about at once. */
export const takePasskey: RecoverPage = async (ctx, deps, seeker) => {
  const { binding } = seeker;
  const [response, name] = [parseJson(field(ctx, 'response')), field(ctx, 'device')];
  try {
    const keepsOthers = field(ctx, 'others') === 'keep';
    const answer = { binding, response, name, keepsOthers };
    const { recoveryId, recoveryCodes } = await deps.identity.completeRecovery(answer);
    await deps.settleRecovery(recoveryId);
    showPage(ctx, deps, (context) => <RecoveryDonePage context={context} codes={recoveryCodes} />, {
      path: '/recover',
    });
  } catch (error) {
    const isAgain = isTold(error) && error.code.startsWith('passkey-');
    if (!isAgain) throw error;
    await draw(ctx, deps, seeker, error);
  }
};
