import Router from '@koa/router';
import type { JWK } from 'jose';
import { publicKeyOf } from './keys.ts';
import { languageOf, show } from './site-routes.ts';
import { createTerminal } from './terminal-client.ts';
import { TerminalPage } from './terminal-page.tsx';

/** Who a terminal is at Yihao. */
export interface DemoTerminal {
  clientId: string;
  privateJwk: JWK;
}

/** Where a terminal shows Yihao its public key. */
export const terminalKeysPath = '/terminal/jwks';

const scope = 'openid name';

/** Lists the addresses of the terminal's screen; each look asks Yihao once whether the person has answered. */
export function terminalRoutes(
  { clientId, privateJwk }: DemoTerminal,
  { issuer, origin }: { issuer: string; origin: string },
): Router {
  const terminal = createTerminal({ issuer, clientId, privateJwk, scope, origin });
  const router = new Router();
  router.get(terminalKeysPath, (ctx) => {
    ctx.body = { keys: [publicKeyOf(privateJwk)] };
  });
  router.get('/terminal', async (ctx) => {
    const language = languageOf(ctx);
    if (ctx.query['lang'] === language)
      ctx.cookies.set('site_language', language, { httpOnly: true, sameSite: 'lax', path: '/' });
    show(ctx, TerminalPage({ language, screen: await terminal.look() }));
  });
  router.post('/terminal/start', async (ctx) => {
    await terminal.start();
    ctx.redirect('/terminal');
  });
  router.post('/terminal/leave', async (ctx) => {
    await terminal.leave();
    ctx.redirect('/terminal');
  });
  return router;
}
