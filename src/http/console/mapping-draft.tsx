import type { Context } from 'koa';
import {
  MappingDraftPage,
  type MappingDraftPageProps,
  type TypedMapping,
} from '../../../views/console/mapping-forms.tsx';
import type { FieldError } from '../../../views/parts/error-summary.tsx';
import { fill, textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { faultsOfMapping, type Mapping, type MappingContent } from '../../recognition/index.ts';
import { pageContext } from '../context.ts';
import { parseJson } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { refusalOf } from './agreement-start.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { isOwnMapping, mappingsPath, pathOfMapping, placeOfMapping, readMappingAt } from './mapping-file.ts';
import { lineOfPlace, mappingIn, typedFromMapping, typedMapping } from './mapping-form.ts';
import type { Route } from './section.ts';

/** Reads the version a draft starts from; null for a new one. Throws mapping-missing, mapping-not-own. */
const startOf = async (ctx: Context, deps: ConsoleDeps): Promise<Mapping | null> => {
  if (!('number' in ((ctx as { params?: object }).params ?? {}))) return null;
  const mapping = await readMappingAt(ctx, deps);
  if (!isOwnMapping(deps, mapping)) throw new AppError('mapping-not-own');
  return mapping;
};

const placeOf = (start: Mapping | null): Pick<MappingDraftPageProps, 'purpose' | 'action' | 'back'> => {
  if (start === null) return { purpose: 'new', action: `${mappingsPath}/draft`, back: mappingsPath };
  const action = `${pathOfMapping(placeOfMapping(start))}/draft`;
  return { purpose: start.publishedAt === null ? 'again' : 'next', action, back: mappingsPath };
};

const draw = (
  ctx: Context,
  deps: ConsoleDeps,
  given: { csrf: string; start: Mapping | null; typed: TypedMapping },
  errors: FieldError[] = [],
): void => {
  const { csrf, start, typed } = given;
  ctx.status = errors.length > 0 ? 400 : 200;
  showPage(ctx, deps, (context) => (
    <MappingDraftPage {...{ context, csrf, typed, errors }} {...placeOf(start)} />
  ));
};

const empty: TypedMapping = { name: '', levels: '', types: '', document: '' };

/** Shows the form, filled in from the version it starts from. */
const showDraft: ConsolePage = async (ctx, deps, { csrf }) => {
  const start = await startOf(ctx, deps);
  draw(ctx, deps, { csrf, start, typed: start === null ? empty : typedFromMapping(start.document) });
};

/** Says what is wrong at the line it was typed into, or the place it was pasted at; each sentence once. */
const errorsOf = (ctx: Context, deps: ConsoleDeps, typed: TypedMapping, content: object): FieldError[] => {
  const words = textOf(pageContext(ctx, deps.settings).language).mappings.form;
  const errors = faultsOfMapping(content, deps.regionCode).map((place): FieldError => {
    if (typed.document !== '') return { field: 'document', text: fill(words.placeWrong, { place }) };
    const { field, n } = lineOfPlace(typed, place);
    const text = fill(words.lineWrong, { label: words[field], n: String(n) });
    return { field, text: field === 'name' ? words.nameWrong : text };
  });
  return errors.filter(({ text }, i) => errors.findIndex((other) => other.text === text) === i);
};

/** Reads the content, typed or pasted; null when what was pasted is no object. The system numbers it. */
const contentOf = (typed: TypedMapping): object | null => {
  if (typed.document === '') return mappingIn(typed);
  const value = parseJson(typed.document);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { type, id, version, supersedes, publisher, ...content } = value as Record<string, unknown>;
  return content;
};

/** Takes a draft, typed or pasted. */
const saveDraft: ConsolePage = async (ctx, deps, { csrf, officerId }) => {
  const start = await startOf(ctx, deps);
  const typed = typedMapping(ctx);
  const again = (errors: FieldError[]) => draw(ctx, deps, { csrf, start, typed }, errors);
  const content = contentOf(typed);
  const { documentWrong } = textOf(pageContext(ctx, deps.settings).language).mappings.form;
  if (content === null) return again([{ field: 'document', text: documentWrong }]);
  const errors = errorsOf(ctx, deps, typed, content);
  if (errors.length > 0) return again(errors);
  const refused = await refusalOf(ctx, deps, typed.document === '' ? 'types' : 'document', async () => {
    const draft = { content: content as MappingContent, after: start?.document.id ?? null };
    seeOther(ctx, pathOfMapping(await deps.recognition.draftMapping({ ...draft, actor: officerId })));
  });
  if (refused !== null) again(refused);
};

const permission = { act: 'agreements.draft', within: 'instance' } as const;

/** Where mappings are drafted: a new one at the list, a version below the one it starts from. */
export const mappingDraftRoutes: readonly Route[] = ['/mappings', '/mappings/:id/:number'].flatMap((base) => [
  { method: 'get' as const, path: `${base}/draft`, page: showDraft, permission },
  { method: 'post' as const, path: `${base}/draft`, page: saveDraft, permission },
]);
