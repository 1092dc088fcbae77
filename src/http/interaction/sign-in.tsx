import type { Context } from 'koa';
import { type PasswordError, PasswordPage } from '../../../views/interaction/password.tsx';
import { PasswordPausedPage } from '../../../views/interaction/password-paused.tsx';
import { SignInPage } from '../../../views/interaction/sign-in.tsx';
import { SignInWaysPage } from '../../../views/interaction/sign-in-ways.tsx';
import { AppError, type ErrorCode } from '../../base/error.ts';
import { field, parseJson } from '../form.ts';
import { originOf } from '../origin.ts';
import { renderPage } from '../render.ts';
import { type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';
import { signedIn, waitSecondsOf } from './outcome.ts';
import { showSecondFactor } from './second-factor.tsx';

/** Finds the ways to sign in beside the passkey, and the way back. */
const waysOf = async (deps: InteractionDeps, open: OpenInteraction) => {
  const [regions, closed] = await Promise.all([
    deps.otherRegions.list(open.site, open.details.params),
    deps.otherRegions.listClosed(open.site, open.details.params),
  ]);
  return {
    passwordHref: open.at('password'),
    ...(deps.identity.offers.smsGateway ? { phoneHref: open.at('phone') } : {}),
    qrHref: open.at('qr'),
    ...(regions.length + closed.length > 0 ? { otherRegionHref: open.at('other-region') } : {}),
    ...(deps.netIdUpstream === null ? {} : { netIdHref: open.at('net-id') }),
    csrf: open.csrf,
    abortAction: open.at('abort'),
  };
};

/** Shows the first page of a sign-in: the passkey, or in large type, where a page asks for one thing, the ways. */
export async function showSignIn(ctx: Context, deps: InteractionDeps, open: OpenInteraction): Promise<void> {
  if (open.context.size !== 'large') return showPasskey(ctx, deps, open);
  const ways = await waysOf(deps, open);
  ctx.type = 'html';
  ctx.body = renderPage(<SignInWaysPage context={open.context} passkeyHref={open.at('passkey')} {...ways} />);
}

/** Shows the page for the passkey; in large type it has an address of its own. */
export async function showPasskey(
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  refusal?: AppError,
): Promise<void> {
  const options = await deps.identity.beginPasskeySignIn({ binding: open.uid });
  const ways = await waysOf(deps, open);
  const isLarge = open.context.size === 'large';
  ctx.status = refusal?.status ?? 200;
  ctx.type = 'html';
  ctx.body = renderPage(
    <SignInPage
      {...ways}
      context={isLarge ? { ...open.context, path: open.at('passkey') } : open.context}
      action={open.at('passkey')}
      {...(isLarge ? { waysHref: open.at() } : {})}
      options={options}
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
      open,
      await deps.identity.finishPasskeySignIn({ binding: open.uid, response, address }),
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await showPasskey(ctx, deps, open, error);
  }
}

/** Shows the page for ID number and password. */
export async function showPassword(
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  refused?: { number: string; error: PasswordError },
): Promise<void> {
  const number = refused?.number ?? '';
  const origin = originOf(ctx, deps, open.site.clientId);
  const [options, puzzle] = await Promise.all([
    deps.identity.beginPasskeySignIn({ binding: open.uid }),
    deps.identity.offerPuzzle({ ...origin, binding: open.uid, number }),
  ]);
  ctx.type = 'html';
  ctx.body = renderPage(
    <PasswordPage
      context={{ ...open.context, path: open.at('password') }}
      action={open.at('password')}
      signInHref={open.at()}
      csrf={open.csrf}
      abortAction={open.at('abort')}
      values={{ number }}
      errors={refused === undefined ? [] : [refused.error]}
      options={options}
      passkeyAction={open.at('passkey')}
      puzzle={puzzle}
    />,
  );
}

/** Takes an ID number and a password. */
export async function submitPassword(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  const number = field(ctx, 'number');
  try {
    const origin = originOf(ctx, deps, open.site.clientId);
    const [password, solution] = [field(ctx, 'password'), field(ctx, 'solution')];
    const given = { ...origin, binding: open.uid, number, password, solution };
    await signedIn(ctx, deps, open, await deps.identity.signInWithPassword(given));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'second-factor-needed') return showSecondFactor(ctx, open);
    const field = fieldOf(error.code);
    if (field === null) return showPaused(ctx, open, error);
    ctx.status = error.status;
    tellWait(ctx, error);
    const text = error.text(open.context.language);
    await showPassword(ctx, deps, open, { number: number.slice(0, 40), error: { field, text } });
  }
}

/** Says why no password is taken now, and until when; the empty form stays one link away. */
const showPaused = (ctx: Context, open: OpenInteraction, refusal: AppError): void => {
  ctx.status = refusal.status;
  tellWait(ctx, refusal);
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

const tellWait = (ctx: Context, refusal: AppError): void => {
  const waitSeconds = waitSecondsOf(refusal);
  if (waitSeconds > 0) ctx.set('Retry-After', String(waitSeconds));
};

/** The field a refusal is about; null when it is about the whole, such as a pause after too many tries. */
const fieldOf = (code: ErrorCode): PasswordError['field'] | null => {
  if (code.startsWith('citizen-number-') || code.startsWith('test-people-')) return 'number';
  return code === 'sign-in-refused' || code.startsWith('puzzle-') ? 'password' : null;
};

/** Signs in whoever is named, for the bench; the setting that opens it is refused in production. */
export async function submitWithoutProof(ctx: Context, deps: InteractionDeps): Promise<void> {
  if (!deps.unsafeAnyoneMaySignInAsAnyone) throw new AppError('not-found');
  const open = await openInteraction(ctx, deps);
  const accountId = await deps.identity.findAccountIdByNumber(field(ctx, 'number'));
  if (accountId === null) throw new AppError('sign-in-refused');
  await signedIn(ctx, deps, open, { accountId, amr: ['user'], assurance: 2 });
}
