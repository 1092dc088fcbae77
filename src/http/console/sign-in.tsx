import type { Context } from 'koa';
import { PasskeyGatePage } from '../../../views/console/passkey-gate.tsx';
import { AppError } from '../../base/error.ts';
import { field, parseJson } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { pathAfter } from './page.ts';
import { bindingOfBrowser, endVisit, openVisit } from './visit.ts';

/** One gate of the two: who is to come through, and where its form goes. */
interface Gate {
  purpose: 'signIn' | 'prove';
  action: string;
  binding: string;
}

const drawGate = async (
  ctx: Context,
  deps: ConsoleDeps,
  { purpose, action, binding }: Gate,
  to: string,
  refusal?: AppError,
): Promise<void> => {
  const options = await deps.staff.beginSignIn({ binding });
  ctx.status = refusal?.status ?? 200;
  ctx.set('Cache-Control', 'no-store');
  showPage(
    ctx,
    deps,
    (context) => (
      <PasskeyGatePage
        context={context}
        purpose={purpose}
        action={action}
        csrf={deps.csrf.token(binding)}
        to={to}
        options={options}
        {...(refusal && { error: refusal.text(context.language) })}
      />
    ),
    `${action}?to=${encodeURIComponent(to)}`,
  );
};

/** Takes the answer of a passkey; what is refused is said on the same page, with a new challenge. */
const takeGate = async (
  ctx: Context,
  deps: ConsoleDeps,
  gate: Gate,
  within: { officerId?: string; startedAtSeconds?: number } = {},
): Promise<void> => {
  const { binding } = gate;
  const { startedAtSeconds, ...whose } = within;
  const to = pathAfter(field(ctx, 'to'));
  deps.csrf.check(binding, field(ctx, 'csrf'));
  const response = parseJson(field(ctx, 'response'));
  try {
    const { officerId } = await deps.staff.finishSignIn({ binding, response, ...whose });
    await openVisit(ctx, deps, { officerId, ...(startedAtSeconds && { startedAtSeconds }) });
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    return drawGate(ctx, deps, gate, to, error);
  }
  seeOther(ctx, to);
};

const signInGate = (ctx: Context, deps: ConsoleDeps): Gate => ({
  purpose: 'signIn',
  action: '/console/sign-in',
  binding: bindingOfBrowser(ctx, deps),
});

const proveGate = (binding: string): Gate => ({ purpose: 'prove', action: '/console/prove', binding });

/** Shows the way in. */
export const showSignIn = (ctx: Context, deps: ConsoleDeps): Promise<void> =>
  drawGate(ctx, deps, signInGate(ctx, deps), pathAfter(ctx.query['to']));

/** Signs an officer in. Throws form-expired. */
export const signIn = (ctx: Context, deps: ConsoleDeps): Promise<void> =>
  takeGate(ctx, deps, signInGate(ctx, deps));

/** Asks an officer who is signed in to prove once more who they are. */
export const showProve: ConsolePage = (ctx, deps, { binding }) =>
  drawGate(ctx, deps, proveGate(binding), pathAfter(ctx.query['to']));

/** Takes the proof; the visit goes on under a new name. */
export const prove: ConsolePage = (ctx, deps, { binding, officerId, startedAtSeconds }) =>
  takeGate(ctx, deps, proveGate(binding), { officerId, startedAtSeconds });

/** Ends the visit. */
export const signOut: ConsolePage = async (ctx, deps) => {
  await endVisit(ctx, deps);
  seeOther(ctx, '/console/sign-in');
};
