import type { Context } from 'koa';
import { AskPage } from '../../../views/portal/ask.tsx';
import { MandatePage, OrganisationPage } from '../../../views/portal/mandate.tsx';
import { EndByLawPage } from '../../../views/portal/mandate-forms.tsx';
import { type MandateNews, MandatesPage } from '../../../views/portal/mandates.tsx';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { PortalPage } from './visit.ts';

/** Where mandates are listed; the rest stands below it. */
export const listPath = '/my/mandates';

/** Returns the address of an organisation to who manages it. */
export const pathOfOrganisation = (organisationId: string): string =>
  `${listPath}/organisations/${organisationId}`;

/** The last part of an address that names a record. */
export const idOf = (ctx: Context): string => String((ctx as { params?: { id?: string } }).params?.id);

const newsOf = ({ query }: Context): MandateNews | null => {
  const { news } = query;
  const known: readonly MandateNews[] = ['claimed', 'offered', 'accepted', 'refused', 'revoked'];
  return known.find((one) => one === news) ?? null;
};

/** Lists for whom the person may act, who may act for them, and the organisations they manage. */
export const showMandates: PortalPage = async (ctx, deps, { accountId }) => {
  const { mandates, organisations } = await deps.mandates.listMandates(accountId);
  showPage(ctx, deps, (context) => (
    <MandatesPage
      context={context}
      mandates={mandates}
      organisations={organisations.map(({ organisationId, name }) => ({
        name,
        href: pathOfOrganisation(organisationId),
      }))}
      news={newsOf(ctx)}
    />
  ));
};

/** Shows an organisation and its members to who manages it. */
export const showOrganisation: PortalPage = async (ctx, deps, { accountId }) => {
  const organisation = await deps.mandates.readOrganisation({ accountId, organisationId: idOf(ctx) });
  const { name, maskedCreditCode, members } = organisation;
  showPage(ctx, deps, (context) => (
    <OrganisationPage
      context={context}
      name={name}
      maskedCreditCode={maskedCreditCode}
      members={members}
      inviteHref={`${pathOfOrganisation(organisation.organisationId)}/invite`}
      backHref={listPath}
    />
  ));
};

/** Shows one mandate, to be answered or ended. */
export const showMandate: PortalPage = async (ctx, deps, { accountId, csrf }) => {
  const mandate = await deps.mandates.findMandate({ accountId, mandateId: idOf(ctx) });
  const items = await Promise.all(mandate.items.map((code) => deps.consent.findServiceItem(code)));
  const path = `${listPath}/${mandate.mandateId}`;
  showPage(ctx, deps, (context) => (
    <MandatePage
      context={context}
      csrf={csrf}
      action={path}
      endHref={`${path}/end`}
      backHref={listPath}
      mandate={mandate}
      items={mandate.items.map((code, place) => items[place]?.name[context.language] ?? code)}
    />
  ));
};

/** Takes the answer to an offer. */
export const answerMandate: PortalPage = async (ctx, deps, { accountId }) => {
  const decision = field(ctx, 'decision');
  if (decision !== 'accept' && decision !== 'refuse') throw new AppError('body-malformed');
  const accepts = decision === 'accept';
  await deps.mandates.answerMandate({ accountId, mandateId: idOf(ctx), accepts });
  seeOther(ctx, `${listPath}?news=${accepts ? 'accepted' : 'refused'}`);
};

/** Asks once whether a mandate shall end, and of the other parent's for which reason of law. */
export const askEnding: PortalPage = async (ctx, deps, { accountId, csrf }) => {
  const { mandateId, asksReason } = await deps.mandates.findMandate({ accountId, mandateId: idOf(ctx) });
  const backHref = `${listPath}/${mandateId}`;
  const action = `${backHref}/end`;
  showPage(ctx, deps, (context) => {
    if (asksReason) return <EndByLawPage context={context} csrf={csrf} action={action} backHref={backHref} />;
    const words = textOf(context.language).mandates.ending;
    return (
      <AskPage
        context={context}
        csrf={csrf}
        title={words.title}
        text={words.text}
        action={action}
        confirm={words.confirm}
        cancel={words.cancel}
        backHref={backHref}
      />
    );
  });
};

/** Ends a mandate; what is under way by it ends at its next use. */
export const endMandate: PortalPage = async (ctx, deps, { accountId }) => {
  await deps.mandates.revokeMandate({ accountId, mandateId: idOf(ctx), reason: field(ctx, 'reason') });
  seeOther(ctx, `${listPath}?news=revoked`);
};
