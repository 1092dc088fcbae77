import type { Context } from 'koa';
import { type DraftPlace, PastePage } from '../../../views/console/agreement-draft.tsx';
import type { FieldError } from '../../../views/parts/error-summary.tsx';
import { fill, textOf } from '../../../views/text/index.ts';
import { type AgreementContent, type AgreementDocument, faultsOfContent } from '../../recognition/index.ts';
import { pageContext } from '../context.ts';
import { field, parseJson } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { pathOfVersion } from './agreement-file.ts';
import { keepDraft, refusalOf, startOf } from './agreement-start.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';

const draw = (
  ctx: Context,
  deps: ConsoleDeps,
  { csrf, place, document }: { csrf: string; place: DraftPlace; document: string },
  errors: FieldError[] = [],
): void => {
  ctx.status = errors.length > 0 ? 400 : 200;
  showPage(
    ctx,
    deps,
    (context) => <PastePage {...{ context, csrf, place, document, errors }} />,
    `${place.base}/paste`,
  );
};

/** Takes the numbers off a document: the system gives them. */
const unnumbered = (document: object): object => {
  const { type, id, version, supersedes, ...content } = document as Partial<AgreementDocument>;
  return content;
};

/** Shows the field for a document, with the text of the version it starts from. */
export const showPaste: ConsolePage = async (ctx, deps, { csrf }) => {
  const { place, file } = await startOf(ctx, deps);
  const content = file === null ? null : unnumbered(file.agreement.document);
  draw(ctx, deps, { csrf, place, document: content === null ? '' : JSON.stringify(content, null, 2) });
};

/** Takes a document as pasted. */
export const savePaste: ConsolePage = async (ctx, deps, visit) => {
  const start = await startOf(ctx, deps);
  const document = field(ctx, 'document');
  const words = textOf(pageContext(ctx, deps.settings).language).recognition.draft;
  const again = (errors: FieldError[]) =>
    draw(ctx, deps, { csrf: visit.csrf, place: start.place, document }, errors);
  const value = parseJson(document);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return again([{ field: 'document', text: words.documentWrong }]);
  const content = unnumbered(value);
  const faults = [...new Set(faultsOfContent(content))];
  if (faults.length > 0)
    return again(faults.map((place) => ({ field: 'document', text: fill(words.placeWrong, { place }) })));
  const refused = await refusalOf(ctx, deps, 'document', async () =>
    seeOther(ctx, pathOfVersion(await keepDraft(deps, visit, start, content as AgreementContent))),
  );
  if (refused !== null) again(refused);
};
