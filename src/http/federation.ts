import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { AppError, type ErrorCode } from '../base/error.ts';
import { newTraceCode } from '../base/id.ts';
import { type Federation, federationPaths } from '../oidc/index.ts';
import type { EphemeralStore } from '../storage/ephemeral/port.ts';
import { field, readForm } from './form.ts';
import type { Log } from './log.ts';

export interface FederationDeps {
  federation: Federation;
  ephemeral: EphemeralStore;
  hideAddress(address: string): string;
  log: Log;
}

/** How long others may keep what they got before they ask again. */
const keptSeconds = 60;
/** Each makes this instance call others, so one address gets few. */
const resolutionsPerMinute = 30;

/**
 * Routes what a federation's entities ask of each other ("Federation Endpoints" of OpenID Federation 1.0). Anybody may ask:
 * the answers are signed and hold nothing of people.
 */
export function createFederationRoutes(deps: FederationDeps): Router {
  const router = new Router();
  const { federation } = deps;
  router.use(Object.values(federationPaths), answerRefusals(deps.log));
  router.get(federationPaths.configuration, async (ctx) =>
    answer(ctx, 'entity-statement+jwt', await federation.entityConfiguration()),
  );
  router.get(federationPaths.fetch, async (ctx) =>
    answer(ctx, 'entity-statement+jwt', await federation.subordinateStatement(one(ctx, 'sub'))),
  );
  router.get(federationPaths.list, async (ctx) => {
    for (const parameter of ['trust_marked', 'trust_mark_type'])
      if (parameter in ctx.query) throw new AppError('federation-parameter-unsupported', { parameter });
    const intermediate = ctx.query['intermediate'] === 'true';
    ctx.body = await federation.listSubordinates({ entityTypes: many(ctx, 'entity_type'), intermediate });
  });
  router.get(federationPaths.resolve, async (ctx) => {
    const [subject, anchorIds] = [one(ctx, 'sub'), many(ctx, 'trust_anchor')];
    if (anchorIds.length === 0) throw invalid('trust_anchor');
    await countResolution(ctx, deps);
    const question = { subject, anchorIds, entityTypes: many(ctx, 'entity_type') };
    answer(ctx, 'resolve-response+jwt', await federation.resolve(question));
  });
  router.get(federationPaths.trustMark, async (ctx) => {
    const asked = { type: one(ctx, 'trust_mark_type'), subject: one(ctx, 'sub') };
    answer(ctx, 'trust-mark+jwt', await federation.trustMark(asked));
  });
  router.post(federationPaths.trustMarkStatus, readForm, async (ctx) => {
    const mark = field(ctx, 'trust_mark');
    if (mark === '') throw invalid('trust_mark');
    answer(ctx, 'trust-mark-status-response+jwt', await federation.trustMarkStatus(mark));
    ctx.set('Cache-Control', 'no-store');
  });
  return router;
}

const answer = (ctx: Context, type: string, token: string): void => {
  ctx.body = token;
  ctx.type = `application/${type}`;
  ctx.set({ 'Cache-Control': `public, max-age=${keptSeconds}`, 'Access-Control-Allow-Origin': '*' });
};

const invalid = (parameter: string): AppError => new AppError('federation-request-invalid', { parameter });

const many = (ctx: Context, name: string): string[] =>
  [ctx.query[name] ?? []].flat().filter((value) => value !== '');

const one = (ctx: Context, name: string): string => {
  const [value, ...more] = many(ctx, name);
  if (value === undefined || more.length > 0 || value.length > 512) throw invalid(name);
  return value;
};

const countResolution = async (ctx: Context, { ephemeral, hideAddress }: FederationDeps): Promise<void> => {
  const { count, resetSeconds } = await ephemeral.count(`limit:resolve:${hideAddress(ctx.ip)}`, 60);
  if (count > resolutionsPerMinute) throw new AppError('too-many-requests', { waitSeconds: resetSeconds });
};

/** What the standard calls a refusal ("Error Responses"); others by their status. */
const standardCodes: Partial<Record<ErrorCode, string>> = {
  'federation-chain-invalid': 'invalid_trust_chain',
  'federation-metadata-invalid': 'invalid_metadata',
  'federation-anchor-unknown': 'invalid_trust_anchor',
  'federation-entity-unreachable': 'temporarily_unavailable',
  'federation-parameter-unsupported': 'unsupported_parameter',
  'federation-subordinate-missing': 'not_found',
  'federation-mark-missing': 'not_found',
  'too-many-requests': 'temporarily_unavailable',
};

const answerRefusals =
  (log: Log): Middleware =>
  async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const refusal = error instanceof AppError ? error : new AppError('internal', {}, { cause: error });
      const { status, code } = refusal;
      const traceCode = newTraceCode();
      log[status >= 500 ? 'error' : 'info']({ traceCode, code, status, err: refusal.cause }, 'refused');
      ctx.status = status;
      ctx.set('Cache-Control', 'no-store');
      const wait = refusal.values['waitSeconds'];
      if (wait !== undefined) ctx.set('Retry-After', String(wait));
      const standard = standardCodes[code] ?? (status >= 500 ? 'server_error' : 'invalid_request');
      ctx.body = { error: standard, error_description: refusal.text('en'), code, trace_code: traceCode };
    }
  };
