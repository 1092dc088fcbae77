import type { Context } from 'koa';
import { ObjectionActPage } from '../../../views/console/objection-forms.tsx';
import type { FieldError } from '../../../views/parts/error-summary.tsx';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { caseFindings, caseOutcomes, mayMove, type RegionObjection } from '../../recognition/index.ts';
import { pageContext } from '../context.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { parameter } from './page.ts';
import type { Route } from './section.ts';
import type { Visit } from './visit.ts';

type Act = 'answer' | 'close';

/** Lists how this side can answer, or close, a case as it stands; none when it cannot. */
export const choicesOf = ({ moves, side }: RegionObjection, act: Act): string[] =>
  act === 'answer'
    ? caseFindings.filter((finding) => mayMove(moves, side, { act: 'answered', finding }))
    : caseOutcomes.filter((outcome) => mayMove(moves, side, { act: 'closed', outcome }));

const draw = async (
  ctx: Context,
  { deps, visit, act }: { deps: ConsoleDeps; visit: Visit; act: Act },
  errors: FieldError[] = [],
  status = 400,
): Promise<void> => {
  const one = await deps.objections.findObjection(parameter(ctx, 'id'));
  ctx.status = errors.length === 0 ? 200 : status;
  showPage(ctx, deps, (context) => (
    <ObjectionActPage
      context={context}
      act={act}
      href={`/console/objections/${one.objectionId}`}
      csrf={visit.csrf}
      choices={choicesOf(one, act)}
      draft={{ choice: field(ctx, 'choice'), text: field(ctx, 'text') }}
      errors={errors}
    />
  ));
};

const perform =
  (act: Act): ConsolePage =>
  async (ctx, deps, visit) => {
    const objectionId = parameter(ctx, 'id');
    const choice = field(ctx, 'choice');
    const finding = caseFindings.find((known) => known === choice);
    const outcome = caseOutcomes.find((known) => known === choice);
    const { language } = pageContext(ctx, deps.settings);
    const words = textOf(language).regionObjections;
    const chosen = act === 'answer' ? finding : outcome;
    const choiceWrong = act === 'answer' ? words.answer.findingWrong : words.close.outcomeWrong;
    const errors = [
      ...(chosen === undefined ? [{ field: 'choice', text: choiceWrong }] : []),
      ...(field(ctx, 'text').trim() === '' ? [{ field: 'text', text: words.open.wrong.text }] : []),
      ...(field(ctx, 'sure') === 'yes' ? [] : [{ field: 'sure', text: words.sureWrong }]),
    ];
    if (errors.length > 0) return draw(ctx, { deps, visit, act }, errors);
    const deed = { objectionId, text: field(ctx, 'text'), actor: visit.officerId };
    try {
      if (act === 'answer' && finding !== undefined)
        await deps.objections.answerObjection({ ...deed, finding });
      if (act === 'close' && outcome !== undefined)
        await deps.objections.closeObjection({ ...deed, outcome });
    } catch (error) {
      if (!(error instanceof AppError) || error.status === 404 || error.status >= 500) throw error;
      const at = error.code === 'region-objection-field-invalid' ? 'text' : 'sure';
      const text = at === 'text' ? words.open.wrong.text : error.text(language);
      return draw(ctx, { deps, visit, act }, [{ field: at, text }], error.status);
    }
    seeOther(ctx, `/console/objections/${objectionId}`);
  };

const routesOf = (act: Act): Route[] => {
  const path = `/objections/:id/${act}`;
  const permission = { act: 'agreements.sign', within: 'instance', fresh: true } as const;
  return [
    { method: 'get', path, page: (ctx, deps, visit) => draw(ctx, { deps, visit, act }), permission },
    { method: 'post', path, page: perform(act), permission },
  ];
};

/** Where cases are answered and closed, in the name of the region. */
export const objectionActRoutes: readonly Route[] = [...routesOf('answer'), ...routesOf('close')];
