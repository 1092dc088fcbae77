import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bodyParser } from '@koa/bodyparser';
import type { JWK } from 'jose';
import Koa, { type Middleware } from 'koa';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { projectRoot } from '../root.ts';
import { createCertificateReader } from './site-certificates.ts';
import { createSiteClient } from './site-client.ts';
import { createLogoutTokenReader } from './site-logout.ts';
import { ProblemPage, type SiteFace } from './site-pages.tsx';
import { problems, SiteProblem } from './site-problem.ts';
import { languageOf, show, siteRoutes } from './site-routes.ts';
import { SiteSessions } from './site-sessions.ts';

export interface DemoSiteOptions extends SiteFace {
  issuer: string;
  clientId: string;
  /** The site's own key, P-256. */
  privateJwk: JWK;
  /** 0 takes a free one. */
  port: number;
  host: '127.0.0.1' | 'localhost';
  scope: string;
  clock?: Clock;
  /** Takes a line about what went wrong; it holds no personal data. Default: standard error. */
  note?: (line: string) => void;
}

export interface RunningSite {
  /** Where it is served, without a trailing slash. */
  url: string;
  close(): Promise<void>;
}

/** Starts a demo site: a stand-in for a department's own, which knows of Yihao only what OpenID Connect says. */
export async function startDemoSite(options: DemoSiteOptions): Promise<RunningSite> {
  const { host, port, clientId, name, department, purpose, english, color, wishes, organisations } = options;
  const face: SiteFace = {
    name,
    department,
    purpose,
    color,
    ...(english && { english }),
    ...(wishes && { wishes }),
    ...(organisations && { organisations }),
  };
  const stylesheet = await readFile(join(projectRoot(), 'config', 'demo', 'site.css'), 'utf8');
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  const clock = options.clock ?? systemClock;
  const note = options.note ?? ((line: string) => console.error(`[${clientId}] ${line}`));
  const client = createSiteClient({ ...options, origin });
  const readLogoutToken = createLogoutTokenReader({ ...options, clock, jwksUri: client.jwksUri });
  const router = siteRoutes({
    face,
    origin,
    cookieName: `${clientId}_session`,
    stylesheet,
    client,
    readCertificate: createCertificateReader({ ...options, systemName: name.zh }),
    sessions: new SiteSessions(clock),
    readLogoutToken,
    note,
  });
  const app = new Koa();
  app.use(headers(new URL(options.issuer).origin));
  app.use(problemPages(face, note));
  app.use(bodyParser({ enableTypes: ['form'], formLimit: '16kb' }));
  app.use(router.routes());
  server.on('request', app.callback());
  return { url: origin, close: () => closeServer(server) };
}

const headers = (issuerOrigin: string): Middleware => {
  // Signing out is a form that is redirected to the issuer, and Chromium holds redirects to form-action too.
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action 'self' ${issuerOrigin}`,
  ].join('; ');
  return (ctx, next) => {
    ctx.set({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    return next();
  };
};

const problemOf = (error: unknown): SiteProblem => {
  if (error instanceof SiteProblem) return error;
  // What the body parser throws: too large, or unreadable.
  const status = Number((error as { status?: unknown } | null)?.status ?? 500);
  return new SiteProblem(status < 500 ? 'form-expired' : 'internal', null, { cause: error });
};

const problemPages =
  (face: SiteFace, note: (line: string) => void): Middleware =>
  async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) throw new SiteProblem('not-found');
    } catch (error) {
      const { kind, detail, message } = problemOf(error);
      const cause = kind === 'internal' && error instanceof Error ? ` ${error.name}` : '';
      if (kind !== 'not-found') note(`${ctx.method} ${ctx.path}: ${message}${cause}`);
      show(ctx, ProblemPage({ face, language: languageOf(ctx), kind, detail }), problems[kind].status);
    }
  };

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
