import type { Context } from 'koa';
import { InvitePage } from '../../../views/console/invite.tsx';
import { DisablePage, LinkPage, OfficerPage } from '../../../views/console/officer.tsx';
import { OfficersPage, type ShownOfficer } from '../../../views/console/officers.tsx';
import type { AppError } from '../../base/error.ts';
import { hasAct, type InvitationLink, mayAct, type Officer } from '../../staff/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { officerChangeRoutes, rolesOf } from './officer-changes.tsx';
import { listPath, nameOf, pathOf, readOfficer, trying } from './officer-read.ts';
import { afterOf, parameter } from './page.ts';
import type { Section } from './section.ts';
import type { Visit } from './visit.ts';

const shownOfficer = ({ officerId, name, regionCode, roles: held, state }: Officer): ShownOfficer => ({
  href: pathOf(officerId),
  name,
  region: regionCode,
  roles: held,
  state,
});

/** Lists who works in the officer's region and below. */
const showOfficers: ConsolePage = async (ctx, deps, { officer, officerId }) => {
  const { officers, next } = await deps.staff.listOfficers({ officerId, ...afterOf(ctx) });
  showPage(ctx, deps, (context) => (
    <OfficersPage
      context={context}
      officers={officers.map(shownOfficer)}
      mayPropose={hasAct(officer, 'officers.propose')}
      nextHref={next === null ? null : `${listPath}?after=${next}`}
    />
  ));
};

/** Shows one of them. */
const showOfficer: ConsolePage = async (ctx, deps, visit) => {
  const officer = await readOfficer(ctx, deps, visit);
  showPage(ctx, deps, (context) => (
    <OfficerPage
      context={context}
      officer={{
        ...shownOfficer(officer),
        authority: officer.authority?.name ?? null,
        lastSignInAt: officer.lastSignInAt,
        passkeys: officer.passkeys,
        awaitsPasskey: officer.awaitsPasskey,
        isTied: officer.accountId !== null,
        isSelf: officer.officerId === visit.officerId,
      }}
      mayPropose={mayAct(visit.officer, 'officers.propose', officer.regionCode)}
    />
  ));
};

const drawInvite = (ctx: Context, deps: ConsoleDeps, { csrf }: Visit, refusal?: AppError): void => {
  ctx.status = refusal?.status ?? 200;
  const draft = {
    name: field(ctx, 'name'),
    regionCode: field(ctx, 'regionCode') || deps.regionCode,
    authorityCode: field(ctx, 'authorityCode'),
    authorityName: field(ctx, 'authorityName'),
    roles: rolesOf(ctx),
    reason: field(ctx, 'reason'),
  };
  showPage(ctx, deps, (context) => (
    <InvitePage
      context={context}
      csrf={csrf}
      draft={draft}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

const invite: ConsolePage = async (ctx, deps, visit) => {
  const proposal = await trying(
    () =>
      deps.staff.proposeOfficer({
        officerId: visit.officerId,
        name: field(ctx, 'name'),
        regionCode: field(ctx, 'regionCode'),
        authority: { code: field(ctx, 'authorityCode'), name: field(ctx, 'authorityName') },
        roles: rolesOf(ctx),
        reason: field(ctx, 'reason'),
      }),
    (refusal) => drawInvite(ctx, deps, visit, refusal),
  );
  if (proposal !== null) seeOther(ctx, `/console/proposals/${proposal.proposalId}`);
};

const drawLink = async (
  ctx: Context,
  deps: ConsoleDeps,
  visit: Visit,
  link: InvitationLink | null,
): Promise<void> => {
  const officer = await readOfficer(ctx, deps, visit);
  const made =
    link === null
      ? null
      : { address: `${deps.issuer}/console/join/${link.token}`, expiresAt: link.expiresAt };
  showPage(ctx, deps, (context) => (
    <LinkPage
      context={context}
      officerHref={pathOf(officer.officerId)}
      csrf={visit.csrf}
      name={nameOf(ctx, deps, officer)}
      made={made}
    />
  ));
};

const makeLink: ConsolePage = async (ctx, deps, visit) => {
  const { officerId, provenAt } = visit;
  const link = await deps.staff.makeInvitation({ officerId, subject: parameter(ctx, 'id'), provenAt });
  await drawLink(ctx, deps, visit, link);
};

const drawDisable = async (
  ctx: Context,
  deps: ConsoleDeps,
  visit: Visit,
  refusal?: AppError,
): Promise<void> => {
  const officer = await readOfficer(ctx, deps, visit);
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <DisablePage
      context={context}
      officerHref={pathOf(officer.officerId)}
      csrf={visit.csrf}
      name={nameOf(ctx, deps, officer)}
      reason={field(ctx, 'reason')}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

const disable: ConsolePage = async (ctx, deps, visit) => {
  const { officerId, provenAt } = visit;
  const proposal = await trying(
    () =>
      deps.staff.proposeDisabling({
        officerId,
        subject: parameter(ctx, 'id'),
        reason: field(ctx, 'reason'),
        emergency: field(ctx, 'emergency') === 'yes',
        provenAt,
      }),
    (refusal) => drawDisable(ctx, deps, visit, refusal),
  );
  if (proposal !== null) seeOther(ctx, `/console/proposals/${proposal.proposalId}`);
};

const proposing = { act: 'officers.propose', within: 'own' } as const;
const proposingFreshly = { ...proposing, fresh: true } as const;

/** The part of the console where officers are added, changed and disabled, always by two. */
export const officersSection: Section = {
  name: 'officers',
  path: '/officers',
  permission: { act: 'officers.read', within: 'own' },
  routes: [
    { method: 'get', path: '/officers', page: showOfficers },
    {
      method: 'get',
      path: '/officers/invite',
      page: async (ctx, deps, visit) => drawInvite(ctx, deps, visit),
      permission: proposing,
    },
    { method: 'post', path: '/officers/invite', page: invite, permission: proposing },
    { method: 'get', path: '/officers/:id', page: showOfficer },
    {
      method: 'get',
      path: '/officers/:id/link',
      page: (ctx, deps, visit) => drawLink(ctx, deps, visit, null),
      permission: proposingFreshly,
    },
    { method: 'post', path: '/officers/:id/link', page: makeLink, permission: proposingFreshly },
    {
      method: 'get',
      path: '/officers/:id/disable',
      page: (ctx, deps, visit) => drawDisable(ctx, deps, visit),
      permission: proposingFreshly,
    },
    { method: 'post', path: '/officers/:id/disable', page: disable, permission: proposingFreshly },
    ...officerChangeRoutes,
  ],
};
