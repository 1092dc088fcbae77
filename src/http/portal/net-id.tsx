import type { Context } from 'koa';
import { AskPage } from '../../../views/portal/ask.tsx';
import { MyNetIdPage } from '../../../views/portal/net-id.tsx';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import type { NetIdUpstream } from '../../oidc/index.ts';
import { levelOf } from '../../terms/assurance.ts';
import { pageContext } from '../context.ts';
import { contentSecurityPolicy } from '../headers.ts';
import { seeOther, showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import type { PortalPage, Visit } from './visit.ts';

const path = '/my/net-id';
const unbindPath = `${path}/unbind`;

const newsOf = ({ query: { news } }: Context): { news?: 'bound' | 'unbound' } =>
  news === 'bound' || news === 'unbound' ? { news } : {};

const draw = async (ctx: Context, deps: PortalDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const { netIdUpstream } = deps;
  const binding = await deps.netIds.findBinding(visit.accountId);
  // A form's redirects are held to this list, and the first one leads to the service.
  if (netIdUpstream !== null)
    ctx.set('Content-Security-Policy', contentSecurityPolicy([netIdUpstream.origin]));
  ctx.status = refusal?.status ?? 200;
  showPage(
    ctx,
    deps,
    (context) => (
      <MyNetIdPage
        context={context}
        csrf={visit.csrf}
        action={path}
        binding={binding}
        unbindHref={unbindPath}
        backHref="/my/passkeys"
        isOffered={netIdUpstream !== null}
        {...newsOf(ctx)}
        {...(refusal && { error: refusal.text(context.language) })}
      />
    ),
    path,
  );
};

/** Shows the net-ID of the account, and the question before one is bound. */
export const showMyNetId: PortalPage = (ctx, deps, visit) => draw(ctx, deps, visit);

const orDraw = async (
  ctx: Context,
  deps: PortalDeps,
  visit: Visit,
  act: (upstream: NetIdUpstream) => Promise<void>,
): Promise<void> => {
  try {
    if (deps.netIdUpstream === null) throw new AppError('not-found');
    await act(deps.netIdUpstream);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await draw(ctx, deps, visit, error);
  }
};

const assuranceOf = ({ acr }: Visit) => levelOf(acr ?? '') ?? 1;

/** Sends the person to the service; the answer counts in this visit only. */
export const beginBindNetId: PortalPage = (ctx, deps, visit) =>
  orDraw(ctx, deps, visit, async (upstream) => {
    if (assuranceOf(visit) < 2) throw new AppError('net-id-level');
    const { language } = pageContext(ctx, deps.settings);
    seeOther(ctx, await upstream.begin({ binding: visit.binding, clientId: null, language }));
  });

/** Takes the person back from the service and binds the net-ID they confirmed there. */
export const finishBindNetId: PortalPage = (ctx, deps, visit) =>
  orDraw(ctx, deps, visit, async (upstream) => {
    const answer = await upstream.finish(visit.binding, new URLSearchParams(ctx.querystring));
    const { accountId } = visit;
    await deps.netIds.bind({ accountId, assurance: assuranceOf(visit), answer });
    seeOther(ctx, `${path}?news=bound`);
  });

/** Asks once whether the net-ID shall be unbound. */
export const askUnbindNetId: PortalPage = async (ctx, deps, { accountId, csrf }) => {
  if ((await deps.netIds.findBinding(accountId)) === null) throw new AppError('net-id-missing');
  showPage(ctx, deps, (context) => (
    <AskPage
      context={context}
      csrf={csrf}
      action={unbindPath}
      backHref={path}
      {...textOf(context.language).netId.unbind}
    />
  ));
};

/** Unbinds the net-ID; sent twice, it stays unbound. */
export const unbindNetId: PortalPage = async (ctx, deps, { accountId }) => {
  await deps.netIds.unbind({ accountId, by: 'person' });
  seeOther(ctx, `${path}?news=unbound`);
};
