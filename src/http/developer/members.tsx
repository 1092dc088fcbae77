import type { Context } from 'koa';
import { JoinSitePage, MembersPage, RemoveMemberPage } from '../../../views/developer/members.tsx';
import { AppError } from '../../base/error.ts';
import type { Visit } from '../own-visit.ts';
import { seeOther, showPage } from '../page.ts';
import type { DeveloperDeps } from './deps.ts';
import { type DeveloperPage, ownSite, parameter, pathOf } from './page.ts';

const draw = async (ctx: Context, deps: DeveloperDeps, visit: Visit, link: string | null): Promise<void> => {
  const own = ownSite(ctx, visit);
  const [site, members] = await Promise.all([
    deps.onboarding.readSandbox(own),
    deps.onboarding.listMembers(own),
  ]);
  showPage(ctx, deps, (context) => (
    <MembersPage
      context={context}
      csrf={visit.csrf}
      sitePath={pathOf(own.clientId)}
      name={site.name[context.language]}
      members={members}
      link={link}
    />
  ));
};

/** Lists who develops a site. Throws site-not-yours. */
export const showMembers: DeveloperPage = (ctx, deps, visit) => draw(ctx, deps, visit, null);

/** Makes an invitation, which is on this answer and nowhere again. Throws site-not-yours and what the limits throw. */
export const inviteMember: DeveloperPage = async (ctx, deps, visit) => {
  const { token } = await deps.onboarding.inviteMember(ownSite(ctx, visit));
  await draw(ctx, deps, visit, `${deps.issuer}/developer/join/${token}`);
};

/** Asks before a developer is removed. Throws site-not-yours, site-member-missing. */
export const askRemoval: DeveloperPage = async (ctx, deps, visit) => {
  const own = ownSite(ctx, visit);
  const [site, members] = await Promise.all([
    deps.onboarding.readSandbox(own),
    deps.onboarding.listMembers(own),
  ]);
  const member = members.find(({ code }) => code === parameter(ctx, 'code'));
  if (member === undefined) throw new AppError('site-member-missing');
  showPage(ctx, deps, (context) => (
    <RemoveMemberPage
      context={context}
      csrf={visit.csrf}
      sitePath={pathOf(own.clientId)}
      name={site.name[context.language]}
      code={member.code}
      isSelf={member.isSelf}
    />
  ));
};

/** Removes a developer; who removed themselves is led to the sites that are left. */
export const removeMember: DeveloperPage = async (ctx, deps, visit) => {
  const own = ownSite(ctx, visit);
  const code = parameter(ctx, 'code');
  const self = (await deps.onboarding.listMembers(own)).find(({ isSelf }) => isSelf);
  await deps.onboarding.removeMember(own, code);
  seeOther(ctx, self?.code === code ? '/developer' : `${pathOf(own.clientId)}/members`);
};

/** Asks before somebody joins. Throws site-invitation-over. */
export const askJoining: DeveloperPage = async (ctx, deps, visit) => {
  const { clientId } = await deps.onboarding.readInvitation(parameter(ctx, 'token'));
  const site = await deps.sites.find(clientId);
  showPage(ctx, deps, (context) => (
    <JoinSitePage
      context={context}
      csrf={visit.csrf}
      path={ctx.path}
      name={site?.name[context.language] ?? clientId}
    />
  ));
};

/** Makes who accepts a developer. Throws site-invitation-over, site-too-many, site-members-many. */
export const joinSite: DeveloperPage = async (ctx, deps, { accountId }) => {
  const token = parameter(ctx, 'token');
  const { clientId } = await deps.onboarding.joinSite({ accountId, token });
  seeOther(ctx, pathOf(clientId));
};
