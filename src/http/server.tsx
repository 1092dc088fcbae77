import type { RequestListener } from 'node:http';
import Koa, { type Context, type Middleware } from 'koa';
import { HomePage } from '../../views/home.tsx';
import { textOf } from '../../views/text/index.ts';
import { AppError } from '../base/error.ts';
import type { ProviderHolder } from '../oidc/index.ts';
import type { EphemeralStore } from '../storage/ephemeral/port.ts';
import { type ApiDeps, createApiRoutes } from './api/index.ts';
import { serveAssets } from './assets.ts';
import { type ConsoleDeps, createConsoleRoutes } from './console/index.ts';
import { keepPreferences, type PageSettings, pageContext } from './context.ts';
import { createDeveloperRoutes, createDoctorRoutes, type DeveloperDeps } from './developer/index.ts';
import { catchErrors } from './errors.tsx';
import { createFederationRoutes, type FederationDeps } from './federation.ts';
import { securityHeaders } from './headers.ts';
import { type Metrics, serveHealth } from './health.ts';
import {
  createInteractionRoutes,
  createNetIdRoutes,
  createOtherRegionRoutes,
  type InteractionDeps,
} from './interaction/index.ts';
import { limitPerAddress } from './limits.ts';
import type { Log } from './log.ts';
import { createMiniProgramRoutes } from './mini-program.ts';
import { createPeerRoutes, type PeerDeps } from './peer/index.ts';
import { createPortalRoutes, type PortalDeps } from './portal/index.ts';
import { createRecoverRoutes, type RecoverDeps } from './recover/index.ts';
import { renderPage } from './render.ts';
import { createScanRoutes, type ScanDeps } from './scan.tsx';
import { type SignedOutDeps, showSignedOut } from './signed-out.tsx';
import { traceRequests } from './tracing.ts';

export interface ServerDeps {
  issuer: string;
  trustedProxies: number;
  requestsPerMinute: number;
  metricsToken: string | null;
  publicFolder: string;
  settings: PageSettings;
  log: Log;
  metrics: Metrics;
  ephemeral: EphemeralStore;
  provider: ProviderHolder;
  interaction: InteractionDeps;
  portal: PortalDeps;
  console: ConsoleDeps;
  developer: DeveloperDeps;
  api: ApiDeps;
  peer: PeerDeps;
  federation: FederationDeps;
  scan: ScanDeps;
  recover: RecoverDeps;
  signedOut: SignedOutDeps;
  ping(): Promise<void>;
  draining(): boolean;
}

/** Puts the server together: what is checked first stands first. */
export async function createServer(deps: ServerDeps): Promise<RequestListener> {
  const app = new Koa({ proxy: deps.trustedProxies > 0, maxIpsCount: deps.trustedProxies });
  app.on('error', (error) => deps.log.error({ err: error }, 'not caught'));
  const routes = createInteractionRoutes(deps.interaction);
  app.use(securityHeaders(deps.issuer.startsWith('https:')));
  app.use(deps.metrics.measure);
  app.use(traceRequests);
  app.use(catchErrors(deps.settings, deps.log));
  app.use(serveHealth(deps));
  app.use(refuseOtherHosts(deps.issuer));
  app.use(await serveAssets(deps.publicFolder));
  app.use(createApiRoutes(deps.api).routes());
  app.use(createPeerRoutes(deps.peer).routes());
  app.use(limitPerAddress({ ...deps, hideAddress: deps.interaction.hideAddress }));
  app.use(createFederationRoutes(deps.federation).routes());
  app.use(createMiniProgramRoutes({ ...deps.interaction, log: deps.log }).routes());
  app.use(keepPreferences(deps.settings));
  app.use(routes.routes());
  app.use(createOtherRegionRoutes(deps.interaction).routes());
  app.use(createNetIdRoutes(deps.interaction).routes());
  app.use(createPortalRoutes(deps.portal).routes());
  app.use(createConsoleRoutes(deps.console).routes());
  app.use(createDeveloperRoutes(deps.developer).routes());
  app.use(createDoctorRoutes(deps.developer).routes());
  app.use(createScanRoutes(deps.scan).routes());
  app.use(createRecoverRoutes(deps.recover).routes());
  app.use(showSignedOut(deps.signedOut));
  app.use(showHome(deps.settings));
  app.use(serveProvider(deps.provider));
  app.use(() => {
    throw new AppError('not-found');
  });
  return app.callback();
}

/** A foreign Host header would otherwise colour the addresses the provider prints. */
const refuseOtherHosts = (issuer: string): Middleware => {
  const { host } = new URL(issuer);
  return async (ctx, next) => {
    if (ctx.host.toLowerCase() !== host) throw new AppError('host-unknown');
    await next();
  };
};

const showHome =
  (settings: PageSettings): Middleware =>
  async (ctx, next) => {
    if (ctx.path !== '/' || !['GET', 'HEAD'].includes(ctx.method)) return next();
    ctx.type = 'html';
    const context = pageContext(ctx, settings);
    const links = [
      { href: '/my', label: textOf(context.language).home.my },
      { href: '/verify', label: textOf(context.language).verify.title },
      { href: '/developer', label: textOf(context.language).onboarding.title },
    ];
    ctx.body = renderPage(<HomePage context={context} links={links} />);
  };

const providerPath =
  /^\/(?:\.well-known\/(?:openid-configuration|openid-credential-issuer|oauth-authorization-server)|authorize(?:\/[\w-]+)?|token(?:\/(?:introspection|revocation))?|userinfo|jwks|par|device(?:\/[\w-]+)?|device_authorization|backchannel_authentication|credential(?:\/nonce)?|session\/end(?:\/(?:confirm|success))?)$/;

/** The longest state or nonce a site may send: it must come back in an address, which servers cut off. */
const longestQueryBytes = 8192;

const serveProvider =
  (provider: ProviderHolder): Middleware =>
  async (ctx: Context, next) => {
    if (!providerPath.test(ctx.path)) return next();
    if (ctx.querystring.length > longestQueryBytes) throw new AppError('body-too-large', { limitKb: 8 });
    // The provider is a server of its own on the same request; koa must not answer after it.
    ctx.respond = false;
    await provider.handle(ctx.req, ctx.res);
  };
