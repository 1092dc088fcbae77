import type { Context } from 'koa';
import { DraftPage, type DraftPlace } from '../../../views/console/agreement-draft.tsx';
import type { Choice, InputName, TypedDraft } from '../../../views/console/agreement-inputs.tsx';
import type { FieldError } from '../../../views/parts/error-summary.tsx';
import { fill, type Text, textOf } from '../../../views/text/index.ts';
import { type AgreementContent, faultsOfContent, type Mapping } from '../../recognition/index.ts';
import { pageContext } from '../context.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { pathOfVersion } from './agreement-file.ts';
import {
  choiceOf,
  contentOf,
  fieldOfPlace,
  isFull,
  mostRules,
  typedFrom,
  typedOf,
  withMapping,
  withStep,
} from './agreement-form.ts';
import { savePaste, showPaste } from './agreement-paste.tsx';
import { keepDraft, refusalOf, sidesOf, startOf } from './agreement-start.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import type { Route } from './section.ts';

/** Lists what a rule can refer to, and what the rules do refer to even where it is not here. */
const choicesOf = (text: Text, mappings: readonly Mapping[], draft: TypedDraft): Choice[] => {
  const choices = mappings.map(({ document: { id, name, version }, digest }) => ({
    value: choiceOf({ id, version, digest }),
    label: fill(text.mappings.choice, { name, version: String(version) }),
  }));
  const used = [...draft.signIn, ...draft.certificates].flatMap(({ mapping }) => mapping || []);
  const others = [...new Set(used)].filter((value) => choices.every((choice) => choice.value !== value));
  return [...choices, ...others.map((value) => ({ value, label: value }))];
};

const draw = async (
  ctx: Context,
  deps: ConsoleDeps,
  { csrf, place, draft }: { csrf: string; place: DraftPlace; draft: TypedDraft },
  errors: FieldError[] = [],
): Promise<void> => {
  const [{ peers }, mappings] = await Promise.all([sidesOf(deps), deps.recognition.listPublishedMappings()]);
  ctx.status = errors.length > 0 ? 400 : 200;
  showPage(
    ctx,
    deps,
    (context) => (
      <DraftPage
        {...{ context, csrf, place, draft, errors }}
        peers={peers.map(({ entityId, name, regionCode }) => ({
          value: entityId,
          label: `${name} ${regionCode}`,
        }))}
        mappings={choicesOf(textOf(context.language), mappings, draft)}
        isFull={isFull(draft)}
      />
    ),
    `${place.base}/draft`,
  );
};

const empty: TypedDraft = { head: {}, signIn: [], certificates: [] };

/**
 * Shows the form, filled in from the version it starts from, and with the version of a mapping that the address names; one
 * that the form cannot hold is shown as its text.
 */
const showDraft: ConsolePage = async (ctx, deps, { csrf }) => {
  const { place, file } = await startOf(ctx, deps);
  const document = file?.agreement.document ?? null;
  if (document === null) return draw(ctx, deps, { csrf, place, draft: empty });
  const rules = document.kind === 'bilateral' ? document.rules : null;
  if (
    document.kind !== 'bilateral' ||
    (rules?.signIn.length ?? 0) + (rules?.certificates.length ?? 0) > mostRules
  )
    return seeOther(ctx, `${place.base}/paste`);
  const { mapping } = ctx.query;
  const typed = typedFrom(document, { entityId: deps.issuer });
  const draft = typeof mapping === 'string' ? withMapping(typed, mapping) : typed;
  return draw(ctx, deps, { csrf, place, draft });
};

/** Says what is wrong at the field it was typed into; what belongs to none is said of them all. */
const errorOf = (ctx: Context, deps: ConsoleDeps, place: string): FieldError => {
  const { draft, fields } = textOf(pageContext(ctx, deps.settings).language).recognition;
  const at = fieldOfPlace(place) ?? 'basics';
  const input = at.replace(/^\w+\d_/, '') as InputName;
  const value = field(ctx, at);
  // A day or a code that reads well is wrong by what stands beside it.
  if (input === 'validUntil' && /^\d{4}-\d\d-\d\d$/.test(value))
    return { field: at, text: draft.wrong.validUntil };
  if (input === 'from' && /^\d{6}$/.test(value)) return { field: at, text: draft.wrong.from };
  if (input === 'peer') return { field: at, text: draft.wrong.parties };
  const label = Object.hasOwn(fields, input) ? fields[input].label : place;
  return { field: at, text: fill(draft.wrong.field, { label }) };
};

/** Keeps each sentence once: several faults of one field are one to correct. */
const onePerField = (errors: FieldError[]): FieldError[] =>
  errors.filter(({ field: name }, i) => errors.findIndex((other) => other.field === name) === i);

/** Takes the form: a further rule, one less, or the whole as a draft. */
const saveDraft: ConsolePage = async (ctx, deps, visit) => {
  const start = await startOf(ctx, deps);
  const { own, peers } = await sidesOf(deps);
  const typed = typedOf(ctx);
  const peer = peers.find(({ entityId }) => entityId === typed.head.peer) ?? null;
  const again = (draft: TypedDraft, errors: FieldError[] = []) =>
    draw(ctx, deps, { csrf: visit.csrf, place: start.place, draft }, errors);
  const step = field(ctx, 'step');
  const ends = { from: peer?.regionCode ?? '', to: own.regionCode };
  if (step !== 'save') return again(withStep(typed, step, ends));
  const content = contentOf(typed, own, peer);
  const faults = faultsOfContent(content).map((place) => errorOf(ctx, deps, place));
  if (faults.length > 0) return again(typed, onePerField(faults));
  const refused = await refusalOf(ctx, deps, 'basics', async () =>
    seeOther(ctx, pathOfVersion(await keepDraft(deps, visit, start, content as AgreementContent))),
  );
  if (refused !== null) return again(typed, refused);
};

const permission = { act: 'agreements.draft', within: 'instance' } as const;

/** Where agreements are drafted: a new one at the list, another version below the version it starts from. */
export const draftRoutes: readonly Route[] = ['/agreements', '/agreements/:id/:number'].flatMap((base) => [
  { method: 'get' as const, path: `${base}/draft`, page: showDraft, permission },
  { method: 'post' as const, path: `${base}/draft`, page: saveDraft, permission },
  { method: 'get' as const, path: `${base}/paste`, page: showPaste, permission },
  { method: 'post' as const, path: `${base}/paste`, page: savePaste, permission },
]);
