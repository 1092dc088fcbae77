import type { Context } from 'koa';
import type { VNode } from 'preact';
import {
  DeviceAnsweredPage,
  DeviceConfirmPage,
  DeviceEnterPage,
} from '../../../views/interaction/device.tsx';
import type { PageContext } from '../../../views/layout.tsx';
import { type DevicePage, placeOf, type Site, type SiteStore } from '../../oidc/index.ts';
import { type PageSettings, pageContext } from '../context.ts';
import { renderPage } from '../render.ts';

const action = '/device';

/** Draws a step of a sign-in at a kiosk; each is shown again, by GET, where the code is entered. */
export async function showDevicePage(
  ctx: Context,
  { settings, sites }: { settings: PageSettings; sites: SiteStore },
  page: DevicePage,
): Promise<void> {
  const site = 'clientId' in page ? await sites.find(page.clientId) : null;
  const path =
    page.kind === 'confirm' ? `${action}?${new URLSearchParams({ user_code: page.code })}` : action;
  const { language } = pageContext(ctx, settings);
  const context = pageContext(ctx, settings, { path, ...(site && { siteName: site.name[language] }) });
  ctx.set('Cache-Control', 'no-store');
  if (page.kind === 'enter' && page.waitSeconds !== undefined) {
    ctx.status = 429;
    ctx.set('Retry-After', String(page.waitSeconds));
  }
  ctx.type = 'html';
  ctx.body = renderPage(drawn(page, context, site));
}

const drawn = (page: DevicePage, context: PageContext, site: Site | null): VNode => {
  if (page.kind === 'done' || page.kind === 'refused')
    return <DeviceAnsweredPage context={context} answer={page.kind} />;
  const { xsrf, code } = page;
  if (page.kind === 'enter') {
    const waitMinutes = Math.ceil((page.waitSeconds ?? 0) / 60);
    return (
      <DeviceEnterPage
        context={context}
        action={action}
        xsrf={xsrf}
        code={code}
        fault={page.fault}
        waitMinutes={waitMinutes}
      />
    );
  }
  return (
    <DeviceConfirmPage
      context={context}
      action={action}
      xsrf={xsrf}
      code={code}
      place={(site && placeOf(site)?.[context.language]) ?? ''}
      department={site?.department ?? ''}
      purpose={site?.purpose ?? ''}
    />
  );
};
