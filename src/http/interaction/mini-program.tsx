import type { Context } from 'koa';
import { MiniProgramPage } from '../../../views/interaction/mini-program.tsx';
import { AppError } from '../../base/error.ts';
import { maskName } from '../../base/mask.ts';
import { isSiteOfMiniProgram, miniProgramParameter } from '../../oidc/index.ts';
import { field } from '../form.ts';
import { renderPage } from '../render.ts';
import { type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';
import { signedIn } from './outcome.ts';
import { showPasskey, showSignIn } from './sign-in.tsx';

/** The ticket that the request came with; empty unless it is the mini-program's own site that asks. */
const ticketOf = ({ miniPrograms }: InteractionDeps, { site, details }: OpenInteraction): string =>
  isSiteOfMiniProgram(site, miniPrograms.appId) ? String(details.params[miniProgramParameter] ?? '') : '';

/** Shows a sign-in's first page: to whom a mini-program brings, and who let it in, one button; to others the passkey. */
export async function showFirst(ctx: Context, deps: InteractionDeps, open: OpenInteraction): Promise<void> {
  const person = await deps.miniPrograms.findByTicket(ticketOf(deps, open));
  if (person === null) return showSignIn(ctx, deps, open);
  ctx.type = 'html';
  ctx.body = renderPage(
    <MiniProgramPage
      context={open.context}
      action={open.at('mini-program')}
      csrf={open.csrf}
      abortAction={open.at('abort')}
      person={person.name === undefined ? '' : maskName(person.name)}
      otherHref={open.at('password')}
    />,
  );
}

/** Signs in by the ticket; one that is over leads to the other ways. */
export async function submitMiniProgram(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  try {
    await signedIn(ctx, deps, open, await deps.miniPrograms.signIn(ticketOf(deps, open)));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await showPasskey(ctx, deps, open, error);
  }
}
