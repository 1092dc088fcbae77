import type { Context } from 'koa';
import { type PasswordError, PasswordPage } from '../../../views/interaction/password.tsx';
import { PasswordPausedPage } from '../../../views/interaction/password-paused.tsx';
import { SignInPage } from '../../../views/interaction/sign-in.tsx';
import { AppError, type ErrorCode } from '../../base/error.ts';
import { field, parseJson } from '../form.ts';
import { renderPage } from '../render.ts';
import { type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';
import { signedIn, waitSecondsOf } from './outcome.ts';
import { showSecondFactor } from './second-factor.tsx';

/** Shows the first page of a sign-in: the passkey. */
export async function showSignIn(
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  refusal?: AppError,
): Promise<void> {
  const options = await deps.identity.beginPasskeySignIn({ binding: open.uid });
  const regions = await deps.otherRegions.list(open.site, open.details.params);
  ctx.status = refusal?.status ?? 200;
  ctx.type = 'html';
  ctx.body = renderPage(
    <SignInPage
      context={open.context}
      action={open.at('passkey')}
      passwordHref={open.at('password')}
      {...(deps.identity.offers.smsGateway ? { phoneHref: open.at('phone') } : {})}
      {...(regions.length > 0 ? { otherRegionHref: open.at('other-region') } : {})}
      options={options}
      csrf={open.csrf}
      abortAction={open.at('abort')}
      {...(refusal === undefined ? {} : { error: refusal.text(open.context.language) })}
    />,
  );
}

/** Takes the assertion of a passkey. A browser without JavaScript has none to send: it gets the page for the password. */
export async function submitPasskey(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  if (field(ctx, 'response') === '') return showPassword(ctx, deps, open);
  try {
    const response = parseJson(field(ctx, 'response'));
    const address = deps.hideAddress(ctx.ip);
    await signedIn(
      ctx,
      deps,
      await deps.identity.finishPasskeySignIn({ binding: open.uid, response, address }),
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await showSignIn(ctx, deps, open, error);
  }
}

/** Shows the page for ID number and password. */
export async function showPassword(
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  refused?: { number: string; error: PasswordError },
): Promise<void> {
  const options = await deps.identity.beginPasskeySignIn({ binding: open.uid });
  ctx.type = 'html';
  ctx.body = renderPage(
    <PasswordPage
      context={{ ...open.context, path: open.at('password') }}
      action={open.at('password')}
      signInHref={open.at()}
      csrf={open.csrf}
      abortAction={open.at('abort')}
      values={{ number: refused?.number ?? '' }}
      errors={refused === undefined ? [] : [refused.error]}
      options={options}
      passkeyAction={open.at('passkey')}
    />,
  );
}

/** Takes an ID number and a password. */
export async function submitPassword(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  const number = field(ctx, 'number');
  try {
    const address = deps.hideAddress(ctx.ip);
    const password = field(ctx, 'password');
    const binding = open.uid;
    await signedIn(ctx, deps, await deps.identity.signInWithPassword({ number, password, address, binding }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'second-factor-needed') return showSecondFactor(ctx, open);
    const field = fieldOf(error.code);
    if (field === null) return showPaused(ctx, open, error);
    ctx.status = error.status;
    const text = error.text(open.context.language);
    await showPassword(ctx, deps, open, { number: number.slice(0, 40), error: { field, text } });
  }
}

/** Says why no password is taken now, and until when; the empty form stays one link away. */
const showPaused = (ctx: Context, open: OpenInteraction, refusal: AppError): void => {
  ctx.status = refusal.status;
  const waitSeconds = waitSecondsOf(refusal);
  if (waitSeconds > 0) ctx.set('Retry-After', String(waitSeconds));
  ctx.type = 'html';
  ctx.body = renderPage(
    <PasswordPausedPage
      context={{ ...open.context, path: open.at('password') }}
      reason={refusal.text(open.context.language)}
      signInHref={open.at()}
      passwordHref={open.at('password')}
      csrf={open.csrf}
      abortAction={open.at('abort')}
    />,
  );
};

/** The field a refusal is about; null when it is about the whole, such as a pause after too many tries. */
const fieldOf = (code: ErrorCode): PasswordError['field'] | null => {
  if (code.startsWith('citizen-number-')) return 'number';
  return code === 'sign-in-refused' ? 'password' : null;
};

/** Signs in whoever is named, for the bench; the setting that opens it is refused in production. */
export async function submitWithoutProof(ctx: Context, deps: InteractionDeps): Promise<void> {
  if (!deps.unsafeAnyoneMaySignInAsAnyone) throw new AppError('not-found');
  await openInteraction(ctx, deps);
  const accountId = await deps.identity.findAccountIdByNumber(field(ctx, 'number'));
  if (accountId === null) throw new AppError('sign-in-refused');
  await signedIn(ctx, deps, { accountId, amr: ['user'], assurance: 2 });
}
