import type { Context } from 'koa';
import {
  CounterMandatePage,
  FindMandatesPage,
  RecordMandatePage,
  type ShownMandate,
} from '../../../views/console/counter-mandates.tsx';
import { AppError } from '../../base/error.ts';
import { maskName } from '../../base/mask.ts';
import { type Mandates, mandateDays } from '../../identity/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { parameter } from './page.ts';
import type { Section } from './section.ts';
import type { Visit } from './visit.ts';

const listPath = '/console/mandates';

type CounterMandate = Awaited<ReturnType<Mandates['readAtCounter']>>;

const shownOf = ({ mandateId, role, state }: CounterMandate): ShownMandate => ({
  href: `${listPath}/${mandateId}`,
  role,
  state,
});

/** What the officer can put right is said on the page. */
const isShown = (error: unknown): error is AppError =>
  error instanceof AppError && error.status < 500 && error.code !== 'mandate-missing';

const drawFind = (
  ctx: Context,
  deps: ConsoleDeps,
  { csrf }: Visit,
  { found = null, refusal }: { found?: readonly CounterMandate[] | null; refusal?: AppError } = {},
): void => {
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <FindMandatesPage
      context={context}
      csrf={csrf}
      found={found?.map(shownOf) ?? null}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Finds what there is between two people by the numbers on their cards. */
const find: ConsolePage = async (ctx, deps, visit) => {
  try {
    const [agentNumber, principalNumber] = [field(ctx, 'agentNumber'), field(ctx, 'principalNumber')];
    drawFind(ctx, deps, visit, {
      found: await deps.mandates.listAtCounter({ agentNumber, principalNumber }),
    });
  } catch (error) {
    if (!isShown(error)) throw error;
    drawFind(ctx, deps, visit, { refusal: error });
  }
};

const drawRecord = (ctx: Context, deps: ConsoleDeps, { csrf }: Visit, refusal?: AppError): void => {
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <RecordMandatePage
      context={context}
      csrf={csrf}
      days={mandateDays}
      evidenceDigest={field(ctx, 'evidenceDigest')}
      reason={field(ctx, 'reason')}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

const draftOf = (ctx: Context, officerId: string) => {
  const role: 'parent' | 'child' = field(ctx, 'role') === 'child' ? 'child' : 'parent';
  const evidenceDigest = field(ctx, 'evidenceDigest').trim().toLowerCase();
  return {
    officerId,
    role,
    agent: { name: field(ctx, 'agentName'), number: field(ctx, 'agentNumber') },
    principal: { name: field(ctx, 'principalName'), number: field(ctx, 'principalNumber') },
    items: [],
    days: Number(field(ctx, 'days')),
    evidenceDigest,
  };
};

/** Drafts a mandate by the papers the officer saw, and has another officer decide. */
const record: ConsolePage = async (ctx, deps, visit) => {
  const { officerId } = visit;
  try {
    if (field(ctx, 'checked') !== 'yes') throw new AppError('mandate-papers-unchecked');
    const draft = draftOf(ctx, officerId);
    const { mandateId } = await deps.mandates.draftAtCounter(draft);
    const { proposalId } = await propose(ctx, deps, visit, 'mandate.record', mandateId, [
      { field: 'mandateRole', before: null, after: draft.role },
      { field: 'evidenceDigest', before: null, after: draft.evidenceDigest },
    ]).catch(async (error) => {
      // Nobody would ever decide it.
      await deps.mandates.settleCounterDraft({ mandateId, accepts: false, officerId });
      throw error;
    });
    seeOther(ctx, `/console/proposals/${proposalId}`);
  } catch (error) {
    if (!isShown(error)) throw error;
    drawRecord(ctx, deps, visit, error);
  }
};

const propose = (
  ctx: Context,
  { staff, regionCode }: ConsoleDeps,
  { officerId }: Visit,
  kind: 'mandate.record' | 'mandate.end',
  subject: string,
  difference: { field: string; before: null; after: string }[],
) => staff.propose({ officerId, kind, subject, regionCode, difference, reason: field(ctx, 'reason') });

/** Opens both names, masked, each after a row of that person's ledger. */
const namesOf = async (
  { identity, mandates, directory, consent }: ConsoleDeps,
  { officerId }: Visit,
  { agentId, principalId }: CounterMandate,
): Promise<string[]> => {
  const nameOf = async (id: string): Promise<string> => {
    const dependant = await mandates.findDependant(id);
    const person =
      dependant === null
        ? { accountId: id }
        : { holderIndex: directory.holderIndexOf({ type: '111', code: dependant.number }) };
    await consent.recordAccess({
      person,
      reader: {
        kind: 'officer',
        id: officerId,
        name: { zh: '窗口工作人员', en: 'Officer at a service counter' },
      },
      what: { fields: ['name'] },
      cause: { purpose: '到窗口办理家庭代办' },
      // 国务院令第716号 article 5, as read: one nationwide unified authentication of identity.
      basis: { kind: 'law', law: '国务院关于在线政务服务的若干规定', article: '第五条' },
      outcome: { kind: 'granted' },
      channel: 'counter',
    });
    return maskName((dependant ?? (await identity.findAccount(id)))?.name ?? '');
  };
  return Promise.all([nameOf(agentId), nameOf(principalId)]);
};

const draw = async (ctx: Context, deps: ConsoleDeps, visit: Visit, refusal?: AppError): Promise<void> => {
  const mandate = await deps.mandates.readAtCounter(parameter(ctx, 'id'));
  const { expiresAt, evidenceDigest } = mandate;
  const [agentName = '', principalName = ''] = await namesOf(deps, visit, mandate);
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <CounterMandatePage
      context={context}
      csrf={visit.csrf}
      mandate={{ ...shownOf(mandate), agentName, principalName, expiresAt, evidenceDigest }}
      reason={field(ctx, 'reason')}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Has another officer decide whether a mandate ends. */
const proposeEnd: ConsolePage = async (ctx, deps, visit) => {
  const { mandateId } = await deps.mandates.readAtCounter(parameter(ctx, 'id'));
  const reason = field(ctx, 'ending');
  try {
    await deps.mandates.checkEnding({ mandateId, reason });
    const difference = [{ field: 'mandateEnding', before: null, after: reason }];
    const { proposalId } = await propose(ctx, deps, visit, 'mandate.end', mandateId, difference);
    seeOther(ctx, `/console/proposals/${proposalId}`);
  } catch (error) {
    if (!isShown(error)) throw error;
    await draw(ctx, deps, visit, error);
  }
};

/** The part of the console where officers record and end mandates within a family by papers they checked. */
export const counterMandatesSection: Section = {
  name: 'counterMandates',
  path: '/mandates',
  permission: { act: 'persons.check', within: 'instance' },
  routes: [
    { method: 'get', path: '/mandates', page: async (ctx, deps, visit) => drawFind(ctx, deps, visit) },
    { method: 'post', path: '/mandates', page: find },
    {
      method: 'get',
      path: '/mandates/record',
      page: async (ctx, deps, visit) => drawRecord(ctx, deps, visit),
    },
    { method: 'post', path: '/mandates/record', page: record },
    { method: 'get', path: '/mandates/:id', page: (ctx, deps, visit) => draw(ctx, deps, visit) },
    { method: 'post', path: '/mandates/:id', page: proposeEnd },
  ],
};
