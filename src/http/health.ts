import { timingSafeEqual } from 'node:crypto';
import type { Middleware } from 'koa';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Counted, MeasureGroup } from '../audit/index.ts';
import { AppError } from '../base/error.ts';

/** The figures of this process. Labels are routes and outcomes, never people. */
export interface Metrics {
  registry: Registry;
  /** Counts what the provider reports: grant.success, grant.error, backchannel.error … */
  providerEvents: Counter<'event'>;
  measure: Middleware;
}

/** Groups whose keys are few and name no site, agreement or type. */
const countedGroups: readonly MeasureGroup[] = [
  'signIns',
  'origins',
  'levels',
  'channels',
  'refusals',
  'certificates',
  'ratings',
];

/** Tells what the whole instance counted since it began: the same in each of its processes, so never to be summed. */
const countActs = (registry: Registry, totals: () => Promise<Counted[]>): void => {
  new Counter({
    name: 'yihao_acts_total',
    help: 'What happened in this instance, all processes together, by group and key',
    labelNames: ['group', 'key'],
    registers: [registry],
    async collect() {
      // Without the storage the figures of this process are wanted all the more.
      const counted = await totals().catch(() => null);
      if (counted === null) return;
      this.reset();
      for (const { group, key, count } of counted)
        if (countedGroups.includes(group)) this.inc({ group, key }, count);
    },
  });
};

/** Tells which key rings should have been rotated by now, by kind; whoever watches wants to hear of any. */
const watchKeys = (registry: Registry, overdueKeys: () => Promise<readonly string[]>): void => {
  new Gauge({
    name: 'yihao_keys_overdue',
    help: 'How many key rings should have been rotated for a day and were not, by kind: docs/operations.md',
    labelNames: ['ring'],
    registers: [registry],
    async collect() {
      const overdue = await overdueKeys().catch(() => null);
      if (overdue === null) return;
      this.reset();
      for (const ring of overdue) this.inc({ ring });
    },
  });
};

/** Makes the figures of one server; `totals` reads what its instance counted, `overdueKeys` which rings are late. */
export function createMetrics(
  totals: () => Promise<Counted[]>,
  overdueKeys: () => Promise<readonly string[]>,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  countActs(registry, totals);
  watchKeys(registry, overdueKeys);
  const seconds = new Histogram({
    name: 'yihao_http_request_seconds',
    help: 'Time to answer, by route family, method and status',
    labelNames: ['route', 'method', 'status'],
    registers: [registry],
  });
  const providerEvents = new Counter({
    name: 'yihao_provider_events_total',
    help: 'What the OpenID provider reported',
    labelNames: ['event'],
    registers: [registry],
  });
  return {
    registry,
    providerEvents,
    measure: async (ctx, next) => {
      const stop = seconds.startTimer({ route: routeFamily(ctx.path), method: methodOf(ctx.method) });
      ctx.res.once('finish', () => stop({ status: String(ctx.res.statusCode) }));
      await next();
    },
  };
}

const families = new Set([
  'authorize',
  'token',
  'userinfo',
  'par',
  'jwks',
  'session',
  'interaction',
  'assets',
  '.well-known',
  'healthz',
  'readyz',
]);

/** Keeps the label set small: the first part of a known path, or `other`. */
export const routeFamily = (path: string): string => {
  const first = path.split('/')[1] ?? '';
  return families.has(first) ? first : 'other';
};

const methodOf = (method: string): string => (['GET', 'HEAD', 'POST'].includes(method) ? method : 'other');

interface HealthDeps {
  metrics: Metrics;
  metricsToken: string | null;
  /** Resolves when every store answers. */
  ping(): Promise<void>;
  draining(): boolean;
}

/** Answers /healthz (the process lives), /readyz (it can serve) and /metrics, before any host or limit check. */
export function serveHealth(deps: HealthDeps): Middleware {
  return async (ctx, next) => {
    if (ctx.path === '/healthz') {
      ctx.body = { status: 'ok' };
    } else if (ctx.path === '/readyz') {
      const ready = !deps.draining() && (await answers(deps.ping));
      ctx.status = ready ? 200 : 503;
      ctx.body = { status: ready ? 'ready' : 'not ready' };
    } else if (ctx.path === '/metrics') {
      if (!mayRead(ctx.get('authorization'), ctx.req.socket.remoteAddress, deps.metricsToken))
        throw new AppError('not-found');
      ctx.type = deps.metrics.registry.contentType;
      ctx.body = await deps.metrics.registry.metrics();
    } else await next();
  };
}

const answers = (ping: () => Promise<void>): Promise<boolean> =>
  ping().then(
    () => true,
    () => false,
  );

const mayRead = (authorization: string, address: string | undefined, token: string | null): boolean => {
  if (token === null) return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';
  const expected = Buffer.from(`Bearer ${token}`);
  const given = Buffer.from(authorization);
  return given.length === expected.length && timingSafeEqual(given, expected);
};
