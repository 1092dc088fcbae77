/**
 * The pages of sites' developers (接入台), under `/developer` and `/doctor`. Owns what is shown and what a form's fields mean; a developer is
 * a person with an account here, at the same visit as their own pages. It owns no rule of registration, check or version: the
 * provider's side of bringing a site in does (src/oidc/onboarding). Control leaves into it, and to the provider to sign in.
 */
import Router from '@koa/router';
import { readForm } from '../form.ts';
import type { DeveloperDeps } from './deps.ts';
import { checkAgain, findTrace, showTrace } from './doctor.tsx';
import { askJoining, askRemoval, inviteMember, joinSite, removeMember, showMembers } from './members.tsx';
import { type DeveloperPage, guarded } from './page.ts';
import { askProduction, change, register, showChange, showProduction, showRegister } from './register.tsx';
import { makeTestPerson, runChecks, showSamples, showSite, showSites } from './sites.tsx';

export type { DeveloperDeps } from './deps.ts';

/** Routes the developers' pages. */
export function createDeveloperRoutes(deps: DeveloperDeps): Router {
  const router = new Router({ prefix: '/developer' });
  const show = (path: string, page: DeveloperPage): void => {
    router.get(path, guarded(deps, page));
  };
  const take = (path: string, page: DeveloperPage): void => {
    router.post(path, readForm, guarded(deps, page));
  };
  show('/', showSites);
  show('/register', showRegister);
  take('/register', register);
  take('/test-people', makeTestPerson);
  show('/sites/:id', showSite);
  take('/sites/:id/checks', runChecks);
  show('/sites/:id/samples', showSamples);
  show('/sites/:id/change', showChange);
  take('/sites/:id/change', change);
  show('/sites/:id/members', showMembers);
  take('/sites/:id/members', inviteMember);
  show('/sites/:id/members/:code', askRemoval);
  take('/sites/:id/members/:code', removeMember);
  show('/join/:token', askJoining);
  take('/join/:token', joinSite);
  show('/sites/:id/production', showProduction);
  take('/sites/:id/production', askProduction);
  return router;
}

/** Routes the pages on refused requests; their address is in every error, so it is short. */
export function createDoctorRoutes(deps: DeveloperDeps): Router {
  const router = new Router({ prefix: '/doctor' });
  router.get('/', guarded(deps, findTrace));
  router.get('/:code', guarded(deps, showTrace));
  router.post('/:code', readForm, guarded(deps, checkAgain));
  return router;
}
