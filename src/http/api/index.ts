/**
 * The department interface (部门接口), under `/api`: other systems' machines ask about certificates and issue them. Owns
 * the addresses, who may call which, quotas and the shape of answers; owns no rule of the field and no page. Control
 * leaves into the domains, and by an answer or a problem document.
 */
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { z } from 'zod';
import { AppError } from '../../base/error.ts';
import type { Machine, MachineAccess, SiteHealth, SiteStore } from '../../oidc/index.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import { keepPreferences, type PageSettings } from '../context.ts';
import { limitPerAddress } from '../limits.ts';
import type { Log } from '../log.ts';
import { showDocs } from './docs.tsx';
import { describeInterface } from './openapi.ts';
import type { Caller, Operation } from './operation.ts';
import { drawProblem } from './problem.ts';

export interface ApiDeps {
  issuer: string;
  access: MachineAccess;
  sites: SiteStore;
  siteHealth: Pick<SiteHealth, 'admit'>;
  ephemeral: EphemeralStore;
  /** How often one network address may ask for the page of the description. */
  requestsPerMinute: number;
  /** How many calls a machine without a quota of its own has a minute, whatever it calls. */
  callsPerMinute: number;
  settings: PageSettings;
  /** Hides a network address before it becomes part of a key. */
  hideAddress(address: string): string;
  operations: readonly Operation[];
  log: Log;
}

const limitKb = 256;
const refusalsPerMinute = 60;
const parserOf = (kb: number): Middleware =>
  bodyParser({ enableTypes: ['json'], encoding: 'utf-8', jsonLimit: `${kb}kb`, jsonStrict: true });

/** Routes the department interface. */
export function createApiRoutes(deps: ApiDeps): Router {
  const router = new Router({ prefix: '/api' });
  const document = describeInterface(deps);
  const docs = [limitPerAddress(deps), keepPreferences(deps.settings), showDocs(deps.settings, document)];
  // A person reads this one, so what goes wrong with it is a page too.
  router.get('/docs', ...docs);
  router.use(problems(deps.log));
  router.get('/openapi.json', (ctx) => {
    ctx.body = document;
  });
  for (const one of deps.operations) {
    const read = bodyReader(one);
    router.post(one.path, async (ctx) => {
      ctx.set('Cache-Control', 'no-store');
      const caller = await admit(ctx, deps, one);
      ctx.body = await one.run(await read(ctx), caller);
    });
  }
  // What is no operation is refused here, so that a machine never gets a page.
  router.all('/{*path}', () => {
    throw new AppError('not-found');
  });
  return router;
}

const problems =
  (log: Log): Middleware =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      drawProblem(ctx, log, error);
    }
  };

/** Refusals are counted by network address: whoever guesses tokens is told to wait, whatever they guess. */
const admitMachine = async (ctx: Context, deps: ApiDeps): Promise<Machine> => {
  try {
    return await deps.access.admit({
      method: ctx.method,
      url: `${deps.issuer}${ctx.path}`,
      authorization: ctx.get('authorization'),
      dpop: ctx.get('dpop'),
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 401) throw error;
    const key = `limit:api-refused:${deps.hideAddress(ctx.ip)}`;
    const { count, resetSeconds } = await deps.ephemeral.count(key, 60);
    if (count > refusalsPerMinute) throw new AppError('too-many-requests', { waitSeconds: resetSeconds });
    throw error;
  }
};

const admit = async (ctx: Context, deps: ApiDeps, one: Operation): Promise<Caller> => {
  const { scope, callsPerMinute } = one;
  const machine = await admitMachine(ctx, deps);
  if (!machine.scopes.includes(scope)) throw new AppError('machine-scope-missing', { scope });
  const site = await deps.sites.find(machine.clientId);
  if (site?.authorityCode === undefined || !site.enabled) throw new AppError('machine-unknown');
  const waitSeconds = await deps.siteHealth.admit(machine.clientId, 'api');
  if (waitSeconds !== null) throw new AppError('machine-quota-exceeded', { waitSeconds });
  const key = `limit:api:${machine.clientId}:${one.id}`;
  if (callsPerMinute !== undefined) await countCall(deps, key, callsPerMinute);
  const { authorityCode, department, name } = site;
  return { ...machine, authorityCode, department, name };
};

const countCall = async ({ ephemeral }: ApiDeps, key: string, most: number): Promise<void> => {
  const { count, resetSeconds } = await ephemeral.count(key, 60);
  if (count > most) throw new AppError('machine-quota-exceeded', { waitSeconds: resetSeconds });
};

/** Makes what reads the body of an operation, by its shape and within its limit. */
const bodyReader = <Body>({ body, bodyLimitKb = limitKb }: Operation<Body>) => {
  const parse = parserOf(bodyLimitKb);
  return async (ctx: Context): Promise<Body> => {
    if (!ctx.is('application/json')) throw refuseBody('body', 'application/json');
    try {
      await parse(ctx, async () => undefined);
    } catch (error) {
      const { status } = error as { status?: number };
      if (status === 413) throw new AppError('body-too-large', { limitKb: bodyLimitKb }, { cause: error });
      throw refuseBody('body', 'JSON, UTF-8');
    }
    const parsed = body.safeParse(ctx.request.body);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    // The message of the schema says what is expected; what was sent is never repeated.
    throw refuseBody(issue?.path.join('.') || 'body', expectedBy(issue));
  };
};

const expectedBy = (issue: z.core.$ZodIssue | undefined): string => {
  if (issue === undefined) return 'as in openapi.json';
  if (issue.code === 'unrecognized_keys') return `no ${issue.keys.join(', ').slice(0, 100)}`;
  if (issue.code === 'invalid_type') return issue.expected;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  if (issue.code === 'too_small') return `at least ${issue.minimum}`;
  return 'as in openapi.json';
};

const refuseBody = (field: string, expected: string): AppError =>
  new AppError('machine-request-invalid', { field, expected });
