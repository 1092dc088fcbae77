import type { Context } from 'koa';
import { errors, type Provider } from 'oidc-provider';
import type { PageContext } from '../../../views/layout.tsx';
import { AppError } from '../../base/error.ts';
import type { Consent } from '../../consent/index.ts';
import type { Directory } from '../../directory/index.ts';
import type { Identity, MiniPrograms, NetIds } from '../../identity/index.ts';
import {
  type Acting,
  isRegionClient,
  type NetIdUpstream,
  type OtherRegions,
  type Site,
  type SiteStore,
  siteBehind,
} from '../../oidc/index.ts';
import type { NetworkPlaces } from '../../terms/network-places.ts';
import { type PageSettings, pageContext } from '../context.ts';
import type { Csrf } from '../csrf.ts';
import { ErrorAtSite } from '../errors.tsx';
import { allowFormsTo } from '../headers.ts';

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;

export interface InteractionDeps {
  provider(): Provider;
  identity: Identity;
  sites: SiteStore;
  consent: Consent;
  acting: Acting;
  miniPrograms: MiniPrograms;
  netIds: NetIds;
  /** Null where net-ID is not offered. */
  netIdUpstream: NetIdUpstream | null;
  /** Where networks are; null where the region has no table of it. */
  places: NetworkPlaces | null;
  directory: Directory;
  csrf: Csrf;
  settings: PageSettings;
  /** Hides a network address before it becomes part of a key. */
  hideAddress(address: string): string;
  otherRegions: OtherRegions;
  /** Takes a notice that a person signed out at home; false when it is none that counts. */
  takeSignOutNotice(token: string): Promise<boolean>;
  unsafeAnyoneMaySignInAsAnyone: boolean;
  /** Whether a passkey that cannot be copied brings the fourth level in this region. */
  takesHardwareKeys: boolean;
  nowSeconds(): number;
}

/** What it takes to show any step, and to hand its result to the provider. */
export type StepDeps = Pick<InteractionDeps, 'provider' | 'sites' | 'csrf' | 'settings'>;

/** A step of a sign-in that this browser is in the middle of. */
export interface OpenInteraction {
  uid: string;
  details: Details;
  site: Site;
  csrf: string;
  context: PageContext;
  /** Path of the step's page or form, with the site kept in the query. */
  at(step?: string): string;
}

/**
 * Finds the interaction that the path names and the browser's cookie proves, and prepares the page for it.
 * Throws interaction-expired, with the way back to the site when the address still names one.
 */
export async function openInteraction(ctx: Context, deps: StepDeps): Promise<OpenInteraction> {
  const uid = String((ctx as { params?: Record<string, string> }).params?.['uid']);
  const details = await detailsOf(ctx, deps, uid);
  const clientId = String(details.params['client_id']);
  const found = await deps.sites.find(clientId);
  if (found?.enabled === false && isRegionClient(clientId)) throw new AppError('other-region-closed');
  if (found === null || !found.enabled) throw new AppError('interaction-expired');
  const site = siteBehind(found, details.params);
  const at = (step = ''): string =>
    `/interaction/${uid}${step && `/${step}`}?site=${encodeURIComponent(clientId)}`;
  const uiLocales = details.params['ui_locales'];
  const context = pageContext(ctx, deps.settings, {
    path: at(),
    ...(typeof uiLocales === 'string' ? { uiLocales } : {}),
    siteUrl: site.homeUrl,
  });
  allowFormsTo(ctx, String(details.params['redirect_uri'] ?? ''));
  ctx.set('Cache-Control', 'no-store');
  return {
    uid,
    details,
    site,
    csrf: deps.csrf.token(uid),
    context: { ...context, siteName: nameOf(site, context) },
    at,
  };
}

/** Returns the site's name in the page's language. */
export const nameOf = (site: Site, context: PageContext): string => site.name[context.language];

const detailsOf = async (ctx: Context, deps: StepDeps, uid: string): Promise<Details> => {
  try {
    const details = await deps.provider().interactionDetails(ctx.req, ctx.res);
    if (details.uid === uid) return details;
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
  }
  const expired = new AppError('interaction-expired');
  const clientId = ctx.query['site'];
  const site = typeof clientId === 'string' ? await deps.sites.find(clientId) : null;
  if (site === null) throw expired;
  const { language } = pageContext(ctx, deps.settings);
  throw new ErrorAtSite(expired, { siteName: site.name[language], siteUrl: site.homeUrl });
};

/** Hands a step's result to the provider and goes where it says; its policy decides what comes next. */
export async function finishStep(
  ctx: Context,
  deps: Pick<StepDeps, 'provider'>,
  result: Record<string, unknown>,
): Promise<void> {
  const returnTo = await deps.provider().interactionResult(ctx.req, ctx.res, result);
  ctx.status = 303;
  ctx.redirect(returnTo);
}
