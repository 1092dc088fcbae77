import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from 'koa';
import { QrEndedPage, QrPage } from '../../../views/interaction/qr.tsx';
import { AppError } from '../../base/error.ts';
import { maskAddress } from '../../base/mask.ts';
import { field } from '../form.ts';
import { drawQr } from '../qr.ts';
import { renderPage } from '../render.ts';
import { type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';
import { signedIn, waitSecondsOf } from './outcome.ts';
import { showPasskey } from './sign-in.tsx';

/** Shows the code that the phone scans, and the number beside it: the one that waits, or a new one. */
export async function showQr(
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  notYet = false,
): Promise<void> {
  const asked = {
    binding: open.uid,
    site: open.site.name,
    userAgent: ctx.get('User-Agent'),
    network: maskAddress(ctx.ip),
    place: deps.places?.find(ctx.ip) ?? null,
    address: deps.hideAddress(ctx.ip),
  };
  try {
    const { handle, matchNumber } = await deps.identity.showQr(asked);
    const { issuer } = deps.provider();
    const qrImage = await drawQr(`${issuer}/my/qr/${handle}`, 'M');
    draw(
      ctx,
      <QrPage
        {...formOf(open)}
        qrImage={qrImage}
        matchNumber={matchNumber}
        eventsHref={open.at('qr/events')}
        notYet={notYet}
      />,
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const waitSeconds = waitSecondsOf(error);
    if (waitSeconds > 0) ctx.set('Retry-After', String(waitSeconds));
    await showPasskey(ctx, deps, open, error);
  }
}

/** Looks what the phone answered, and goes on or says how the code stands; the script sends the same form. */
export async function submitQr(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  if (open.details.prompt.name !== 'login') throw new AppError('form-expired');
  const look = await deps.identity.finishQr(open.uid);
  if (look.state === 'approved') return signedIn(ctx, deps, open, look.signedIn);
  if (look.state === 'waiting') return showQr(ctx, deps, open, true);
  draw(ctx, <QrEndedPage {...formOf(open)} state={look.state} newHref={open.at('qr')} />);
}

const lookMilliseconds = 1000;
/** The browser opens another stream when one ends: none outlives what proxies, or a server that stops, allow. */
const looksAStream = 25;

/** Tells the browser that shows the code, as it happens, that there is something to look at. */
export async function streamQr(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  ctx.set('X-Accel-Buffering', 'no');
  ctx.type = 'text/event-stream';
  ctx.body = Readable.from(changes(deps, open.uid));
}

async function* changes({ identity }: InteractionDeps, binding: string): AsyncGenerator<string> {
  // At once, so that a proxy passes the headers on.
  yield `retry: ${lookMilliseconds}\n\n`;
  for (let look = 0; look < looksAStream; look += 1) {
    const state = await identity.qrState(binding);
    if (state !== 'waiting') return yield `data: ${state}\n\n`;
    await wait(lookMilliseconds);
  }
}

const formOf = (open: OpenInteraction) => ({
  context: { ...open.context, path: open.at('qr') },
  action: open.at('qr'),
  csrf: open.csrf,
  abortAction: open.at('abort'),
  signInHref: open.at(),
});

const draw = (ctx: Context, page: Parameters<typeof renderPage>[0]): void => {
  ctx.type = 'html';
  ctx.body = renderPage(page);
};
