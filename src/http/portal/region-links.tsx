import type { Context } from 'koa';
import { RegionCodePage } from '../../../views/portal/region-code.tsx';
import {
  LinkRegionPage,
  RegionLinksPage,
  type RegionLinksPageProps,
  UnlinkRegionPage,
} from '../../../views/portal/region-links.tsx';
import { AppError } from '../../base/error.ts';
import type { RegionLink } from '../../identity/index.ts';
import { linkingSiteOf } from '../../oidc/index.ts';
import { levelOf } from '../../terms/assurance.ts';
import { formatRegionSignInCode } from '../../terms/region-sign-in-code.ts';
import { field } from '../form.ts';
import { contentSecurityPolicy } from '../headers.ts';
import { seeOther, showPage } from '../page.ts';
import { drawQr } from '../qr.ts';
import type { PortalDeps } from './deps.ts';
import type { PortalPage, Visit } from './visit.ts';

const listPath = '/my/regions';
const linkPath = `${listPath}/link`;
const codePath = `${listPath}/code`;
const unlinkPathOf = (guestId: string): string => `${listPath}/${guestId}/unlink`;

const newsOf = ({ query: { news } }: Context): { news?: RegionLinksPageProps['news'] } =>
  news === 'linked' || news === 'unlinked' ? { news } : {};

const nameOf = async ({ recognition }: PortalDeps, { issuer }: Pick<RegionLink, 'issuer'>): Promise<string> =>
  (await recognition.findPeer(issuer))?.name ?? new URL(issuer).host;

/** Lists the person's identities of other regions. */
export const showRegionLinks: PortalPage = async (ctx, deps, { accountId }) => {
  const links = await Promise.all(
    (await deps.identity.listRegionLinks(accountId)).map(async (link) => ({
      region: await nameOf(deps, link),
      since: link.since,
      by: link.by,
      lastSignInAt: link.lastSignInAt,
      unlinkHref: unlinkPathOf(link.guestId),
    })),
  );
  showPage(ctx, deps, (context) => (
    <RegionLinksPage
      context={context}
      links={links}
      linkHref={linkPath}
      codeHref={codePath}
      {...newsOf(ctx)}
    />
  ));
};

const assuranceOf = ({ acr }: Visit) => levelOf(acr ?? '') ?? 1;

/** Of a person the home region is asked for nothing but that they sign in, and do so now. */
const asked = { scope: 'openid', prompt: 'login' };

const linkingAt = async (deps: PortalDeps) => {
  const site = linkingSiteOf(deps.issuer, deps.settings.regionName);
  return { site, regions: await deps.otherRegions.list(site, asked) };
};

const drawLink = async (ctx: Context, deps: PortalDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const { regions } = await linkingAt(deps);
  // A form's redirects are held to this list too, and the first one leads to the home region.
  const origins = regions.map(({ entityId }) => new URL(entityId).origin);
  ctx.set('Content-Security-Policy', contentSecurityPolicy(origins));
  ctx.status = refusal?.status ?? 200;
  showPage(
    ctx,
    deps,
    (context) => (
      <LinkRegionPage
        context={context}
        csrf={visit.csrf}
        action={linkPath}
        backHref={listPath}
        regions={regions}
        isSure={assuranceOf(visit) >= 2}
        {...(refusal && { error: refusal.text(context.language) })}
      />
    ),
    linkPath,
  );
};

/** Shows the regions that have agreed to the linking of accounts. */
export const showLinkRegion: PortalPage = (ctx, deps, visit) => drawLink(ctx, deps, visit);

const orDrawLink = async (
  ctx: Context,
  deps: PortalDeps,
  visit: Visit,
  act: () => Promise<void>,
): Promise<void> => {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await drawLink(ctx, deps, visit, error);
  }
};

/** Sends the person to sign in at the region chosen; the answer counts in this visit only. */
export const beginLink: PortalPage = (ctx, deps, visit) =>
  orDrawLink(ctx, deps, visit, async () => {
    const { site, regions } = await linkingAt(deps);
    const chosen = regions.find(({ regionCode }) => regionCode === field(ctx, 'region'));
    if (chosen === undefined) throw new AppError('other-region-closed');
    if (assuranceOf(visit) < 2) throw new AppError('region-link-level');
    const { entityId } = chosen;
    seeOther(ctx, await deps.otherRegions.begin({ uid: visit.binding, site, params: asked, entityId }));
  });

/** Takes the person back from home and links the identity they signed in with there. */
export const finishLink: PortalPage = (ctx, deps, visit) =>
  orDrawLink(ctx, deps, visit, async () => {
    const { accountId } = visit;
    const answer = new URLSearchParams(ctx.querystring);
    const { signIn } = await deps.otherRegions.finish(visit.binding, answer);
    await deps.identity.linkRegion({ accountId, assurance: assuranceOf(visit), signIn });
    const values = { region: await nameOf(deps, signIn) };
    await deps.consent.addNotice({ accountId, kind: 'region-linked', values });
    seeOther(ctx, `${listPath}?news=linked`);
  });

const idOf = (ctx: Context): string => String((ctx as { params?: { id?: string } }).params?.id);

const linkOf = async (ctx: Context, deps: PortalDeps, { accountId }: Visit): Promise<RegionLink> => {
  const links = await deps.identity.listRegionLinks(accountId);
  const link = links.find(({ guestId }) => guestId === idOf(ctx));
  if (link === undefined) throw new AppError('region-link-missing');
  return link;
};

/** Asks once whether an identity shall be unlinked. */
export const showUnlink: PortalPage = async (ctx, deps, visit) => {
  const link = await linkOf(ctx, deps, visit);
  const { csrf } = visit;
  const region = await nameOf(deps, link);
  const action = unlinkPathOf(link.guestId);
  showPage(ctx, deps, (context) => (
    <UnlinkRegionPage context={context} csrf={csrf} action={action} backHref={listPath} region={region} />
  ));
};

/** Unlinks an identity; its account as a guest stays as it is. */
export const unlinkRegion: PortalPage = async (ctx, deps, visit) => {
  const { accountId } = visit;
  const link = await linkOf(ctx, deps, visit);
  await deps.identity.unlinkRegion({ accountId, guestId: link.guestId });
  const values = { region: await nameOf(deps, link) };
  await deps.consent.addNotice({ accountId, kind: 'region-unlinked', values });
  seeOther(ctx, `${listPath}?news=unlinked`);
};

/** Shows the code by which another region's sign-in page finds this region. */
export const showRegionCode: PortalPage = async (ctx, deps) => {
  const code = formatRegionSignInCode({ entityId: deps.issuer, regionCode: deps.regionCode });
  const qrImage = await drawQr(code, 'M');
  showPage(ctx, deps, (context) => (
    <RegionCodePage context={context} qrImage={qrImage} code={code} backHref={listPath} />
  ));
};
