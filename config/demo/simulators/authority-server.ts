import { timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa, { type Context, type Middleware } from 'koa';
import { projectRoot } from '../../root.ts';
import { demoNewcomers, demoRegister } from '../newcomers.ts';
import { show } from '../site-routes.ts';
import type { RunningSite } from '../site-server.ts';
import { FacePage, OutboxPage } from './authority-pages.tsx';
import { AuthorityState, type SystemName } from './authority-state.ts';

export interface AuthoritySimulatorOptions {
  /** What an instance has to show. */
  key: string;
  /** 0 takes a free one. */
  port: number;
  host: 'localhost';
}

/** The simulated systems, up. */
export interface AuthoritySimulator extends RunningSite {
  state: AuthorityState;
}

const members = (ctx: Context): Record<string, string> => {
  const body = (ctx.request.body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
};

/**
 * Starts stand-ins for three systems of other authorities on one socket: a gateway for messages, the population register
 * and a face check. They speak the protocol that src/identity/authority asks in, know the demo's people only, and go
 * wrong when they are told to.
 */
export async function startAuthoritySimulator(
  options: AuthoritySimulatorOptions,
): Promise<AuthoritySimulator> {
  const { host, port } = options;
  const state = new AuthorityState();
  const stylesheet = await readFile(join(projectRoot(), 'config', 'demo', 'site.css'), 'utf8');
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const app = new Koa();
  // What was ordered to go wrong is no news.
  app.silent = true;
  app.use(async (ctx, next) => {
    ctx.set({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    await next();
  });
  app.use(bodyParser({ enableTypes: ['form', 'json'], formLimit: '16kb', jsonLimit: '16kb' }));
  app.use(systemRoutes(state, origin, options.key).routes());
  app.use(pageRoutes(state, stylesheet).routes());
  server.on('request', app.callback());
  return {
    url: origin,
    state,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

const isKey = (given: string, key: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(`Bearer ${key}`)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Lets in who shows the key, and does wrong what was ordered. */
const gate =
  (state: AuthorityState, system: SystemName, key: string): Middleware =>
  async (ctx, next) => {
    if (!isKey(ctx.get('authorization'), key)) ctx.throw(401);
    const fault = state.arrive(system);
    // Whoever asks gives up first, or the server is closed.
    if (fault === 'silent') await new Promise((resolve) => ctx.req.socket.once('close', resolve));
    if (fault === 'broken') ctx.throw(503);
    if (fault === 'garbage') ctx.body = '<html>down for maintenance</html>';
    if (fault === null) await next();
  };

const systemRoutes = (state: AuthorityState, origin: string, key: string): Router => {
  const router = new Router();
  router.post('/messages', gate(state, 'messages', key), (ctx) => {
    const { id = '', phone = '', text = '' } = members(ctx);
    state.send({ id, phone, text });
    ctx.body = { accepted: true };
  });
  router.post('/matches', gate(state, 'matches', key), (ctx) => {
    const { id = '', name = '', number = '' } = members(ctx);
    ctx.body = { matches: demoRegister.get(number) === name, reference: `match-${id}` };
  });
  router.post('/sessions', gate(state, 'sessions', key), (ctx) => {
    const { name = '', returnTo = '' } = members(ctx);
    const { session } = state.openSession({ name, returnTo });
    ctx.status = 201;
    ctx.body = { session, address: `${origin}/face/${session}` };
  });
  router.get('/sessions/:session', gate(state, 'sessions', key), (ctx) => {
    const found = state.session(String(ctx['params'].session));
    if (found === null) return ctx.throw(404);
    ctx.body = { state: found.state, reference: found.reference };
  });
  return router;
};

const pageRoutes = (state: AuthorityState, stylesheet: string): Router => {
  const router = new Router();
  router.get('/', (ctx) => show(ctx, OutboxPage({ messages: state.messages(), newcomers: demoNewcomers })));
  router.get('/site.css', (ctx) => {
    ctx.type = 'css';
    ctx.body = stylesheet;
  });
  router.get('/face/:session', (ctx) => {
    const found = state.session(String(ctx['params'].session));
    if (found === null) return ctx.throw(404);
    show(ctx, FacePage(found));
  });
  router.post('/face/:session', (ctx) => {
    const found = state.session(String(ctx['params'].session));
    if (found === null || found.state !== 'open') return ctx.throw(404);
    found.state = members(ctx)['outcome'] === 'passed' ? 'passed' : 'failed';
    ctx.status = 303;
    ctx.redirect(found.returnTo);
  });
  return router;
};
