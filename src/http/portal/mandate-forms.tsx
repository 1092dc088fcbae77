import type { Context } from 'koa';
import {
  ClaimOrganisationPage,
  FamilyMandatePage,
  InviteMemberPage,
  type TermsOffered,
} from '../../../views/portal/mandate-forms.tsx';
import { AppError } from '../../base/error.ts';
import { mandateDays } from '../../identity/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import { idOf, listPath, pathOfOrganisation } from './mandates.tsx';
import { holderOf } from './person.ts';
import type { PortalPage } from './visit.ts';

type Draw = (refusal?: AppError) => Promise<void>;

/** Takes a form, or draws it again with what is wrong. What was typed is personal and does not stand there again. */
const orDraw = async (ctx: Context, draw: Draw, take: () => Promise<string>): Promise<void> => {
  try {
    seeOther(ctx, await take());
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || error.code === 'mandate-missing') throw error;
    ctx.status = error.status;
    await draw(error);
  }
};

const mostItems = 50;

const offeredItems = async ({ consent }: PortalDeps) =>
  (await consent.listServiceItems({ onlyEnabled: true, limit: mostItems })).rows;

const offeredTerms = async (deps: PortalDeps, language: 'zh' | 'en'): Promise<TermsOffered> => ({
  items: (await offeredItems(deps)).map(({ code, name }) => ({ code, name: name[language] })),
  days: mandateDays,
});

/** What a form says of the other person and the terms. */
const givenIn = async (ctx: Context, deps: PortalDeps) => ({
  name: field(ctx, 'name'),
  number: field(ctx, 'number'),
  items: (await offeredItems(deps)).flatMap(({ code }) =>
    field(ctx, `item-${code}`) === 'yes' ? [code] : [],
  ),
  days: Number(field(ctx, 'days')),
});

const claimPath = `${listPath}/claim`;

const drawClaim: (...page: Parameters<PortalPage>) => Draw =
  (ctx, deps, { csrf }) =>
  async (refusal) =>
    showPage(ctx, deps, (context) => (
      <ClaimOrganisationPage
        context={context}
        csrf={csrf}
        action={claimPath}
        backHref={listPath}
        error={refusal?.text(context.language)}
      />
    ));

/** Shows the form by which a legal representative opens an organisation. */
export const showClaim: PortalPage = async (ctx, deps, visit) => {
  await holderOf(deps, visit);
  await drawClaim(ctx, deps, visit)();
};

/** Opens an organisation to its legal representative. */
export const claimOrganisation: PortalPage = (ctx, deps, visit) =>
  orDraw(ctx, drawClaim(ctx, deps, visit), async () => {
    const creditCode = field(ctx, 'creditCode');
    await deps.mandates.claimOrganisation({ accountId: visit.accountId, creditCode });
    return `${listPath}?news=claimed`;
  });

const drawInvite: (...page: Parameters<PortalPage>) => Draw =
  (ctx, deps, { accountId, csrf }) =>
  async (refusal) => {
    const organisationId = idOf(ctx);
    const { name, gives } = await deps.mandates.readOrganisation({ accountId, organisationId });
    const roles = gives.flatMap((role) => (role === 'representative' ? [] : [role]));
    const offered = { zh: await offeredTerms(deps, 'zh'), en: await offeredTerms(deps, 'en') };
    showPage(ctx, deps, (context) => (
      <InviteMemberPage
        context={context}
        csrf={csrf}
        action={`${pathOfOrganisation(organisationId)}/invite`}
        backHref={pathOfOrganisation(organisationId)}
        error={refusal?.text(context.language)}
        organisation={name}
        // The least role stands first: it is what is meant most often.
        roles={[...roles].reverse()}
        offered={offered[context.language]}
      />
    ));
  };

/** Shows the form by which a member is invited. */
export const showInvite: PortalPage = (ctx, deps, visit) => drawInvite(ctx, deps, visit)();

/** Invites a member. */
export const inviteMember: PortalPage = (ctx, deps, visit) =>
  orDraw(ctx, drawInvite(ctx, deps, visit), async () => {
    const role = field(ctx, 'role');
    if (role !== 'administrator' && role !== 'operator') throw new AppError('mandate-role-not-given');
    const given = await givenIn(ctx, deps);
    const { accountId } = visit;
    await deps.mandates.inviteMember({ ...given, accountId, organisationId: idOf(ctx), role });
    return `${listPath}?news=offered`;
  });

const familyPath = `${listPath}/family`;

const drawFamily: (...page: Parameters<PortalPage>) => Draw =
  (ctx, deps, { csrf }) =>
  async (refusal) => {
    const offered = { zh: await offeredTerms(deps, 'zh'), en: await offeredTerms(deps, 'en') };
    showPage(ctx, deps, (context) => (
      <FamilyMandatePage
        context={context}
        csrf={csrf}
        action={familyPath}
        backHref={listPath}
        error={refusal?.text(context.language)}
        offered={offered[context.language]}
      />
    ));
  };

/** Shows the form of a mandate within the family. */
export const showFamily: PortalPage = async (ctx, deps, visit) => {
  await holderOf(deps, visit);
  await drawFamily(ctx, deps, visit)();
};

/** Offers a mandate within the family. */
export const offerFamily: PortalPage = (ctx, deps, visit) =>
  orDraw(ctx, drawFamily(ctx, deps, visit), async () => {
    const [, role, whose] = /^(parent|child)-(mine|theirs)$/.exec(field(ctx, 'relation')) ?? [];
    if (role !== 'parent' && role !== 'child') throw new AppError('mandate-terms-invalid');
    const given = await givenIn(ctx, deps);
    const { accountId } = visit;
    await deps.mandates.offerFamilyMandate({ ...given, accountId, role, isAgent: whose === 'mine' });
    return `${listPath}?news=offered`;
  });
