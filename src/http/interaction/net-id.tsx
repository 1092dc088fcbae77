import type { Context } from 'koa';
import { NetIdDonePage, NetIdPage } from '../../../views/interaction/net-id.tsx';
import { AppError } from '../../base/error.ts';
import type { NetIdUpstream } from '../../oidc/index.ts';
import { field } from '../form.ts';
import { contentSecurityPolicy } from '../headers.ts';
import { renderPage } from '../render.ts';
import { type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';
import { resultOf } from './outcome.ts';
import { showPasskey } from './sign-in.tsx';

const upstreamOf = ({ netIdUpstream }: InteractionDeps): NetIdUpstream => {
  if (netIdUpstream === null) throw new AppError('not-found');
  return netIdUpstream;
};

/** Says what the net-ID is for and that it is voluntary, before the person goes there. */
export async function showNetId(ctx: Context, deps: InteractionDeps, open: OpenInteraction): Promise<void> {
  // A form's redirects are held to this list, and the first one leads to the service.
  ctx.set('Content-Security-Policy', contentSecurityPolicy([upstreamOf(deps).origin]));
  ctx.type = 'html';
  ctx.body = renderPage(
    <NetIdPage
      context={{ ...open.context, path: open.at('net-id') }}
      action={open.at('net-id')}
      csrf={open.csrf}
      abortAction={open.at('abort')}
      signInHref={open.at()}
    />,
  );
}

const orOtherWays = async (
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  act: () => Promise<void>,
): Promise<void> => {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await showPasskey(ctx, deps, open, error);
  }
};

/** Sends the person to the service; what fails there leaves the other ways on the page. */
export async function submitNetId(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  const upstream = upstreamOf(deps);
  await orOtherWays(ctx, deps, open, async () => {
    const { uid, site, context } = open;
    const { language } = context;
    const address = await upstream.begin({ binding: uid, clientId: site.clientId, language });
    ctx.status = 303;
    ctx.redirect(address);
  });
}

/** Takes the person back from the service, with what it vouches for or why it does not. */
export async function returnFromNetId(
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
): Promise<void> {
  const upstream = upstreamOf(deps);
  await orOtherWays(ctx, deps, open, async () => {
    const answer = await upstream.finish(open.uid, new URLSearchParams(ctx.querystring));
    const result = await resultOf(ctx, deps, open, await deps.netIds.signIn(answer));
    const returnTo = await deps.provider().interactionResult(ctx.req, ctx.res, result);
    // A page ends the redirects that began with the form there: that form may not lead to the site here.
    ctx.set('Refresh', `0; url=${returnTo}`);
    ctx.type = 'html';
    ctx.body = renderPage(<NetIdDonePage context={open.context} continueHref={returnTo} />);
  });
}
