import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import type { Middleware } from 'koa';
import { AppError } from '../../base/error.ts';
import { readOrder } from './faults.ts';
import type { Journal } from './journal.ts';
import type { Orders } from './orders.ts';

export interface ControlDeps {
  issuer: string;
  orders: Orders;
  journal: Journal;
}

const loopback = /^(?:::ffff:)?127\.|^::1$/;

/** Lets in programs on this computer: no page in a browser, and no name that leads here. Throws simulator-local-only. */
const fromHere = (issuer: string): Middleware => {
  const { host, port } = new URL(issuer);
  const hosts = [host, ...['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`)];
  return async (ctx, next) => {
    // Programs read what is refused as they read the rest.
    ctx.req.headers.accept = 'application/json';
    const isHere = loopback.test(ctx.req.socket.remoteAddress ?? '') && hosts.includes(ctx.host);
    if (!isHere || ctx.get('origin') !== '') throw new AppError('simulator-local-only');
    await next();
  };
};

const readJson = bodyParser({
  enableTypes: ['json'],
  jsonLimit: '16kb',
  onError: (cause) => {
    throw new AppError('simulator-order-malformed', { reason: 'the body is no JSON' }, { cause });
  },
});

/** Routes what orders failures and tells what happened: `/simulate`, `/simulate/next`, `/simulate/reset`. */
export function createControlRoutes({ issuer, orders, journal }: ControlDeps): Router {
  const state = () => ({
    simulator: true,
    issuer,
    ordered: orders.list(),
    happened: journal.happened(),
    figures: journal.figures(),
  });
  const router = new Router();
  router.get('/simulate', fromHere(issuer), (ctx) => {
    ctx.body = state();
  });
  router.post('/simulate/next', fromHere(issuer), readJson, (ctx) => {
    orders.add(readOrder(ctx.request.body));
    ctx.status = 201;
    ctx.body = { ordered: orders.list() };
  });
  router.post('/simulate/reset', fromHere(issuer), (ctx) => {
    orders.reset();
    journal.reset();
    ctx.body = state();
  });
  return router;
}
