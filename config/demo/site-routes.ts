import { timingSafeEqual } from 'node:crypto';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { CertificateReader } from './site-certificates.ts';
import type { SiteClient } from './site-client.ts';
import { LogoutTokenRefused, type NamedByLogout } from './site-logout.ts';
import { CertificatePage, HomePage, SignedOutPage, type SiteFace, WelcomePage } from './site-pages.tsx';
import { SiteProblem } from './site-problem.ts';
import type { SiteSession, SiteSessions } from './site-sessions.ts';
import type { SiteLanguage } from './site-text.ts';

export interface SiteRouteDeps {
  face: SiteFace;
  origin: string;
  /** Distinct per site: cookies are shared over the ports of one host. */
  cookieName: string;
  stylesheet: string;
  client: SiteClient;
  readCertificate: CertificateReader;
  sessions: SiteSessions;
  readLogoutToken(token: string): Promise<NamedByLogout>;
  note(line: string): void;
}

/** Answers with a page; every value in it is escaped. */
export const show = (ctx: Context, page: VNode, status = 200): void => {
  ctx.status = status;
  ctx.type = 'html';
  ctx.body = `<!doctype html>${renderToString(page)}`;
};

const cookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', overwrite: true } as const;

const field = (ctx: Context, name: string): string => {
  const value = ((ctx.request.body ?? {}) as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
};

const same = (a: string, b: string): boolean =>
  Buffer.byteLength(a) === Buffer.byteLength(b) && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Chooses the language of a page: what a link asked for and a cookie keeps, then the browser's; Chinese otherwise. */
export const languageOf = (ctx: Context): SiteLanguage => {
  const asked = ctx.query['lang'] ?? ctx.cookies.get('site_language');
  if (asked === 'zh' || asked === 'en') return asked;
  return ctx.acceptsLanguages('zh-CN', 'zh', 'en') === 'en' ? 'en' : 'zh';
};

/** Lists a site's addresses and what each does. */
export function siteRoutes(deps: SiteRouteDeps): Router {
  const { face } = deps;
  const router = new Router();
  router.get('/', (ctx) => {
    const language = languageOf(ctx);
    if (ctx.query['lang'] === language) ctx.cookies.set('site_language', language, cookieOptions);
    const session = currentSession(ctx, deps);
    if (session?.person) {
      const { person, formToken } = session;
      show(ctx, HomePage({ face, language, person, formToken }));
    } else show(ctx, WelcomePage({ face, language }));
  });
  router.get('/site.css', (ctx) => {
    ctx.type = 'css';
    ctx.set('cache-control', 'max-age=300');
    ctx.body = deps.stylesheet;
  });
  router.get('/login', (ctx) => beginSignIn(ctx, deps));
  router.get('/callback', (ctx) => finishSignIn(ctx, deps));
  router.get('/certificate', (ctx) => showCertificate(ctx, deps));
  router.post('/logout', (ctx) => signOut(ctx, deps));
  router.get('/signed-out', (ctx) => show(ctx, SignedOutPage({ face, language: languageOf(ctx) })));
  router.post('/backchannel-logout', (ctx) => receiveLogout(ctx, deps));
  return router;
}

const currentSession = (ctx: Context, { sessions, cookieName }: SiteRouteDeps): SiteSession | null =>
  sessions.find(ctx.cookies.get(cookieName));

const giveCookie = (ctx: Context, { cookieName }: SiteRouteDeps, session: SiteSession): void => {
  ctx.cookies.set(cookieName, session.id, cookieOptions);
};

const beginSignIn = async (ctx: Context, deps: SiteRouteDeps): Promise<void> => {
  const wish = deps.face.wishes?.find(({ id }) => id === ctx.query['with']) ?? null;
  const forOrganisation = deps.face.organisations === true && ctx.query['for'] === 'organisation';
  const { url, attempt } = await deps.client.begin(languageOf(ctx), wish, forOrganisation);
  const session = currentSession(ctx, deps) ?? deps.sessions.open();
  deps.sessions.remember(session, attempt);
  giveCookie(ctx, deps, session);
  ctx.redirect(url.href);
};

const finishSignIn = async (ctx: Context, deps: SiteRouteDeps): Promise<void> => {
  const { sessions, client, origin } = deps;
  const answer = new URL(ctx.url, origin);
  const session = currentSession(ctx, deps);
  const attempt = sessions.takeAttempt(session, answer.searchParams.get('state'));
  if (session === null || attempt === null) throw new SiteProblem('attempt-unknown');
  const person = await client.finish(answer, attempt);
  sessions.end(session.id);
  giveCookie(ctx, deps, sessions.open(person));
  ctx.redirect(attempt.wish === null ? '/' : '/certificate');
};

/** Reads the certificate at Yihao every time: what is withdrawn there is not shown here again. */
const showCertificate = async (ctx: Context, deps: SiteRouteDeps): Promise<void> => {
  const { face } = deps;
  const person = currentSession(ctx, deps)?.person ?? null;
  if (person === null) return ctx.redirect('/');
  const { allowed } = person;
  if (allowed === null) throw new SiteProblem('certificate-not-allowed');
  const read = await deps.readCertificate(allowed);
  show(ctx, CertificatePage({ face, language: languageOf(ctx), wish: allowed.wish, read }));
};

const signOut = async (ctx: Context, deps: SiteRouteDeps): Promise<void> => {
  const session = currentSession(ctx, deps);
  if (!session?.person || !same(field(ctx, 'formToken'), session.formToken))
    throw new SiteProblem('form-expired');
  deps.sessions.end(session.id);
  ctx.cookies.set(deps.cookieName, null, cookieOptions);
  const url = await deps.client.endSessionUrl(session.person.idToken);
  ctx.status = 303;
  ctx.redirect(url.href);
};

const receiveLogout = async (ctx: Context, deps: SiteRouteDeps): Promise<void> => {
  try {
    deps.sessions.endNamed(await deps.readLogoutToken(field(ctx, 'logout_token')));
    ctx.status = 204;
  } catch (error) {
    if (!(error instanceof LogoutTokenRefused)) throw error;
    deps.note(`logout token refused: ${error.message}`);
    ctx.status = 400;
    ctx.body = { error: 'invalid_request', error_description: error.message };
  }
};
