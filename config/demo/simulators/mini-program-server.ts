import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import type { JWK } from 'jose';
import Koa, { type Context } from 'koa';
import { projectRoot } from '../../root.ts';
import { createMiniProgramClient, type MiniProgramClient } from '../mini-program-client.ts';
import { show } from '../site-routes.ts';
import type { RunningSite } from '../site-server.ts';
import { MiniProgramScreenPage } from './mini-program-page.tsx';
import { MiniProgramPlatformSimulator, type PlatformUser, platformUsers } from './mini-program-platform.ts';

export interface MiniProgramSimulatorOptions {
  issuer: string;
  clientId: string;
  privateJwk: JWK;
  appId: string;
  secret: string;
  /** 0 takes a free one. */
  port: number;
  host: 'localhost';
}

/** The platform and the telephone with the mini-program on it, up. */
export interface MiniProgramSimulator extends RunningSite {
  platform: MiniProgramPlatformSimulator;
}

/** Starts the stand-in for the platform, and the sample mini-program as a page, on one socket. */
export async function startMiniProgramSimulator(
  options: MiniProgramSimulatorOptions,
): Promise<MiniProgramSimulator> {
  const { appId, secret, host, port, ...rest } = options;
  const platform = new MiniProgramPlatformSimulator({ appId, secret });
  const stylesheet = await readFile(join(projectRoot(), 'config', 'demo', 'site.css'), 'utf8');
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const client = createMiniProgramClient({ ...rest, origin, scope: 'openid name' });
  const app = new Koa();
  app.silent = true;
  app.use(bodyParser({ enableTypes: ['form'], formLimit: '4kb' }));
  app.use(routesOf(platform, client, { origin, stylesheet }).routes());
  server.on('request', app.callback());
  return {
    url: origin,
    platform,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

const field = (ctx: Context, name: string): string =>
  String(((ctx.request.body ?? {}) as Record<string, unknown>)[name] ?? '');

const userOf = (ctx: Context): PlatformUser =>
  platformUsers.find((user) => user === field(ctx, 'user')) ?? platformUsers[0];

const routesOf = (
  platform: MiniProgramPlatformSimulator,
  client: MiniProgramClient,
  { origin, stylesheet }: { origin: string; stylesheet: string },
): Router => {
  const router = new Router();
  const trying = async (ctx: Context, act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      const message = error instanceof Error ? error.message : '';
      show(ctx, MiniProgramScreenPage({ person: null, message }), 400);
    }
  };
  router.get('/sns/jscode2session', (ctx) => {
    const asked = (name: string): string => String(ctx.query[name] ?? '');
    const question = { appid: asked('appid'), secret: asked('secret'), js_code: asked('js_code') };
    ctx.body = platform.exchange(question);
  });
  router.get('/site.css', (ctx) => {
    ctx.type = 'css';
    ctx.body = stylesheet;
  });
  router.get('/', (ctx) => show(ctx, MiniProgramScreenPage({ person: null, message: null })));
  router.post('/sign-in', (ctx) =>
    trying(ctx, async () => {
      const address = await client.begin(platform.login(userOf(ctx)));
      ctx.status = 303;
      ctx.redirect(address.href);
    }),
  );
  router.post('/bind', (ctx) =>
    trying(ctx, async () => {
      await client.bind(platform.login(userOf(ctx)), field(ctx, 'link_code'));
      show(ctx, MiniProgramScreenPage({ person: null, message: '已关联。 Linked.' }));
    }),
  );
  router.get('/callback', (ctx) =>
    trying(ctx, async () => {
      const person = await client.finish(new URL(ctx.url, origin));
      show(ctx, MiniProgramScreenPage({ person, message: null }));
    }),
  );
  return router;
};
