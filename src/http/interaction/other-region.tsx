import type { Context } from 'koa';
import {
  OtherRegionDonePage,
  OtherRegionPage,
  type ShownRegion,
} from '../../../views/interaction/other-region.tsx';
import { AppError } from '../../base/error.ts';
import type { HomeRegion } from '../../oidc/index.ts';
import { acrOf } from '../../terms/assurance.ts';
import { parseRegionSignInCode } from '../../terms/region-sign-in-code.ts';
import type { PageSettings } from '../context.ts';
import { field } from '../form.ts';
import { contentSecurityPolicy } from '../headers.ts';
import { renderPage } from '../render.ts';
import { type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';

/** More are found by name. */
const mostShown = 30;
const cookieMilliseconds = 365 * 86_400_000;

const cookieName = ({ secureCookies }: PageSettings): string =>
  secureCookies ? '__Host-yihao_region' : 'yihao_region';

const signingIn = async (ctx: Context, deps: InteractionDeps): Promise<OpenInteraction> => {
  const open = await openInteraction(ctx, deps);
  if (open.details.prompt.name !== 'login') throw new AppError('form-expired');
  return open;
};

/** What a page says beside the regions: what was looked for, or why the person is here again. */
interface Shown {
  query?: string;
  refused?: { error: AppError; home: string | null };
}

/** Shows the regions whose citizens can sign in at the site, the one chosen last first. */
export async function showOtherRegion(
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  { query = '', refused }: Shown = {},
): Promise<void> {
  const all = await deps.otherRegions.list(open.site, open.details.params);
  const closed = await deps.otherRegions.listClosed(open.site, open.details.params);
  const found = arranged(all, query, ctx.cookies.get(cookieName(deps.settings)));
  // A form's redirects are held to this list too, and the first one leads to the home region.
  const origins = all.map(({ entityId }) => new URL(entityId).origin);
  ctx.set('Content-Security-Policy', contentSecurityPolicy(origins));
  ctx.status = refused?.error.status ?? 200;
  ctx.type = 'html';
  ctx.body = renderPage(
    <OtherRegionPage
      context={{ ...open.context, path: open.at('other-region') }}
      action={open.at('other-region')}
      csrf={open.csrf}
      query={query}
      regions={found.slice(0, mostShown)}
      hasMore={found.length > mostShown}
      closed={closed.map(({ regionCode, name, closing }) => ({ regionCode, name, closing }))}
      signInHref={open.at()}
      {...(refused === undefined ? {} : { error: refused.error.text(open.context.language) })}
      {...(refused?.error.code === 'other-region-level' && refused.home !== null
        ? { raiseHref: `${refused.home}/my/level` }
        : {})}
    />,
  );
}

const arranged = (all: readonly HomeRegion[], query: string, last: string | undefined): ShownRegion[] =>
  all
    .filter(({ name, regionCode }) => name.includes(query) || regionCode.startsWith(query))
    .map(({ regionCode, name }) => ({ regionCode, name, isLast: regionCode === last }))
    .sort((a, b) => Number(b.isLast) - Number(a.isLast) || a.regionCode.localeCompare(b.regionCode));

/**
 * Takes the choice, or the code of a region, and sends the person home; what fails there leaves the choice, and the other
 * ways, on the page.
 */
export async function submitOtherRegion(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await signingIn(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  const typed = field(ctx, 'q').normalize('NFKC').trim();
  const code = parseRegionSignInCode(typed);
  if (field(ctx, 'region') === '' && code === null) return search(ctx, deps, open, typed);
  const { uid, site, details } = open;
  const all = await deps.otherRegions.list(site, details.params);
  const chosen = all.find(({ entityId, regionCode }) =>
    code === null
      ? regionCode === field(ctx, 'region')
      : regionCode === code.regionCode && entityId === code.entityId,
  );
  await orShow(ctx, deps, open, chosen?.entityId ?? null, async () => {
    if (chosen === undefined) throw new AppError('other-region-closed');
    const { entityId, regionCode } = chosen;
    const address = await deps.otherRegions.begin({ uid, site, params: details.params, entityId });
    ctx.cookies.set(cookieName(deps.settings), regionCode, {
      maxAge: cookieMilliseconds,
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      signed: false,
      secure: deps.settings.secureCookies,
    });
    ctx.status = 303;
    ctx.redirect(address);
  });
}

/** A region's own code has six digits; what has more in a row is the number of a person, a document or a telephone. */
const personalNumber = /\d{7,}/;
const longestQuery = 40;

/** Looks for a region. A number of a person is refused, and neither kept nor shown again. */
const search = async (
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  typed: string,
): Promise<void> => {
  if (!personalNumber.test(typed.replace(/[\s-]/g, '')))
    return showOtherRegion(ctx, deps, open, { query: typed.slice(0, longestQuery) });
  const error = new AppError('region-number-typed');
  return showOtherRegion(ctx, deps, open, { refused: { error, home: null } });
};

/** Takes the person back from home, with what the home region vouches for or why it does not. */
export async function returnFromHome(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await signingIn(ctx, deps);
  const answer = new URLSearchParams(ctx.querystring);
  const waiting = await deps.otherRegions.find(answer.get('state') ?? '');
  await orShow(ctx, deps, open, waiting?.entityId ?? null, async () => {
    const { signIn, authTime, visit } = await deps.otherRegions.finish(open.uid, answer);
    const { accountId, amr, assurance, linkedTo } = await deps.identity.signInLinked(signIn);
    const login = { accountId, amr, acr: acrOf(assurance), ts: authTime, remember: false };
    const result = { login, guest: visit, switchAccount: false };
    const returnTo = await deps.provider().interactionResult(ctx.req, ctx.res, result);
    const regions = await deps.otherRegions.list(open.site, open.details.params);
    const region =
      regions.find(({ regionCode }) => regionCode === visit.homeRegion)?.name ?? visit.homeRegion;
    if (linkedTo !== null)
      await deps.consent.addNotice({ accountId: linkedTo, kind: 'region-linked', values: { region } });
    // A page ends the redirects that began with the form at home: that form may not lead to the site here.
    ctx.set('Refresh', `0; url=${returnTo}`);
    ctx.type = 'html';
    ctx.body = renderPage(
      <OtherRegionDonePage context={open.context} region={region} continueHref={returnTo} />,
    );
  });
}

const orShow = async (
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  home: string | null,
  act: () => Promise<void>,
): Promise<void> => {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await showOtherRegion(ctx, deps, open, { refused: { error, home } });
  }
};
