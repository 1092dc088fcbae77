import type { Context } from 'koa';
import { SignPage, type SignPageProps } from '../../../views/console/agreement-sign.tsx';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { type AgreementFile, mayAct } from '../../recognition/index.ts';
import { pageContext } from '../context.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { changesBetween, clausesOf } from './agreement-clauses.ts';
import { fingerprintOf, nowOf, otherOf, placeOf, readFile, rowOf } from './agreement-file.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import type { Route } from './section.ts';
import type { Visit } from './visit.ts';

const wayOf = (
  deps: ConsoleDeps,
  { officerId }: Visit,
  { agreement, draftedBy }: AgreementFile,
): SignPageProps['way'] => {
  if (draftedBy === officerId) return 'own';
  const way = (['propose', 'countersign'] as const).find((act) =>
    mayAct(agreement, deps.issuer, act, nowOf(deps)),
  );
  return way ?? 'notNow';
};

/** Shows the whole text that would be signed; after a refusal as it is stored now, so that it is read again. */
const draw = async (ctx: Context, deps: ConsoleDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const file = await readFile(ctx, deps);
  const { agreement } = file;
  const { id, version } = agreement.document;
  const versions = await deps.recognition.findVersions(id);
  const before = versions.find(({ document }) => document.version === version - 1);
  const text = textOf(pageContext(ctx, deps.settings).language);
  const clauses = await clausesOf(deps, text, agreement.document);
  const past = before === undefined ? null : await clausesOf(deps, text, before.document);
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <SignPage
      {...{ context, clauses }}
      href={rowOf(deps, agreement).href}
      csrf={visit.csrf}
      name={otherOf(deps, agreement).name}
      changes={past === null ? null : changesBetween(past, clauses)}
      digest={{ whole: agreement.digest, shown: fingerprintOf(agreement.digest) }}
      way={wayOf(deps, visit, file)}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Signs what the officer saw: first of the two sides, or second. What is refused is said above the text. */
const sign: ConsolePage = async (ctx, deps, visit) => {
  const { recognition, issuer } = deps;
  const { agreement } = await readFile(ctx, deps);
  const signing = { ...placeOf(ctx), digestSeen: field(ctx, 'digest'), actor: visit.officerId };
  const isFirst = mayAct(agreement, issuer, 'propose', nowOf(deps));
  try {
    await (isFirst ? recognition.proposeAgreement(signing) : recognition.countersignAgreement(signing));
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    return draw(ctx, deps, visit, error);
  }
  seeOther(ctx, rowOf(deps, agreement).href);
};

const permission = { act: 'agreements.sign', within: 'instance', fresh: true } as const;
const path = '/agreements/:id/:number/sign';

/** Where agreements are signed. */
export const signRoutes: readonly Route[] = [
  { method: 'get', path, page: (ctx, deps, visit) => draw(ctx, deps, visit), permission },
  { method: 'post', path, page: sign, permission },
];
