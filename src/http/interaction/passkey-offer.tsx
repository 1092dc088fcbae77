import type { Context } from 'koa';
import { PasskeyOfferPage } from '../../../views/interaction/passkey-offer.tsx';
import { AppError } from '../../base/error.ts';
import { field, parseJson } from '../form.ts';
import { renderPage } from '../render.ts';
import { finishStep, type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';

const accountOf = (open: OpenInteraction): string => {
  const accountId = open.details.session?.accountId;
  if (accountId === undefined || open.details.prompt.name !== 'passkey_offer')
    throw new AppError('form-expired');
  return accountId;
};

/** Offers to add a passkey after a sign-in by password. */
export async function showPasskeyOffer(
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  refusal?: AppError,
): Promise<void> {
  const accountId = accountOf(open);
  const options = await deps.identity.beginPasskeyRegistration({ accountId, binding: open.uid });
  ctx.status = refusal?.status ?? 200;
  ctx.type = 'html';
  ctx.body = renderPage(
    <PasskeyOfferPage
      context={open.context}
      action={open.at('passkey-offer')}
      options={options}
      csrf={open.csrf}
      {...(refusal === undefined ? {} : { error: refusal.text(open.context.language) })}
    />,
  );
}

/** Takes the new passkey, or the wish to do without; a browser without JavaScript has to do without. */
export async function submitPasskeyOffer(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  const accountId = accountOf(open);
  const without = field(ctx, 'skip') === '1' || field(ctx, 'response') === '';
  if (without) return finishStep(ctx, deps, { passkeyOffer: 'declined' });
  try {
    const response = parseJson(field(ctx, 'response'));
    const name = field(ctx, 'device').slice(0, 40);
    await deps.identity.finishPasskeyRegistration({ accountId, binding: open.uid, response, name });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return showPasskeyOffer(ctx, deps, open, error);
  }
  return finishStep(ctx, deps, { passkeyOffer: 'accepted' });
}
