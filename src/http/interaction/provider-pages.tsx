import type { Context } from 'koa';
import { SignOutPage } from '../../../views/sign-out.tsx';
import { SignedOutPage } from '../../../views/signed-out.tsx';
import { AppError, type ErrorCode } from '../../base/error.ts';
import { isRegionClient, type ProviderPages, type SiteStore } from '../../oidc/index.ts';
import { type PageSettings, pageContext } from '../context.ts';
import { drawError, ErrorAtSite } from '../errors.tsx';
import { allowFormsTo } from '../headers.ts';
import type { Log } from '../log.ts';
import { renderPage } from '../render.ts';
import { showDevicePage } from './device.tsx';

const codeOf: Record<string, ErrorCode> = {
  invalid_client: 'site-unknown',
  invalid_redirect_uri: 'site-address-mismatch',
  invalid_request: 'site-request-invalid',
  server_error: 'internal',
};

/** Draws the provider's own pages in the look of the rest. */
export function createProviderPages(deps: {
  settings: PageSettings;
  sites: SiteStore;
  log: Log;
}): ProviderPages {
  const { settings, sites, log } = deps;
  const siteOf = async (clientId: string | undefined) =>
    clientId === undefined ? null : sites.find(clientId);
  return {
    async error(koaContext, { error, description, traceCode }, cause) {
      const ctx = koaContext as unknown as Context;
      const asked = String(koaContext.oidc?.params?.['client_id'] ?? '');
      // Another region is gone as a client while no agreement stands with it.
      const isClosed = isRegionClient(asked) && (await siteOf(asked))?.enabled === false;
      const refusal = isClosed
        ? new AppError('other-region-closed', {}, { cause })
        : refusalOf(error, description, cause);
      const site = await siteOf(koaContext.oidc?.client?.clientId).catch(() => null);
      const { language } = pageContext(ctx, settings);
      const wayBack = site && { siteName: site.name[language], siteUrl: site.homeUrl };
      drawError(ctx, settings, log, wayBack ? new ErrorAtSite(refusal, wayBack) : refusal, traceCode);
    },
    async signOut(koaContext, { action, xsrf, returnTo }) {
      const ctx = koaContext as unknown as Context;
      allowFormsTo(ctx, returnTo);
      const context = pageContext(ctx, settings, { path: koaContext.originalUrl });
      ctx.body = renderPage(<SignOutPage context={context} action={new URL(action).pathname} xsrf={xsrf} />);
    },
    device: (koaContext, page) => showDevicePage(koaContext as unknown as Context, { settings, sites }, page),
    async signedOut(koaContext) {
      const ctx = koaContext as unknown as Context;
      const site = await siteOf(koaContext.oidc.client?.clientId);
      const { language } = pageContext(ctx, settings);
      const siteName = site?.name[language];
      const context = pageContext(ctx, settings, { path: ctx.url, ...(siteName && { siteName }) });
      ctx.type = 'html';
      ctx.body = renderPage(
        <SignedOutPage context={context} {...(site ? { backHref: site.homeUrl } : {})} />,
      );
    },
  };
}

const refusalOf = (error: string, description: string | undefined, cause: Error): AppError => {
  if (cause.name === 'SessionNotFound') return new AppError('interaction-expired', {}, { cause });
  if (/redirect_uri/.test(description ?? '')) return new AppError('site-address-mismatch', {}, { cause });
  const code = codeOf[error] ?? 'site-request-invalid';
  const reason = description === undefined ? error : `${error}: ${description}`;
  return new AppError(code, code === 'site-request-invalid' ? { reason } : {}, { cause });
};
