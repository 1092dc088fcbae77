import type { Middleware } from 'koa';
import { ReceiptsPage } from '../../views/receipts.tsx';
import { receiptCookie, receiptsPath, type Sessions, type SiteStore } from '../oidc/index.ts';
import { type PageSettings, pageContext } from './context.ts';
import { renderPage } from './render.ts';

/** What the page at the end of a session works with. */
export interface SignedOutDeps {
  sessions: Pick<Sessions, 'receiptsOf'>;
  sites: SiteStore;
  settings: PageSettings;
  issuer: string;
}

const plausible = /^[\w-]{16,64}$/;

/** Shows which sites heard of the last sign-out of this browser, to the browser that made it and nobody else. */
export const showSignedOut =
  ({ sessions, sites, settings, issuer }: SignedOutDeps): Middleware =>
  async (ctx, next) => {
    if (ctx.path !== receiptsPath || !['GET', 'HEAD'].includes(ctx.method)) return next();
    ctx.set('Cache-Control', 'no-store');
    const handle = ctx.cookies.get(receiptCookie(issuer).name) ?? '';
    const receipts = plausible.test(handle) ? ((await sessions.receiptsOf(handle)) ?? []) : [];
    const named = await Promise.all(
      receipts.map(async (receipt) => ({ receipt, site: await sites.find(receipt.clientId) })),
    );
    const context = pageContext(ctx, settings);
    ctx.type = 'html';
    ctx.body = renderPage(
      <ReceiptsPage
        context={context}
        isSignedOut
        backHref="/"
        receipts={named.map(({ receipt, site }) => ({
          ...receipt,
          site: site?.name[context.language] ?? receipt.clientId,
        }))}
      />,
    );
  };
