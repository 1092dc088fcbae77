import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import type { JWK } from 'jose';
import Koa, { type Context } from 'koa';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { projectRoot } from '../root.ts';
import { cityB, type DemoCity } from './cities.ts';
import { agentPingPath, agentRoutes, clerkRoutes } from './clerk-routes.tsx';
import { createCounterClient } from './counter-client.ts';
import { AskEndPage, EndedPage, ScannedPage, ScanPage } from './counter-pages.tsx';
import { createCounterSignals } from './counter-signals.ts';
import { CallRefused } from './department-caller.ts';
import { type DemoKiosk, kioskRoutes } from './kiosk-routes.ts';
import { show } from './site-routes.ts';
import type { RunningSite } from './site-server.ts';
import { type DemoTerminal, terminalRoutes } from './terminal-routes.ts';

export interface DemoCounterOptions {
  issuer: string;
  clientId: string;
  privateJwk: JWK;
  /** 0 takes a free one. */
  port: number;
  host: 'localhost';
  clock?: Clock;
  /** Whose counter it is; without it, that of the city where the people are at home. */
  city?: DemoCity;
  /** Whether it also takes codes of regions that an agreement stands with. */
  asksOtherRegions?: boolean;
  /** Checks codes while the network is down; without one there is no page for it. */
  kiosk?: DemoKiosk;
  /** The self-service terminal beside the counter; without one there is none. */
  terminal?: DemoTerminal;
  /** Who the counter is where it asks people to confirm on their own phone; without it, it does not. */
  clerk?: DemoTerminal;
  /** The same of a village agent, whose place is served beside; without it there is none. */
  agent?: DemoTerminal;
}

/** Where the counter is told what happened to certificates. */
export const signalsPath = '/signals';

/** What a machine calls comes from no form. */
const machinePaths = new Set([signalsPath, agentPingPath]);

const shanghaiOffsetMilliseconds = 8 * 3_600_000;

const field = (ctx: Context, name: string): string => {
  const value = ((ctx.request.body ?? {}) as Record<string, unknown>)[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** A form from another site must not act in the clerk's name; the browser says where a form comes from. */
const isOwnForm = (ctx: Context, origin: string): boolean => ctx.get('origin') === origin;

/** Starts a service counter (政务服务窗口): a department's machine that scans what citizens show. */
export async function startDemoCounter(options: DemoCounterOptions): Promise<RunningSite> {
  const { host, port, issuer, city = cityB } = options;
  const place = city.counter;
  const clock = options.clock ?? systemClock;
  const stylesheet = await readFile(join(projectRoot(), 'config', 'demo', 'site.css'), 'utf8');
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const client = createCounterClient({ ...options, city });
  const signals = createCounterSignals(options);
  const offered = () => ({ heard: signals.newest(), hasKiosk: options.kiosk !== undefined });
  const refused = (ctx: Context, error: unknown): void => {
    const problem =
      error instanceof CallRefused
        ? { text: error.detail, trace: error.traceCode }
        : { text: '暂时联系不上一号，请稍后重试。', trace: '-' };
    show(ctx, ScanPage({ place: place.zh, problem, ...offered() }), 400);
  };
  const router = new Router();
  router.get('/', (ctx) => show(ctx, ScanPage({ place: place.zh, problem: null, ...offered() })));
  router.get('/site.css', (ctx) => {
    ctx.type = 'css';
    ctx.body = stylesheet;
  });
  router.post('/scan', async (ctx) => {
    try {
      show(ctx, ScannedPage({ place: place.zh, shown: await client.scan(field(ctx, 'code')) }));
    } catch (error) {
      refused(ctx, error);
    }
  });
  router.post('/end', (ctx) =>
    show(
      ctx,
      AskEndPage({ place: place.zh, identifier: field(ctx, 'identifier'), what: field(ctx, 'what') }),
    ),
  );
  router.post('/end/confirmed', async (ctx) => {
    const today = new Date(clock.now().getTime() + shanghaiOffsetMilliseconds).toISOString().slice(0, 10);
    try {
      await client.end(field(ctx, 'identifier'), today);
      show(ctx, EndedPage({ place: place.zh }));
    } catch (error) {
      refused(ctx, error);
    }
  });
  router.post(signalsPath, async (ctx) => {
    const { status, ...answer } = await signals.take(String(ctx.request.body ?? ''));
    ctx.status = status;
    ctx.body = 'body' in answer ? answer.body : '';
  });
  const app = new Koa();
  app.use(async (ctx, next) => {
    ctx.set({
      'content-security-policy': `default-src 'none'; style-src 'self'; img-src ${issuer} data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    const isForm = ctx.method === 'POST' && !machinePaths.has(ctx.path);
    if (isForm && !isOwnForm(ctx, origin)) ctx.throw(403);
    await next();
  });
  app.use(
    bodyParser({
      enableTypes: ['form', 'text', 'json'],
      extendTypes: { text: ['application/secevent+jwt'] },
      formLimit: '16kb',
      textLimit: '16kb',
      jsonLimit: '16kb',
    }),
  );
  app.use(router.routes());
  if (options.kiosk) app.use(kioskRoutes(options.kiosk, place).routes());
  if (options.clerk) app.use(clerkRoutes(options.clerk, { issuer }).routes());
  if (options.agent) app.use(agentRoutes(options.agent, { issuer }).routes());
  if (options.terminal) app.use(terminalRoutes(options.terminal, { issuer, origin }).routes());
  server.on('request', app.callback());
  return {
    url: origin,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
