/**
 * The simulator: a stand-in for tests, in front of a whole instance. Owns what an instance does not do: it signs people
 * in by itself, lets clients in that nobody registered, and fails in the ways that are ordered. It owns no protocol: what
 * it does not break is answered by the instance behind it. No other edge knows it, and only its command loads it. Control
 * leaves by the instance's own request listener.
 */
import type { KeyObject } from 'node:crypto';
import type { RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import Koa, { type Context, type Middleware } from 'koa';
import type { Clock } from '../../base/clock.ts';
import { providerPaths, type SiteStore } from '../../oidc/index.ts';
import { catchErrors } from '../errors.tsx';
import { securityHeaders } from '../headers.ts';
import type { StepDeps } from '../interaction/open.ts';
import type { Log } from '../log.ts';
import { createAnyClient } from './any-client.ts';
import { createControlRoutes } from './control.ts';
import { endpointOf, type Fault, momentOf, type Order } from './faults.ts';
import { readHint, type SimulatedPerson } from './hint.ts';
import { createJournal, type Figures, type Journal } from './journal.ts';
import { createOrders, type Orders } from './orders.ts';
import { admitClient, forgetSession, type Parameters, pushedParameters, readParameters } from './requests.ts';
import { otherIssuer, spoilIdToken } from './spoil.ts';
import { createStepRoutes } from './steps.tsx';

export type { SimulatedPerson } from './hint.ts';

export interface SimulatorDeps extends StepDeps {
  issuer: string;
  clock: Clock;
  log: Log;
  sites: SiteStore;
  /** The instance behind. */
  listener: RequestListener;
  people: readonly SimulatedPerson[];
  /** Whether clients that nobody registered are let in, and at which addresses beside this computer's. */
  anyClient: { redirects: readonly string[] } | null;
  asksConsent: boolean;
  /** What the provider signs ID tokens with. */
  signingKey: KeyObject;
}

export interface Simulator {
  listener: RequestListener;
  figures(): Figures;
}

type Parts = SimulatorDeps & { orders: Orders; journal: Journal };

/** Stands the simulator in front of an instance. */
export function createSimulator(deps: SimulatorDeps): Simulator {
  const parts: Parts = { ...deps, orders: createOrders(), journal: createJournal(deps.clock) };
  const app = new Koa();
  app.on('error', (error) => deps.log.error({ err: error }, 'not caught'));
  app.use(markAnswers(parts));
  app.use(securityHeaders(false));
  app.use(catchErrors(deps.settings, deps.log));
  app.use(createControlRoutes(parts).routes());
  app.use(createStepRoutes(parts).routes());
  app.use(breakRequests(parts));
  app.use((ctx) => {
    ctx.respond = false;
    deps.listener(ctx.req, ctx.res);
  });
  spoilAnswers(parts);
  return { listener: app.callback(), figures: parts.journal.figures };
}

/** Says of every answer that it is a simulator's. */
const markAnswers =
  ({ journal }: Parts): Middleware =>
  async (ctx, next) => {
    ctx.set('Yihao-Simulator', 'yes');
    journal.watch(ctx.res, endpointOf(ctx.path));
    await next();
  };

/** Does what is to be done before the provider has a request. */
const breakRequests = (parts: Parts): Middleware => {
  const anyClient = parts.anyClient && createAnyClient(parts.sites, parts.anyClient.redirects);
  return async (ctx, next) => {
    const endpoint = ctx.path === providerPaths.end_session ? 'logout' : endpointOf(ctx.path);
    if (endpoint === null) return next();
    const parameters = await readParameters(ctx);
    if (anyClient) await admitClient(ctx, anyClient, endpoint, parameters);
    if (endpoint === 'logout') return next();
    const { client_id: clientId, code } = parameters;
    const about = { ...(clientId && { clientId }), ...(code && { code }) };
    parts.journal.note(ctx.res, clientId ? { clientId } : {});
    const hinted = endpoint === 'authorize' ? await beginAnew(ctx, parts, parameters) : null;
    const order = hinted ?? parts.orders.take(endpoint, 'before', about);
    if (order === null || (await breakOff(ctx, parts, order))) return next();
  };
};

/** Lets a request that names a person sign that person in, whoever is signed in; returns the failure it orders. */
const beginAnew = async (ctx: Context, parts: Parts, parameters: Parameters): Promise<Order | null> => {
  const said = await pushedParameters(parts, parameters);
  const { login_hint: text, prompt } = said;
  const clientId = parameters['client_id'] ?? '';
  const isAnew = text !== undefined || parts.orders.waits('authorize', 'step', { clientId });
  if (isAnew && prompt !== 'none') forgetSession(ctx, parts.issuer);
  const { order } = readHint(text, parts.people);
  return order?.endpoint === 'authorize' && momentOf(order) === 'before' ? order : null;
};

/** Fails as ordered; true when the request goes on after all. */
const breakOff = async (ctx: Context, { journal }: Parts, order: Order): Promise<boolean> => {
  const { fault, value } = order;
  journal.note(ctx.res, { fault });
  if (fault === 'delay') {
    await wait(Number(value), undefined, { ref: false });
    return true;
  }
  if (fault === 'drop') {
    ctx.respond = false;
    ctx.req.socket.destroy();
  } else if (fault === 'status') {
    ctx.status = Number(value);
    ctx.body = `simulator: status ${value}, ordered`;
  } else {
    ctx.status = ['invalid_client', 'invalid_token'].includes(String(value)) ? 401 : 400;
    ctx.body = { error: value, error_description: 'simulator: ordered' };
  }
  return false;
};

/** Spoils what the provider is about to answer with. Its keys do not change while the simulator runs. */
const spoilAnswers = (parts: Parts): void => {
  const { orders, journal, people, signingKey } = parts;
  const note = (response: ServerResponse, order: Order | null): Fault | null => {
    if (order !== null) journal.note(response, { fault: order.fault });
    return order?.fault ?? null;
  };
  parts.provider().on('authorization.success', ({ oidc, res }, answer) => {
    if (answer === undefined) return;
    const { order } = readHint(oidc.params?.['login_hint'], people);
    if (order?.endpoint === 'token') orders.add({ ...order, code: String(answer['code']) });
    const isHinted = order?.endpoint === 'authorize' && momentOf(order) === 'after';
    const about = { clientId: oidc.client?.clientId ?? '' };
    const fault = note(res, isHinted ? order : orders.take('authorize', 'after', about));
    if (fault === 'wrong-iss') answer['iss'] = otherIssuer;
    if (fault === 'wrong-state') answer['state'] = 'another-state';
  });
  parts.provider().on('grant.success', (ctx) => {
    const { oidc, res } = ctx;
    const { id_token: idToken } = ctx.body as { id_token?: string };
    if (idToken === undefined) return;
    const about = { clientId: oidc.client?.clientId ?? '', code: String(oidc.params?.['code'] ?? '') };
    const fault = note(res, orders.take('token', 'after', about));
    if (fault === null) return;
    ctx.body = { ...(ctx.body as object), id_token: spoilIdToken(idToken, fault, signingKey) };
  });
};
