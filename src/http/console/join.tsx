import type { Context } from 'koa';
import { JoinPage } from '../../../views/console/join.tsx';
import { AppError } from '../../base/error.ts';
import { field, parseJson } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import { parameter } from './page.ts';
import { bindingOfBrowser, openVisit } from './visit.ts';

const draw = async (ctx: Context, deps: ConsoleDeps, refusal?: AppError): Promise<void> => {
  const token = parameter(ctx, 'token');
  const { officer, options } = await deps.staff.beginJoin({ token });
  const csrf = deps.csrf.token(bindingOfBrowser(ctx, deps));
  ctx.status = refusal?.status ?? 200;
  ctx.set('Cache-Control', 'no-store');
  showPage(ctx, deps, (context) => (
    <JoinPage
      context={context}
      action={ctx.path}
      csrf={csrf}
      options={options}
      roles={officer.roles}
      region={officer.regionCode}
      name={officer.name === null ? field(ctx, 'name') : null}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Shows whom an invitation is for, as far as it says, and the passkey to join by. */
export const showJoin = (ctx: Context, deps: ConsoleDeps): Promise<void> => draw(ctx, deps);

/** Joins, and signs in: making the passkey was a proof. Throws form-expired, officer-invitation-invalid. */
export const join = async (ctx: Context, deps: ConsoleDeps): Promise<void> => {
  deps.csrf.check(bindingOfBrowser(ctx, deps), field(ctx, 'csrf'));
  try {
    const { officerId } = await deps.staff.finishJoin({
      token: parameter(ctx, 'token'),
      response: parseJson(field(ctx, 'response')),
      name: field(ctx, 'name'),
    });
    await openVisit(ctx, deps, { officerId });
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    // An invitation that is void has no page any more: drawing it anew refuses it.
    return draw(ctx, deps, error);
  }
  seeOther(ctx, '/console');
};
