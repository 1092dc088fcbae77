/**
 * The doctor of refused requests (接入诊断). Owns the trace code that every OAuth error carries as `error_uri` (RFC 6749
 * §4.1.2.1 and §5.2, from memory [M]), the cause behind it (causes.ts), and the request as it may be kept (masked.ts), for
 * seven days, for the developers of the site that sent it; and looking at it again (checks.ts), which changes nothing. It
 * does not own who the developers of a site are (the site's record says), nor the pages. Waiting (authorization_pending,
 * slow_down) is no error, and a code mistyped at /device is its person's. Control leaves by a value or an AppError.
 */
import type { EventEmitter } from 'node:events';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clock } from '../../base/clock.ts';
import { AppError } from '../../base/error.ts';
import { newTraceCode } from '../../base/id.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import { providerPaths } from '../configuration.ts';
import type { SiteKey } from '../onboarding/onboarding.ts';
import type { Site, SiteStore } from '../sites.ts';
import { nameIn } from './answer.ts';
import { type Cause, causeOf, type Refusal } from './causes.ts';
import { type Checks, checkRequest } from './checks.ts';
import { type MaskedRequest, maskRequest } from './masked.ts';

/** What is kept of a refused request. */
export interface Trace {
  code: string;
  at: string;
  clientId: string;
  error: string;
  cause: Cause;
  request: MaskedRequest;
  /** How the request stood then. */
  checks: Checks;
}

export interface DoctorDeps {
  issuer: string;
  ephemeral: EphemeralStore;
  clock: Clock;
  sites: Pick<SiteStore, 'find'>;
  keysOf(site: Site): Promise<SiteKey[]>;
  /** Hears of each refusal; of a client that is not registered, not its name. */
  report(refusal: { traceCode: string; clientId: string | null; error: string; cause: Cause }): void;
  /** Hears why a trace could not be kept. */
  reportFault(traceCode: string, fault: unknown): void;
}

interface Refused {
  ctx: KoaContextWithOIDC;
  code: string;
  cause: Refusal;
}

interface Asked {
  accountId: string;
  code: string;
}

export interface Doctor {
  attach(provider: Provider): void;
  /** Takes down that a request is refused and returns its trace code, the same one each time. */
  refused(ctx: KoaContextWithOIDC, cause: Error): string;
  /** Finds a trace of a developer's site. Throws trace-not-found, for another's as for none. */
  read(asked: Asked): Promise<Trace>;
  /** Looks at the request again, by the registration as it is now. Throws trace-not-found, site-checks-too-often. */
  checkAgain(asked: Asked): Promise<{ trace: Trace; now: Checks }>;
}

const keptSeconds = 7 * 86_400;
/** Anyone may send what is refused: a site's traces are bounded. */
const mostPerHour = 200;
const againPerMinute = 6;

const events = [
  'authorization.error',
  'backchannel_authentication.error',
  'credential.error',
  'device_authorization.error',
  'end_session.error',
  'grant.error',
  'introspection.error',
  'pushed_authorization_request.error',
  'revocation.error',
  'server_error',
  'userinfo.error',
];
const waiting = new Set(['authorization_pending', 'slow_down']);

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

const keyOf = (code: string): string => `doctor:${code}`;

/** Opens the doctor on the ephemeral store. */
export function createDoctor(deps: DoctorDeps): Doctor {
  const refusals = new WeakMap<object, Refused>();
  let provider: Provider | null = null;
  const refused = (ctx: KoaContextWithOIDC, cause: Error): string => {
    const code = refusals.get(ctx)?.code ?? newTraceCode();
    refusals.set(ctx, { ctx, code, cause });
    return code;
  };
  const read = async ({ accountId, code }: Asked): Promise<{ trace: Trace; site: Site }> => {
    const entry = /^[A-Z2-9]{8}$/.test(code) ? await deps.ephemeral.get(keyOf(code)) : null;
    const trace = entry && (JSON.parse(entry.value) as Trace);
    const site = trace && (await deps.sites.find(trace.clientId));
    if (!trace || !site?.developers?.includes(accountId)) throw new AppError('trace-not-found');
    return { trace, site };
  };
  return {
    refused,
    attach(built) {
      provider = built;
      for (const event of events)
        (built as EventEmitter).on(event, (ctx: KoaContextWithOIDC, cause: Error) => {
          if (!waiting.has(cause.message)) refused(ctx, cause);
        });
      built.use(async (ctx, next) => {
        await next();
        const refusal = refusals.get(ctx);
        if (refusal === undefined) return;
        nameIn(refusal.ctx, `${deps.issuer}/doctor/${refusal.code}`);
        // What cannot be kept spoils no answer.
        await keep(deps, refusal).catch((fault: unknown) => deps.reportFault(refusal.code, fault));
      });
    },
    read: async (asked) => (await read(asked)).trace,
    async checkAgain(asked) {
      const { trace, site } = await read(asked);
      const { count, resetSeconds } = await deps.ephemeral.count(`doctor-again:${site.clientId}`, 60);
      if (count > againPerMinute) throw new AppError('site-checks-too-often', { waitSeconds: resetSeconds });
      const [keys, client] = await Promise.all([deps.keysOf(site), provider?.Client.find(site.clientId)]);
      const keyIds = keys.filter(({ isUsable }) => isUsable).map(({ keyId }) => keyId);
      const atSeconds = secondsOf(new Date(trace.at));
      return { trace, now: checkRequest(trace.request, client, { issuer: deps.issuer, atSeconds, keyIds }) };
    },
  };
}

const pathOf = ({ oidc }: KoaContextWithOIDC): string => {
  // An interrupted request goes on below /authorize, by an identifier that is the person's.
  const route = oidc.route === 'resume' ? 'authorization' : (oidc.route ?? '');
  return Object.hasOwn(providerPaths, route) ? providerPaths[route as keyof typeof providerPaths] : '';
};

const keep = async (deps: DoctorDeps, { ctx, code, cause: refusal }: Refused): Promise<void> => {
  const { client, params } = ctx.oidc;
  const asked = client?.clientId ?? String(params?.['client_id'] ?? '');
  const site = asked === '' ? null : await deps.sites.find(asked);
  const { message: error } = refusal;
  const cause = causeOf(refusal);
  deps.report({ traceCode: code, clientId: site?.clientId ?? null, error, cause });
  // Without developers there is nobody who could look it up.
  if (site === null || !site.developers?.length) return;
  const { count } = await deps.ephemeral.count(`doctor-kept:${site.clientId}`, 3600);
  if (count > mostPerHour) return;
  const at = deps.clock.now();
  const request = maskRequest(ctx, pathOf(ctx));
  const keyIds = cause === 'assertionKey' ? [] : null;
  const checks = checkRequest(request, client, { issuer: deps.issuer, atSeconds: secondsOf(at), keyIds });
  const trace: Trace = { code, at: at.toISOString(), clientId: site.clientId, error, cause, request, checks };
  await deps.ephemeral.put(keyOf(code), JSON.stringify(trace), { ttlSeconds: keptSeconds });
};
