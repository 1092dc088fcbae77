import type { Context } from 'koa';
import { SecondFactorPage } from '../../../views/interaction/second-factor.tsx';
import { AppError } from '../../base/error.ts';
import { field } from '../form.ts';
import { originOf } from '../origin.ts';
import { renderPage } from '../render.ts';
import { type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';
import { signedIn, waitSecondsOf } from './outcome.ts';

/** Asks for the code of an app, or a recovery code, after a first factor that was right. */
export function showSecondFactor(ctx: Context, open: OpenInteraction, refusal?: AppError): void {
  ctx.status = refusal?.status ?? 200;
  const waitSeconds = refusal === undefined ? 0 : waitSecondsOf(refusal);
  if (waitSeconds > 0) ctx.set('Retry-After', String(waitSeconds));
  ctx.type = 'html';
  ctx.body = renderPage(
    <SecondFactorPage
      context={open.context}
      action={open.at('second')}
      csrf={open.csrf}
      signInHref={open.at()}
      abortAction={open.at('abort')}
      {...(refusal && { error: refusal.text(open.context.language) })}
    />,
  );
}

/** Takes the code. */
export async function submitSecondFactor(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  try {
    const origin = originOf(ctx, deps, open.site.clientId);
    const given = { ...origin, binding: open.uid, code: field(ctx, 'code') };
    await signedIn(ctx, deps, open, await deps.identity.finishSecondFactor(given));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    showSecondFactor(ctx, open, error);
  }
}
