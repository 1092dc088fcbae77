/**
 * The officers' pages (管理台), under `/console`. Owns the officer's visit (a cookie of its own, ended by fifteen minutes
 * without use, by eight hours, or by the officer's disabling), who may have which page, and what is shown; owns no rule of
 * the field. Control leaves into the domains, which hold each act to the officer once more.
 */
import Router from '@koa/router';
import { readForm } from '../form.ts';
import { readUpload } from '../upload.ts';
import type { ConsoleDeps } from './deps.ts';
import { guard, turnAway } from './guard.ts';
import { showHome } from './home.tsx';
import { join, showJoin } from './join.tsx';
import { sections } from './sections.ts';
import { prove, showProve, showSignIn, signIn, signOut } from './sign-in.tsx';

export type { ConsoleDeps } from './deps.ts';

const everyOfficer = { act: null, within: 'own' } as const;

/** Routes the officers' pages: those before anyone is signed in, the first page, and every section. */
export function createConsoleRoutes(deps: ConsoleDeps): Router {
  const router = new Router({ prefix: '/console' });
  router.get('/sign-in', (ctx) => showSignIn(ctx, deps));
  router.post('/sign-in', readForm, (ctx) => signIn(ctx, deps));
  router.get('/join/:token', (ctx) => showJoin(ctx, deps));
  router.post('/join/:token', readForm, (ctx) => join(ctx, deps));
  router.get('/', guard(deps, everyOfficer, showHome));
  router.get('/prove', guard(deps, everyOfficer, showProve));
  router.post('/prove', readForm, guard(deps, everyOfficer, prove));
  router.post('/sign-out', readForm, guard(deps, everyOfficer, signOut));
  for (const { permission, routes } of sections)
    for (const route of routes) {
      const { path, upload } = route;
      const wanted = route.permission ?? permission;
      const guarded = guard(deps, wanted, route.page);
      if (route.method === 'get') router.get(path, guarded);
      else if (upload === undefined) router.post(path, readForm, guarded);
      else router.post(path, turnAway(deps, wanted), readUpload(upload.name, upload.limitKb), guarded);
    }
  return router;
}
