import type { Context } from 'koa';
import { FindTracePage, TracePage } from '../../../views/developer/doctor.tsx';
import { AppError } from '../../base/error.ts';
import type { Checks, Trace } from '../../oidc/index.ts';
import type { Visit } from '../own-visit.ts';
import { showPage } from '../page.ts';
import type { DeveloperDeps } from './deps.ts';
import { type DeveloperPage, parameter } from './page.ts';

/** Asks for a trace code, and leads on to what is known of it; of one that is not the developer's, as of none, says so. */
export const findTrace: DeveloperPage = async (ctx, deps, visit) => {
  const typed = String(ctx.query['code'] ?? '').trim();
  const code = typed.toUpperCase().slice(0, 20);
  if (typed === '') return askForCode(ctx, deps, { code });
  try {
    await deps.doctor.read({ accountId: visit.accountId, code });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'trace-not-found') throw error;
    return askForCode(ctx, deps, { code, refusal: error });
  }
  ctx.redirect(pathOf(code));
};

/** Shows why a request was refused. */
export const showTrace: DeveloperPage = async (ctx, deps, visit) =>
  draw(ctx, deps, visit, { trace: await deps.doctor.read(ownTrace(ctx, visit)), now: null });

/** Looks at the request again, and shows what has changed. */
export const checkAgain: DeveloperPage = async (ctx, deps, visit) =>
  draw(ctx, deps, visit, await deps.doctor.checkAgain(ownTrace(ctx, visit)));

const pathOf = (code: string): string => `/doctor/${encodeURIComponent(code)}`;

const ownTrace = (ctx: Context, { accountId }: Visit): { accountId: string; code: string } => ({
  accountId,
  code: parameter(ctx, 'code'),
});

const askForCode = async (
  ctx: Context,
  deps: DeveloperDeps,
  { code, refusal }: { code: string; refusal?: AppError },
): Promise<void> => {
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <FindTracePage
      context={context}
      code={code}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

const draw = async (
  ctx: Context,
  deps: DeveloperDeps,
  { csrf }: Visit,
  { trace, now }: { trace: Trace; now: Checks | null },
): Promise<void> => {
  const site = await deps.sites.find(trace.clientId);
  showPage(ctx, deps, (context) => (
    <TracePage
      context={context}
      csrf={csrf}
      path={pathOf(trace.code)}
      siteName={site?.name[context.language] ?? trace.clientId}
      trace={{ ...trace, at: new Date(trace.at) }}
      now={now}
    />
  ));
};
