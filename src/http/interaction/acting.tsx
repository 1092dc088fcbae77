import type { Context } from 'koa';
import { ActingPage } from '../../../views/interaction/acting.tsx';
import { AppError } from '../../base/error.ts';
import { maskName } from '../../base/mask.ts';
import type { StandingMandate } from '../../identity/index.ts';
import type { ActingAsked, ActingResult } from '../../oidc/index.ts';
import { field } from '../form.ts';
import { renderPage } from '../render.ts';
import { finishStep, type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';

const stepOf = ({
  details: { session, prompt },
}: OpenInteraction): { accountId: string; asked: ActingAsked } => {
  const accountId = session?.accountId;
  if (accountId === undefined || prompt.name !== 'acting') throw new AppError('form-expired');
  return { accountId, asked: prompt.details as unknown as ActingAsked };
};

/** Names whom somebody acts for: an organisation is public, a person is named masked. */
export const nameOfPrincipal = ({ principal }: StandingMandate): string =>
  principal.kind === 'organisation' ? principal.name : maskName(principal.name);

/** Asks whom the person acts for at the site. */
export async function showActing(ctx: Context, deps: InteractionDeps, open: OpenInteraction): Promise<void> {
  const { accountId, asked } = stepOf(open);
  const offers = await deps.acting.offers(accountId, asked);
  ctx.type = 'html';
  ctx.body = renderPage(
    <ActingPage
      context={open.context}
      action={open.at('acting')}
      csrf={open.csrf}
      abortAction={open.at('abort')}
      choices={offers.map((mandate) => ({
        mandateId: mandate.mandateId,
        name: nameOfPrincipal(mandate),
        role: mandate.role,
      }))}
      maySelf={asked.kinds.includes('self')}
    />,
  );
}

/** Takes the choice; one that ended meanwhile is asked for again. */
export async function submitActing(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  const { accountId, asked } = stepOf(open);
  const choice = field(ctx, 'choice');
  if (choice === 'self' && asked.kinds.includes('self'))
    return finish(ctx, deps, { accountId, grantId: null });
  const grantId = await deps.acting.choose({
    provider: deps.provider(),
    accountId,
    clientId: open.site.clientId,
    grantId: open.details.grantId,
    mandateId: choice,
    asked,
  });
  return grantId === null ? showActing(ctx, deps, open) : finish(ctx, deps, { accountId, grantId });
}

const finish = (ctx: Context, deps: InteractionDeps, acting: ActingResult): Promise<void> =>
  finishStep(ctx, deps, { acting });
