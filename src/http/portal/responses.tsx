import type { Context } from 'koa';
import type { ShownObjection } from '../../../views/portal/objection.tsx';
import { UsePage, type WholeUse } from '../../../views/portal/use.tsx';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import type { AccessRow, Objection, ObjectionReason, Person } from '../../consent/index.ts';
import type { CertificateType } from '../../directory/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import { fieldLabel, typesByCode } from './labels.ts';
import { personOf } from './person.ts';
import { shownUse, typeCodeOf } from './uses.tsx';
import type { PortalPage, Visit } from './visit.ts';

type Language = 'zh' | 'en';

const pathOf = (accessId: string): string => `/my/uses/${accessId}`;
const parameter = (ctx: Context, name: 'id' | 'objectionId'): string =>
  String((ctx as { params?: Record<string, string> }).params?.[name]);

const inBatch = 100;
/** Nobody writes more than so many objections; the newest are found first. */
const mostBatches = 5;

const objectionsTo = async (
  { consent }: PortalDeps,
  person: Person,
  accessId: string,
): Promise<Objection[]> => {
  const found: Objection[] = [];
  let after: string | null | undefined;
  for (let batch = 0; batch < mostBatches && after !== null; batch += 1) {
    const page = await consent.listObjections(person, {
      limit: inBatch,
      ...(after === undefined ? {} : { after }),
    });
    found.push(...page.rows.filter((one) => one.accessId === accessId));
    after = page.next;
  }
  return found;
};

const shownObjection = (one: Objection): ShownObjection => ({
  objectionId: one.objectionId,
  reason: one.reason,
  text: one.text,
  state: one.state,
  openedAt: one.openedAt,
  answer: one.history.findLast(({ answer }) => answer !== null)?.answer ?? null,
});

const wholeUse = (row: AccessRow, types: Map<string, CertificateType>, language: Language): WholeUse => {
  const { cause, what, channel, keepUntil } = row;
  const certified = 'category' in cause ? cause : null;
  const code = typeCodeOf(row);
  return {
    ...shownUse(row, language, new Map([...types].map(([key, { name }]) => [key, name]))),
    identifier: what.certificateIdentifier ?? null,
    fields: what.fields.map((name) => fieldLabel(types.get(code ?? ''), name, language)),
    item: certified?.category === 'service-item' ? certified.itemName : null,
    system: certified?.systemName ?? null,
    material: certified?.materialName ?? null,
    channel,
    keepUntil,
  };
};

/** Which field a refusal is about, and what is to be done, in words of the page; the domain's are for machines. */
const errorOf = (refusal: AppError, language: Language): { field: string; text: string } => {
  const { objection, rating } = textOf(language).portal.authorisations;
  const wrong: Record<string, string> = {
    reason: objection.reasonWrong,
    text: objection.textWrong,
    stars: rating.starsWrong,
    comment: rating.commentWrong,
  };
  const name = refusal.code === 'consent-field-invalid' ? String(refusal.values['field']) : '';
  if (refusal.code === 'objection-state') return { field: 'main', text: objection.closed };
  return { field: name in wrong ? name : 'main', text: wrong[name] ?? refusal.text(language) };
};

const draw = async (ctx: Context, deps: PortalDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const [accessId, person] = [parameter(ctx, 'id'), await personOf(deps, visit)];
  const [row, objections, rating, types] = await Promise.all([
    deps.consent.findAccess(person, accessId),
    objectionsTo(deps, person, accessId),
    deps.consent.findRating(person, accessId),
    typesByCode(deps),
  ]);
  ctx.status = refusal?.status ?? 200;
  const isOpen = objections.some(({ state }) => state === 'opened' || state === 'underReview');
  const isRateable = row.outcome.kind === 'granted' && row.reader.kind !== 'self';
  const path = pathOf(accessId);
  const page = (context: Parameters<typeof UsePage>[0]['context']) => (
    <UsePage
      context={context}
      csrf={visit.csrf}
      path={path}
      use={wholeUse(row, types, context.language)}
      objections={objections.map(shownObjection)}
      objecting={isOpen ? null : { choice: field(ctx, 'reason'), text: field(ctx, 'text') }}
      rating={
        isRateable
          ? {
              stars: rating?.stars ?? null,
              draft: {
                choice: field(ctx, 'stars') || String(rating?.stars ?? ''),
                text: field(ctx, 'comment') || (rating?.comment ?? ''),
              },
            }
          : null
      }
      errors={refusal === undefined ? [] : [errorOf(refusal, context.language)]}
    />
  );
  showPage(ctx, deps, page, path);
};

/** Shows one use of the person's data, with what the person says to it. */
export const showUse: PortalPage = (ctx, deps, visit) => draw(ctx, deps, visit);

/** Does what a form says and leads back to the use; what is refused is said on its page, with what was typed. */
const taking =
  (take: (ctx: Context, deps: PortalDeps, own: { person: Person; accessId: string }) => Promise<unknown>) =>
  async (ctx: Context, deps: PortalDeps, visit: Visit): Promise<void> => {
    const own = { person: await personOf(deps, visit), accessId: parameter(ctx, 'id') };
    try {
      await take(ctx, deps, own);
    } catch (error) {
      if (!(error instanceof AppError) || error.status === 404 || error.status >= 500) throw error;
      return draw(ctx, deps, visit, error);
    }
    seeOther(ctx, pathOf(own.accessId));
  };

/** Opens an objection (用证异议); while one is open a second is refused, and the page shows the first. */
export const openObjection: PortalPage = taking((ctx, { consent }, own) =>
  // The domain refuses what is none of its reasons.
  consent.openObjection({
    ...own,
    reason: field(ctx, 'reason') as ObjectionReason,
    text: field(ctx, 'text'),
  }),
);

/** Withdraws an objection; the same form sent twice is no error. */
export const withdrawObjection: PortalPage = taking(async (ctx, { consent }, { person }) => {
  try {
    await consent.withdrawObjection({ person, objectionId: parameter(ctx, 'objectionId') });
  } catch (error) {
    const isRepeat =
      error instanceof AppError && error.code === 'objection-state' && error.values['state'] === 'withdrawn';
    if (!isRepeat) throw error;
  }
});

/** Rates a use (用证评价), or changes the rating. */
export const rateUse: PortalPage = taking((ctx, { consent }, own) => {
  const comment = field(ctx, 'comment').trim();
  return consent.rateAccess({
    ...own,
    stars: Number(field(ctx, 'stars')),
    ...(comment === '' ? {} : { comment }),
  });
});
