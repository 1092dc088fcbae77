import type { Context } from 'koa';
import { AddPasskeyPage } from '../../../views/portal/add-passkey.tsx';
import { PasskeyPage } from '../../../views/portal/passkey.tsx';
import { PasskeysPage } from '../../../views/portal/passkeys.tsx';
import { AppError } from '../../base/error.ts';
import type { PasskeySummary } from '../../identity/index.ts';
import { field, parseJson } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import type { PortalPage, Visit } from './visit.ts';

const listPath = '/my/passkeys';

const credentialOf = (ctx: Context): string => String((ctx as { params?: { id?: string } }).params?.id);

const findOwn = async (ctx: Context, deps: PortalDeps, visit: Visit): Promise<PasskeySummary> => {
  const passkeys = await deps.identity.listPasskeys(visit.accountId);
  const found = passkeys.find(({ credentialId }) => credentialId === credentialOf(ctx));
  if (found === undefined) throw new AppError('passkey-missing');
  return found;
};

/** Lists the person's passkeys. */
export const showPasskeys: PortalPage = async (ctx, deps, visit) => {
  const passkeys = await deps.identity.listPasskeys(visit.accountId);
  // A net-ID that is bound can be unbound also where none is offered any more.
  const hasNetId = deps.netIdUpstream !== null || (await deps.netIds.findBinding(visit.accountId)) !== null;
  showPage(ctx, deps, (context) => (
    <PasskeysPage context={context} passkeys={passkeys} {...(hasNetId ? { netIdHref: '/my/net-id' } : {})} />
  ));
};

const drawAdd = async (ctx: Context, deps: PortalDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const { accountId, binding } = visit;
  const isSecurityKey = ctx.query['key'] !== undefined || field(ctx, 'key') !== '';
  const options = await deps.identity.beginPasskeyRegistration({ accountId, binding, isSecurityKey });
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <AddPasskeyPage
      context={context}
      csrf={visit.csrf}
      options={options}
      isSecurityKey={isSecurityKey}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Shows the form that adds this device. */
export const showAddPasskey: PortalPage = (ctx, deps, visit) => drawAdd(ctx, deps, visit);

/** Adds this device. */
export const addPasskey: PortalPage = async (ctx, deps, visit) => {
  const { accountId, binding } = visit;
  const [response, name] = [parseJson(field(ctx, 'response')), field(ctx, 'device')];
  try {
    await deps.identity.finishPasskeyRegistration({ accountId, binding, response, name });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return drawAdd(ctx, deps, visit, error);
  }
  seeOther(ctx, listPath);
};

const drawOne = async (ctx: Context, deps: PortalDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const passkey = await findOwn(ctx, deps, visit);
  ctx.status = refusal?.status ?? 200;
  const path = `${listPath}/${passkey.credentialId}`;
  showPage(
    ctx,
    deps,
    (context) => (
      <PasskeyPage
        context={context}
        csrf={visit.csrf}
        passkey={passkey}
        {...(refusal && { error: refusal.text(context.language) })}
      />
    ),
    path,
  );
};

/** Shows one passkey, to rename it or take it away. */
export const showPasskey: PortalPage = (ctx, deps, visit) => drawOne(ctx, deps, visit);

/** Gives a passkey another name. */
export const renamePasskey: PortalPage = async (ctx, deps, visit) => {
  const { credentialId } = await findOwn(ctx, deps, visit);
  await deps.identity.renamePasskey({ accountId: visit.accountId, credentialId, name: field(ctx, 'device') });
  seeOther(ctx, listPath);
};

/** Takes a passkey away; the page it was asked on has said what that means. */
export const removePasskey: PortalPage = async (ctx, deps, visit) => {
  const { credentialId } = await findOwn(ctx, deps, visit);
  try {
    await deps.identity.removePasskey({ accountId: visit.accountId, credentialId });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return drawOne(ctx, deps, visit, error);
  }
  seeOther(ctx, listPath);
};
