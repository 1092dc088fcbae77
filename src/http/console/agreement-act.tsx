import type { Context } from 'koa';
import type { ActName } from '../../../views/console/agreement.tsx';
import { ActPage } from '../../../views/console/agreement-act.tsx';
import type { FieldError } from '../../../views/parts/error-summary.tsx';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { type AgreementFile, mayAct, stateOf } from '../../recognition/index.ts';
import type { Difference } from '../../staff/index.ts';
import { pageContext } from '../context.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { nowOf, otherOf, placeOf, readFile, rowOf } from './agreement-file.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import type { Route } from './section.ts';
import type { Visit } from './visit.ts';

/** What was asked for, read. */
interface Asked {
  ctx: Context;
  deps: ConsoleDeps;
  visit: Visit;
  file: AgreementFile;
  reason: string;
}

/** Has another officer decide it; returns the proposal's page. */
const proposeTo = async (
  { ctx, deps, visit, file, reason }: Asked,
  kind: string,
  difference: Difference[],
): Promise<string> => {
  const { agreementId, agreementVersion } = placeOf(ctx);
  const before = stateOf(file.agreement, nowOf(deps));
  const { proposalId } = await deps.staff.propose({
    officerId: visit.officerId,
    kind,
    subject: `${agreementId}:${agreementVersion}`,
    regionCode: deps.regionCode,
    difference: difference.map((line) => (line.field === 'agreementState' ? { ...line, before } : line)),
    reason,
  });
  return `/console/proposals/${proposalId}`;
};

const toState = (after: string): Difference => ({ field: 'agreementState', before: null, after });

/** What each form does; returns where the officer goes on to. */
const deeds: Record<ActName, (asked: Asked) => Promise<string>> = {
  withdraw: (asked) => alone(asked, (act) => asked.deps.recognition.withdrawProposal(act)),
  reject: (asked) => alone(asked, (act) => asked.deps.recognition.rejectProposal(act)),
  // In an emergency one officer closes at once; that a second confirms it the home page of the others asks for.
  suspend: (asked) =>
    field(asked.ctx, 'emergency') === 'yes'
      ? alone(asked, (act) => asked.deps.recognition.suspend({ ...act, secondOfficer: null }))
      : proposeTo(asked, 'agreement.suspend', [toState('suspended')]),
  confirmSuspension: (asked) => alone(asked, (act) => asked.deps.recognition.confirmSuspension(act)),
  resume: (asked) => proposeTo(asked, 'agreement.resume', [toState('active')]),
  terminate: (asked) => {
    const after = field(asked.ctx, 'forCause') === 'yes' ? 'for-cause' : 'notice';
    const how = { field: 'termination', before: null, after };
    return proposeTo(asked, 'agreement.terminate', [toState('terminated'), how]);
  },
};

const alone = async (
  { ctx, deps, visit, file, reason }: Asked,
  deed: (act: ReturnType<typeof placeOf> & { reason: string; actor: string }) => Promise<void>,
): Promise<string> => {
  await deed({ ...placeOf(ctx), reason, actor: visit.officerId });
  return rowOf(deps, file.agreement).href;
};

const draw = async (
  ctx: Context,
  { deps, visit, act }: { deps: ConsoleDeps; visit: Visit; act: ActName },
  errors: FieldError[],
  status = 400,
): Promise<void> => {
  const { agreement } = await readFile(ctx, deps);
  ctx.status = errors.length === 0 ? 200 : status;
  showPage(ctx, deps, (context) => (
    <ActPage
      {...{ context, act, errors }}
      href={rowOf(deps, agreement).href}
      csrf={visit.csrf}
      name={otherOf(deps, agreement).name}
      isPossible={mayAct(agreement, deps.issuer, act, nowOf(deps))}
      reason={field(ctx, 'reason')}
    />
  ));
};

/** The other side reads a reason: it has to be there, to fit an event, and to hold nothing unseen but ends of lines. */
const isReason = (text: string): boolean =>
  text.length >= 1 && text.length <= 500 && !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text.replaceAll('\n', ''));

const perform =
  (act: ActName): ConsolePage =>
  async (ctx, deps, visit) => {
    const file = await readFile(ctx, deps);
    const { language } = pageContext(ctx, deps.settings);
    const words = textOf(language).recognition.act;
    const reason = field(ctx, 'reason').normalize('NFC').replace(/\r\n?/g, '\n').trim();
    const errors = [
      ...(act === 'confirmSuspension' || isReason(reason)
        ? []
        : [{ field: 'reason', text: words.reasonWrong }]),
      ...(field(ctx, 'sure') === 'yes' ? [] : [{ field: 'sure', text: words.sureWrong }]),
    ];
    if (errors.length > 0) return draw(ctx, { deps, visit, act }, errors);
    try {
      seeOther(ctx, await deeds[act]({ ctx, deps, visit, file, reason }));
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error;
      const refused = [{ field: 'sure', text: error.text(language) }];
      return draw(ctx, { deps, visit, act }, refused, error.status);
    }
  };

const routesOf = (act: ActName): Route[] => {
  const path = `/agreements/:id/:number/${act}`;
  const isOfSigner = act === 'withdraw' || act === 'reject';
  const permission = {
    act: isOfSigner ? 'agreements.sign' : 'agreements.suspend',
    within: 'instance',
    fresh: true,
  } as const;
  return [
    { method: 'get', path, page: (ctx, deps, visit) => draw(ctx, { deps, visit, act }, []), permission },
    { method: 'post', path, page: perform(act), permission },
  ];
};

/** Where agreements are withdrawn, rejected, suspended, resumed and ended. */
export const actRoutes: readonly Route[] = (Object.keys(deeds) as ActName[]).flatMap(routesOf);
