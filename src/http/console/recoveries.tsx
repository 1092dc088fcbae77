import type { Context } from 'koa';
import { FindAccountPage, RecoverAccountPage, RecoverySlipPage } from '../../../views/console/recovery.tsx';
import { AppError } from '../../base/error.ts';
import { isKnown } from '../../identity/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { parameter } from './page.ts';
import type { Section } from './section.ts';
import type { Visit } from './visit.ts';

const listPath = '/console/recoveries';

const isShown = (error: unknown): error is AppError =>
  error instanceof AppError && [400, 404, 409].includes(error.status);

const drawFind = (ctx: Context, deps: ConsoleDeps, { csrf }: Visit, refusal?: AppError): void => {
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <FindAccountPage
      context={context}
      csrf={csrf}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Finds whose account it is by the number on the card. */
const find: ConsolePage = async (ctx, deps, visit) => {
  try {
    const accountId = await deps.identity.findAccountIdByNumber(field(ctx, 'number'));
    if (accountId === null) throw new AppError('recovery-person-unknown');
    seeOther(ctx, `${listPath}/${accountId}`);
  } catch (error) {
    if (!isShown(error)) throw error;
    drawFind(ctx, deps, visit, error);
  }
};

/** Finds the account of the address; nothing of its person is opened. Throws recovery-person-unknown. */
const readAccountId = async (ctx: Context, { identity }: ConsoleDeps): Promise<string> => {
  const profile = await identity.findAccount(parameter(ctx, 'id'));
  if (profile?.status !== 'active' || !isKnown(profile)) throw new AppError('recovery-person-unknown');
  return profile.accountId;
};

const draw = async (ctx: Context, deps: ConsoleDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const accountId = await readAccountId(ctx, deps);
  const pending = await deps.identity.pendingRecovery(accountId);
  const isOwn = pending?.way === 'counter' && pending.officers[0] === visit.officerId;
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <RecoverAccountPage
      context={context}
      csrf={visit.csrf}
      href={`${listPath}/${accountId}`}
      accountId={accountId}
      pendingReadyAt={pending?.readyAt ?? null}
      slipHref={isOwn ? `${listPath}/${accountId}/slip` : null}
      reason={field(ctx, 'reason')}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Has another officer decide it; what is refused is said above the form. */
const propose: ConsolePage = async (ctx, deps, visit) => {
  const accountId = await readAccountId(ctx, deps);
  try {
    if (field(ctx, 'checked') !== 'yes') throw new AppError('recovery-document-unchecked');
    const { proposalId } = await deps.staff.propose({
      officerId: visit.officerId,
      kind: 'account.recover',
      subject: accountId,
      regionCode: deps.regionCode,
      difference: [{ field: 'passkeys', before: null, after: null }],
      reason: field(ctx, 'reason'),
    });
    seeOther(ctx, `/console/proposals/${proposalId}`);
  } catch (error) {
    if (!isShown(error)) throw error;
    await draw(ctx, deps, visit, error);
  }
};

const slipPage: ConsolePage = async (ctx, deps, visit) => {
  const accountId = parameter(ctx, 'id');
  const made = ctx.method === 'POST' ? await makeSlip(deps, visit, accountId) : null;
  const slip = made && { ...made, address: `${deps.issuer}/recover` };
  showPage(ctx, deps, (context) => (
    <RecoverySlipPage
      context={context}
      csrf={visit.csrf}
      href={`${listPath}/${accountId}/slip`}
      slip={slip}
    />
  ));
};

const makeSlip = async ({ identity }: ConsoleDeps, { officerId }: Visit, accountId: string) => {
  const pending = await identity.pendingRecovery(accountId);
  if (pending === null) throw new AppError('recovery-slip-refused');
  return identity.makeRecoverySlip({ recoveryId: pending.recoveryId, officerId });
};

/** Whoever proposes looks; who approves has that act too. */
const permission = { act: 'recovery.propose', within: 'instance' } as const;
const fresh = { ...permission, fresh: true } as const;

/** The part of the console where officers help a person at a counter back into their account. */
export const recoveriesSection: Section = {
  name: 'recoveries',
  path: '/recoveries',
  permission,
  routes: [
    { method: 'get', path: '/recoveries', page: async (ctx, deps, visit) => drawFind(ctx, deps, visit) },
    { method: 'post', path: '/recoveries', page: find },
    { method: 'get', path: '/recoveries/:id', page: (ctx, deps, visit) => draw(ctx, deps, visit) },
    { method: 'post', path: '/recoveries/:id', page: propose },
    { method: 'get', path: '/recoveries/:id/slip', page: slipPage, permission: fresh },
    { method: 'post', path: '/recoveries/:id/slip', page: slipPage, permission: fresh },
  ],
};
