import type { Context } from 'koa';
import { CodePage, PhonePage } from '../../../views/interaction/phone.tsx';
import { AppError } from '../../base/error.ts';
import { maskPhone } from '../../base/mask.ts';
import { field } from '../form.ts';
import { originOf } from '../origin.ts';
import { renderPage } from '../render.ts';
import { type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';
import { signedIn, waitSecondsOf } from './outcome.ts';
import { showSecondFactor } from './second-factor.tsx';

const longestShown = 40;

const draw = (ctx: Context, refusal: AppError | undefined, body: Parameters<typeof renderPage>[0]): void => {
  ctx.status = refusal?.status ?? 200;
  const waitSeconds = refusal === undefined ? 0 : waitSecondsOf(refusal);
  if (waitSeconds > 0) ctx.set('Retry-After', String(waitSeconds));
  ctx.type = 'html';
  ctx.body = renderPage(body);
};

const formOf = (open: OpenInteraction, step: string) => ({
  context: { ...open.context, path: open.at(step) },
  action: open.at(step),
  csrf: open.csrf,
  abortAction: open.at('abort'),
  signInHref: open.at(),
});

/** Shows the form that asks for a code by telephone. Throws way-not-offered. */
export async function showPhone(
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  refused?: { typed: string; refusal: AppError },
): Promise<void> {
  if (!deps.identity.offers.smsGateway) throw new AppError('way-not-offered');
  const origin = originOf(ctx, deps, open.site.clientId);
  const puzzle = await deps.identity.offerPuzzle({ ...origin, binding: open.uid, number: '' });
  draw(
    ctx,
    refused?.refusal,
    <PhonePage
      {...formOf(open, 'phone')}
      typed={refused?.typed ?? ''}
      puzzle={puzzle}
      {...(refused && { error: refused.refusal.text(open.context.language) })}
    />,
  );
}

/** Sends the code, and shows the form for it: whoever's telephone it is, the answer is the same. */
export async function submitPhone(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openLogin(ctx, deps);
  const phone = field(ctx, 'phone').slice(0, longestShown);
  try {
    const origin = originOf(ctx, deps, open.site.clientId);
    const solution = field(ctx, 'solution');
    await deps.identity.beginPhoneSignIn({ ...origin, binding: open.uid, phone, solution });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return showPhone(ctx, deps, open, { typed: phone, refusal: error });
  }
  return showCode(ctx, deps, open);
}

interface Refused {
  typed: { code: string; number: string };
  refusal: AppError;
}

/** Refusals that are about the number of a known person's account, or ask for it. */
const isAboutNumber = ({ code }: AppError): boolean =>
  code.startsWith('citizen-number-') || ['phone-number-wanted', 'phone-sign-in-refused'].includes(code);

/** Shows the form for the code. */
export async function showCode(
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  refused?: Refused,
): Promise<void> {
  const phone = await deps.identity.awaitedPhone(open.uid);
  const asksNumber = refused !== undefined && (isAboutNumber(refused.refusal) || refused.typed.number !== '');
  const error = refused && {
    field: isAboutNumber(refused.refusal) ? ('number' as const) : ('code' as const),
    text: refused.refusal.text(open.context.language),
  };
  draw(
    ctx,
    refused?.refusal,
    <CodePage
      {...formOf(open, 'code')}
      maskedPhone={phone === null ? null : maskPhone(phone)}
      phoneHref={open.at('phone')}
      asksNumber={asksNumber}
      {...(refused && { typed: refused.typed })}
      {...(error && { error })}
    />,
  );
}

/** Takes the code, and where it is asked for the number of the account. */
export async function submitCode(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openLogin(ctx, deps);
  const typed = {
    code: field(ctx, 'code').slice(0, longestShown),
    number: field(ctx, 'number').slice(0, longestShown),
  };
  try {
    const isWithoutNumber = field(ctx, 'without') === '1';
    const origin = originOf(ctx, deps, open.site.clientId);
    const answer = { ...origin, binding: open.uid, ...typed, isWithoutNumber };
    await signedIn(ctx, deps, open, await deps.identity.finishPhoneSignIn(answer));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'second-factor-needed') return showSecondFactor(ctx, open);
    await showCode(ctx, deps, open, { typed, refusal: error });
  }
}

const openLogin = async (ctx: Context, deps: InteractionDeps): Promise<OpenInteraction> => {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  return open;
};
