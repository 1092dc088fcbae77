import type { Context } from 'koa';
import { AuthorisationPage, WithdrawPage } from '../../../views/portal/authorisation.tsx';
import { AuthorisationsPage, type ShownAuthorisation } from '../../../views/portal/authorisations.tsx';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import type { Authorisation, Person } from '../../consent/index.ts';
import { levelOf } from '../../terms/assurance.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { shownCovers, tickedCovers } from './covers.ts';
import type { PortalDeps } from './deps.ts';
import { typesByCode } from './labels.ts';
import { findOpen } from './open-authorisations.ts';
import { personOf } from './person.ts';
import type { PortalPage, Visit } from './visit.ts';

const onPage = 20;
const listPath = '/my/authorisations';
const pathOf = (authorisationId: string): string => `${listPath}/${authorisationId}`;

/** Lists the person's authorisations: on the first page all that is open, on each the past ones of its stretch. */
export const showAuthorisations: PortalPage = async (ctx, deps, visit) => {
  const person = await personOf(deps, visit);
  const { after } = ctx.query;
  const isFirst = typeof after !== 'string';
  const [open, page] = await Promise.all([
    isFirst ? findOpen(deps, person) : [],
    deps.consent.listAuthorisations(person, { limit: onPage, ...(isFirst ? {} : { after }) }),
  ]);
  const past = page.rows.filter(({ state }) => state !== 'pending' && state !== 'approved');
  showPage(ctx, deps, (context) => {
    const shown = (rows: readonly Authorisation[]): ShownAuthorisation[] =>
      rows.map(({ authorisationId, requester, item, state, requestedAt }) => ({
        href: pathOf(authorisationId),
        requester: requester.name[context.language],
        item: item.name[context.language],
        state,
        requestedAt,
      }));
    return (
      <AuthorisationsPage
        context={context}
        pending={shown(open.filter(({ state }) => state === 'pending'))}
        standing={shown(open.filter(({ state }) => state === 'approved'))}
        past={shown(past)}
        nextHref={page.next === null ? null : `${listPath}?after=${encodeURIComponent(page.next)}`}
      />
    );
  });
};

const idOf = (ctx: Context): string => String((ctx as { params?: { id?: string } }).params?.id);

const ownOf = async (ctx: Context, deps: PortalDeps, visit: Visit) => ({
  person: await personOf(deps, visit),
  authorisationId: idOf(ctx),
});

const refusalText = (refusal: AppError, language: 'zh' | 'en'): string => {
  const { one } = textOf(language).portal.authorisations;
  if (refusal.code === 'authorisation-closed') return one.closed;
  return refusal.values['triesLeft'] === 0 ? one.locked : refusal.text(language);
};

const drawOne = async (ctx: Context, deps: PortalDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const own = await ownOf(ctx, deps, visit);
  const [shown, types] = await Promise.all([deps.consent.findAuthorisation(own), typesByCode(deps)]);
  ctx.status = refusal?.status ?? 200;
  const { requester, item, state, useSeconds } = shown;
  const ticked = refusal === undefined ? null : new Set(new URLSearchParams(ctx.request.rawBody).keys());
  // Only while it can be tried again does the sentence belong to the field of the code.
  const isCode = refusal?.code === 'authorisation-match-code' && state === 'pending';
  const path = pathOf(own.authorisationId);
  const ifAgreedNow = new Date((deps.nowSeconds() + useSeconds) * 1000);
  const draw = (context: Parameters<typeof AuthorisationPage>[0]['context']) => (
    <AuthorisationPage
      {...shown}
      context={context}
      csrf={visit.csrf}
      path={path}
      requester={requester.name[context.language]}
      item={item.name[context.language]}
      department={item.department.name[context.language]}
      covers={shownCovers(shown, types, context.language, ticked)}
      usableUntil={state === 'pending' ? ifAgreedNow : shown.usableUntil}
      {...(refusal && { [isCode ? 'codeError' : 'refusal']: refusalText(refusal, context.language) })}
    />
  );
  showPage(ctx, deps, draw, path);
};

/** Shows one authorisation, to answer it or to see what was answered. */
export const showAuthorisation: PortalPage = (ctx, deps, visit) => drawOne(ctx, deps, visit);

/** Takes the answer; the same one again changes nothing, and one that is not taken is said on the page. */
export const answerAuthorisation: PortalPage = async (ctx, deps, visit) => {
  const own = await ownOf(ctx, deps, visit);
  try {
    await takeDecision(ctx, deps, visit, own);
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || error.code === 'authorisation-missing')
      throw error;
    return drawOne(ctx, deps, visit, error);
  }
  seeOther(ctx, pathOf(own.authorisationId));
};

const takeDecision = async (
  ctx: Context,
  { consent }: PortalDeps,
  visit: Visit,
  own: { person: Person; authorisationId: string },
): Promise<void> => {
  const decision = field(ctx, 'decision');
  if (decision === 'refuse') {
    await consent.refuseAuthorisation(own);
    return;
  }
  // Whatever is not a plain yes is none.
  if (decision !== 'agree') throw new AppError('body-malformed');
  const { asked } = await consent.findAuthorisation(own);
  const code = field(ctx, 'matchCode').normalize('NFKC').trim();
  await consent.approveAuthorisation({
    ...own,
    covers: tickedCovers(ctx, asked),
    assurance: levelOf(visit.acr ?? '') ?? 1,
    ...(code === '' ? {} : { matchCode: code }),
  });
};

/** Asks once whether an authorisation shall be withdrawn. */
export const showWithdrawal: PortalPage = async (ctx, deps, visit) => {
  const { authorisationId, state, requester } = await deps.consent.findAuthorisation(
    await ownOf(ctx, deps, visit),
  );
  const path = pathOf(authorisationId);
  if (state !== 'approved') return ctx.redirect(path);
  showPage(ctx, deps, (context) => (
    <WithdrawPage
      context={context}
      csrf={visit.csrf}
      path={path}
      requester={requester.name[context.language]}
    />
  ));
};

/** Withdraws an authorisation; the next read is refused. */
export const withdrawAuthorisation: PortalPage = async (ctx, deps, visit) => {
  const own = await ownOf(ctx, deps, visit);
  try {
    await deps.consent.withdrawAuthorisation(own);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'authorisation-closed') throw error;
    return drawOne(ctx, deps, visit, error);
  }
  seeOther(ctx, pathOf(own.authorisationId));
};
