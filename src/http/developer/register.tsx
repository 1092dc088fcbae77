import type { Context } from 'koa';
import { SiteFormPage } from '../../../views/developer/site-form.tsx';
import { AppError } from '../../base/error.ts';
import { draftOf, offeredScopes, type SiteDraft, siteOfSandbox } from '../../oidc/index.ts';
import type { Visit } from '../own-visit.ts';
import { seeOther, showPage } from '../page.ts';
import type { DeveloperDeps } from './deps.ts';
import { emptyDraft, readForm } from './form.ts';
import { type DeveloperPage, ownSite, pathOf } from './page.ts';

type Purpose = 'register' | 'change' | 'production';

const draw = (
  ctx: Context,
  deps: DeveloperDeps,
  { csrf }: Visit,
  shown: { purpose: Purpose; draft: SiteDraft; backHref: string; refusal?: AppError },
): void => {
  const { purpose, draft, backHref, refusal } = shown;
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <SiteFormPage
      context={context}
      csrf={csrf}
      action={ctx.path}
      backHref={backHref}
      purpose={purpose}
      draft={draft}
      scopes={offeredScopes}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Does what a form asks for, and leads on; what is refused is said above the form, with all that was typed. */
const take = async (
  ctx: Context,
  deps: DeveloperDeps,
  visit: Visit,
  { act, ...shown }: { purpose: Purpose; backHref: string; act(draft: SiteDraft): Promise<string> },
): Promise<void> => {
  const draft = readForm(ctx);
  try {
    seeOther(ctx, await act(draft));
  } catch (error) {
    const isShown = error instanceof AppError && [400, 409, 429].includes(error.status);
    if (!isShown) throw error;
    draw(ctx, deps, visit, { ...shown, draft, refusal: error });
  }
};

/** Shows the form of a new site. */
export const showRegister: DeveloperPage = async (ctx, deps, visit) =>
  draw(ctx, deps, visit, { purpose: 'register', draft: emptyDraft, backHref: '/developer' });

/** Registers a site: its sandbox is there at once. */
export const register: DeveloperPage = (ctx, deps, visit) =>
  take(ctx, deps, visit, {
    purpose: 'register',
    backHref: '/developer',
    act: async (draft) => pathOf((await deps.onboarding.register(visit.accountId, draft)).clientId),
  });

/** Shows the form that changes a sandbox. */
export const showChange: DeveloperPage = async (ctx, deps, visit) => {
  const site = await deps.onboarding.readSandbox(ownSite(ctx, visit));
  const draft = draftOf(site, siteOfSandbox(site.clientId));
  draw(ctx, deps, visit, { purpose: 'change', draft, backHref: pathOf(site.clientId) });
};

/** Changes a sandbox. */
export const change: DeveloperPage = async (ctx, deps, visit) => {
  const own = ownSite(ctx, visit);
  const backHref = pathOf(own.clientId);
  const act = async (draft: SiteDraft): Promise<string> => {
    await deps.onboarding.change(own, draft);
    return backHref;
  };
  await take(ctx, deps, visit, { purpose: 'change', backHref, act });
};

/** Shows the form that asks for production, with what is there now or, before that, in the sandbox. */
export const showProduction: DeveloperPage = async (ctx, deps, visit) => {
  const sandbox = await deps.onboarding.readSandbox(ownSite(ctx, visit));
  const siteId = siteOfSandbox(sandbox.clientId);
  const draft = draftOf((await deps.sites.find(siteId)) ?? sandbox, siteId);
  draw(ctx, deps, visit, { purpose: 'production', draft, backHref: pathOf(sandbox.clientId) });
};

/** Asks for production: a version for two officers to decide about. */
export const askProduction: DeveloperPage = async (ctx, deps, visit) => {
  const own = ownSite(ctx, visit);
  const backHref = pathOf(own.clientId);
  const act = async (draft: SiteDraft): Promise<string> => {
    await deps.onboarding.askRelease(own, draft);
    return backHref;
  };
  await take(ctx, deps, visit, { purpose: 'production', backHref, act });
};
