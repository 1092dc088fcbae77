import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import { projectRoot } from '../../root.ts';
import { show } from '../site-routes.ts';
import type { RunningSite } from '../site-server.ts';
import { NetIdConfirmPage, NetIdFaultPage } from './net-id-page.tsx';
import { type NetIdClientRegistration, NetIdSimulator, netIdFaults } from './net-id-provider.ts';

export interface NetIdSimulatorOptions extends NetIdClientRegistration {
  /** 0 takes a free one. */
  port: number;
  host: 'localhost';
}

/** The simulated service, up. */
export interface RunningNetId extends RunningSite {
  service: NetIdSimulator;
}

/** Starts the stand-in for the net-ID service: its endpoints, the page where a person confirms, and one that orders faults. */
export async function startNetIdSimulator(options: NetIdSimulatorOptions): Promise<RunningNetId> {
  const { host, port, ...client } = options;
  const stylesheet = await readFile(join(projectRoot(), 'config', 'demo', 'site.css'), 'utf8');
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  const service = new NetIdSimulator(url, client);
  const app = new Koa();
  // What was ordered to go wrong is no news.
  app.silent = true;
  app.use(bodyParser({ enableTypes: ['form'], formLimit: '16kb' }));
  app.use(endpoints(service).routes());
  app.use(pages(service, stylesheet).routes());
  server.on('request', app.callback());
  return {
    url,
    service,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

const formOf = (ctx: Context): Record<string, string> => (ctx.request.body ?? {}) as Record<string, string>;

/** What Yihao calls: down or slow when that was ordered. */
const endpoints = (service: NetIdSimulator): Router => {
  const router = new Router();
  router.use(async (ctx, next) => {
    // Whoever asks gives up first, or the server is closed.
    if (service.fault === 'slow') await new Promise((resolve) => ctx.req.socket.once('close', resolve));
    if (service.fault === 'down') ctx.throw(503);
    await next();
  });
  router.get('/.well-known/openid-configuration', (ctx) => {
    ctx.body = service.metadata();
  });
  router.get('/jwks', async (ctx) => {
    ctx.body = await service.keySet();
  });
  router.post('/token', async (ctx) => {
    const tokens = await service.redeem(formOf(ctx));
    ctx.status = tokens === null ? 400 : 200;
    ctx.body = tokens ?? { error: 'invalid_grant' };
  });
  return router;
};

/** What people see. */
const pages = (service: NetIdSimulator, stylesheet: string): Router => {
  const router = new Router();
  router.get('/site.css', (ctx) => {
    ctx.type = 'css';
    ctx.body = stylesheet;
  });
  router.get('/authorize', (ctx) => {
    if (service.read(ctx.query as Record<string, string>) === null) ctx.throw(400);
    show(ctx, NetIdConfirmPage({ query: ctx.querystring }));
  });
  router.post('/authorize', (ctx) => {
    const request = service.read(ctx.query as Record<string, string>);
    if (request === null) return ctx.throw(400);
    const { decision, person, as } = formOf(ctx);
    const said = {
      person: Number(person),
      as: as === 'password' ? ('password' as const) : ('face' as const),
    };
    ctx.status = 303;
    ctx.redirect(service.answer(request, decision === 'confirm' ? said : null));
  });
  router.get('/', (ctx) => show(ctx, NetIdFaultPage(service)));
  router.post('/', (ctx) => {
    service.fault = netIdFaults.find((fault) => fault === formOf(ctx)['fault']) ?? null;
    ctx.status = 303;
    ctx.redirect('/');
  });
  return router;
};
