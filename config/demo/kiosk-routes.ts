import Router from '@koa/router';
import type { Context } from 'koa';
import type { DemoName } from './cities.ts';
import { KioskPage, type KioskVerdict } from './kiosk-page.tsx';
import { languageOf, show } from './site-routes.ts';
import type { SiteLanguage } from './site-text.ts';

/** The machine that checks codes without a network, as the demo is handed it: it answers in words. */
export interface DemoKiosk {
  refresh(language: SiteLanguage): Promise<string[]>;
  check(text: string, language: SiteLanguage): Promise<KioskVerdict>;
}

const longestCode = 8192;

/** Lists the addresses at which a clerk checks codes while the network is down; only the update asks the network. */
export function kioskRoutes(kiosk: DemoKiosk, place: DemoName): Router {
  const router = new Router({ prefix: '/offline' });
  const answer = (ctx: Context, what: { verdict?: KioskVerdict; news?: string[] } = {}): void =>
    show(ctx, KioskPage({ language: languageOf(ctx), place, ...what }));
  router.get('/', (ctx) => {
    const language = languageOf(ctx);
    if (ctx.query['lang'] === language)
      ctx.cookies.set('site_language', language, { httpOnly: true, sameSite: 'lax', path: '/' });
    answer(ctx);
  });
  router.post('/check', async (ctx) => {
    const { code } = (ctx.request.body ?? {}) as Record<string, unknown>;
    const text = typeof code === 'string' ? code.slice(0, longestCode) : '';
    answer(ctx, { verdict: await kiosk.check(text, languageOf(ctx)) });
  });
  router.post('/update', async (ctx) => answer(ctx, { news: await kiosk.refresh(languageOf(ctx)) }));
  return router;
}
