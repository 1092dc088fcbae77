import type { Context } from 'koa';
import { StopRecoveryPage, type StopRecoveryPageProps } from '../../../views/recover/stop.tsx';
import { AppError } from '../../base/error.ts';
import { type RecoverDeps, type RecoverPage, type Seeker, showPage } from './browser.ts';

const tokenOf = (ctx: Context): string => String((ctx as { params?: { token?: string } }).params?.token);

const draw = (
  ctx: Context,
  deps: RecoverDeps,
  { csrf }: Seeker,
  state: StopRecoveryPageProps['state'],
): void =>
  showPage(ctx, deps, (context) => (
    <StopRecoveryPage context={context} state={state} action={ctx.path} csrf={csrf} />
  ));

/** Shows what the link in a message stops; opening it stops nothing, since machines open links too. */
export const showStop: RecoverPage = async (ctx, deps, seeker) =>
  draw(ctx, deps, seeker, (await deps.identity.isStopLink(tokenOf(ctx))) ? 'open' : 'gone');

/** Stops it. */
export const takeStop: RecoverPage = async (ctx, deps, seeker) => {
  try {
    await deps.identity.stopRecoveryByLink(tokenOf(ctx));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'recovery-missing') throw error;
    return draw(ctx, deps, seeker, 'gone');
  }
  draw(ctx, deps, seeker, 'stopped');
};
