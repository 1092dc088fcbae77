import type { Context } from 'koa';
import { AskPage } from '../../../views/portal/ask.tsx';
import { LinkCodePage, MiniProgramsPage } from '../../../views/portal/mini-programs.tsx';
import { textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { levelOf } from '../../terms/assurance.ts';
import { seeOther, showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import type { PortalPage, Visit } from './visit.ts';

const listPath = '/my/mini-programs';
const removePathOf = (bindingId: string): string => `${listPath}/${bindingId}/remove`;

const drawList = async (ctx: Context, deps: PortalDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const bindings = await deps.miniPrograms.listBindings(visit.accountId);
  ctx.status = refusal?.status ?? 200;
  showPage(
    ctx,
    deps,
    (context) => (
      <MiniProgramsPage
        context={context}
        csrf={visit.csrf}
        action={listPath}
        bindings={bindings.map(({ bindingId, ...binding }) => ({
          ...binding,
          removeHref: removePathOf(bindingId),
        }))}
        backHref="/my/passkeys"
        isOffered={deps.miniPrograms.appId !== null}
        {...(refusal && { error: refusal.text(context.language) })}
      />
    ),
    listPath,
  );
};

/** Lists the WeChat accounts that the person let in. */
export const showMiniPrograms: PortalPage = (ctx, deps, visit) => drawList(ctx, deps, visit);

/** Makes a link code and shows it this once. */
export const makeLinkCode: PortalPage = async (ctx, deps, visit) => {
  const { accountId, acr } = visit;
  try {
    const assurance = levelOf(acr ?? '') ?? 1;
    const { linkCode, expiresInSeconds } = await deps.miniPrograms.makeLinkCode({ accountId, assurance });
    showPage(
      ctx,
      deps,
      (context) => (
        <LinkCodePage
          context={context}
          linkCode={linkCode}
          minutes={expiresInSeconds / 60}
          listHref={listPath}
        />
      ),
      listPath,
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await drawList(ctx, deps, visit, error);
  }
};

const idOf = (ctx: Context): string => String((ctx as { params?: { id?: string } }).params?.id);

/** Asks once whether a WeChat account shall be let in no more. */
export const askRemoveMiniProgram: PortalPage = async (ctx, deps, { accountId, csrf }) => {
  const bindings = await deps.miniPrograms.listBindings(accountId);
  const bindingId = idOf(ctx);
  if (!bindings.some((binding) => binding.bindingId === bindingId))
    throw new AppError('mini-program-missing');
  showPage(ctx, deps, (context) => (
    <AskPage
      context={context}
      csrf={csrf}
      action={removePathOf(bindingId)}
      backHref={listPath}
      {...textOf(context.language).miniProgram.remove}
    />
  ));
};

/** Lets a WeChat account in no more. */
export const removeMiniProgram: PortalPage = async (ctx, deps, { accountId }) => {
  await deps.miniPrograms.removeBinding({ accountId, bindingId: idOf(ctx) });
  seeOther(ctx, listPath);
};
