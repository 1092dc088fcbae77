import type { Context } from 'koa';
import { PasswordChangePage, PasswordSavedPage } from '../../../views/portal/password.tsx';
import { AppError } from '../../base/error.ts';
import { isKnown } from '../../identity/index.ts';
import { field } from '../form.ts';
import { showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import { profileOf } from './person.ts';
import type { PortalPage, Visit } from './visit.ts';

const draw = async (ctx: Context, deps: PortalDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const profile = await profileOf(deps, visit);
  ctx.status = refusal?.status ?? 200;
  const isPresent = refusal?.code === 'password-wrong' || refusal?.code === 'sign-in-locked';
  const at = isPresent ? ('present' as const) : ('chosen' as const);
  showPage(ctx, deps, (context) => (
    <PasswordChangePage
      context={context}
      csrf={visit.csrf}
      hasPassword={profile.hasPassword}
      isKnown={isKnown(profile)}
      {...(refusal && { error: { field: at, text: refusal.text(context.language) } })}
    />
  ));
};

/** Shows the form for another password, or the first. */
export const showPassword: PortalPage = (ctx, deps, visit) => draw(ctx, deps, visit);

/** Takes the new password. */
export const changePassword: PortalPage = async (ctx, deps, visit) => {
  const { accountId } = visit;
  try {
    const [present, chosen] = [field(ctx, 'present'), field(ctx, 'chosen')];
    await deps.identity.changePassword({ accountId, present, chosen });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return draw(ctx, deps, visit, error);
  }
  showPage(ctx, deps, (context) => <PasswordSavedPage context={context} />);
};
