import type { Context } from 'koa';
import { RecoveryQuestionPage } from '../../../views/interaction/recovery.tsx';
import { momentOf } from '../../../views/parts/moment.ts';
import { AppError } from '../../base/error.ts';
import { field } from '../form.ts';
import { renderPage } from '../render.ts';
import { finishStep, type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';

const accountOf = (open: OpenInteraction): string => {
  const accountId = open.details.session?.accountId;
  if (accountId === undefined || open.details.prompt.name !== 'recovery') throw new AppError('form-expired');
  return accountId;
};

/** Asks who signs in while a recovery is under way whether it is theirs; one that ended meanwhile asks nothing. */
export async function showRecovery(
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
): Promise<void> {
  const recovery = await deps.identity.pendingRecovery(accountOf(open));
  if (recovery === null) return finishStep(ctx, deps, { recovery: 'answered' });
  const { language } = open.context;
  ctx.type = 'html';
  ctx.body = renderPage(
    <RecoveryQuestionPage
      context={open.context}
      action={open.at('recovery')}
      csrf={open.csrf}
      abortAction={open.at('abort')}
      way={recovery.way}
      askedOn={momentOf(language, recovery.askedAt)}
      readyOn={momentOf(language, recovery.readyAt)}
    />,
  );
}

/** Takes the answer: the sign-in goes on either way, and what is not theirs is stopped. */
export async function submitRecovery(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  const accountId = accountOf(open);
  const decision = field(ctx, 'decision');
  if (decision !== 'stop' && decision !== 'mine') throw new AppError('body-malformed');
  if (decision === 'stop') await deps.identity.stopRecovery(accountId);
  return finishStep(ctx, deps, { recovery: 'answered' });
}
