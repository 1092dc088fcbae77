import type { Context } from 'koa';
import { CheckPersonPage, FindPersonPage } from '../../../views/console/counter-check.tsx';
import { AppError } from '../../base/error.ts';
import { maskName, maskNumber } from '../../base/mask.ts';
import { isKnown, type KnownPerson } from '../../identity/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { parameter } from './page.ts';
import type { Section } from './section.ts';
import type { Visit } from './visit.ts';

const findPath = '/console/counter';
const pathOf = (accountId: string): string => `${findPath}/${accountId}`;
const longestShown = 60;

/** What the officer can put right, or has to know, is said on the page. */
const isShown = (error: unknown): error is AppError => error instanceof AppError && error.status < 500;

const drawFind = (ctx: Context, deps: ConsoleDeps, { csrf }: Visit, refusal?: AppError): void => {
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <FindPersonPage
      context={context}
      csrf={csrf}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Finds who stands at the counter by the number on the card. */
const find: ConsolePage = async (ctx, deps, visit) => {
  try {
    const accountId = await deps.identity.findAccountIdByNumber(field(ctx, 'number'));
    if (accountId === null) throw new AppError('counter-check-person-unknown');
    seeOther(ctx, pathOf(accountId));
  } catch (error) {
    if (!isShown(error)) throw error;
    drawFind(ctx, deps, visit, error);
  }
};

/** Opens as much of a person as a card is compared with, after a row of their ledger. Throws counter-check-person-unknown. */
const readPerson = async (ctx: Context, deps: ConsoleDeps, { officerId }: Visit): Promise<KnownPerson> => {
  const accountId = parameter(ctx, 'id');
  const profile = await deps.identity.findAccount(accountId);
  if (profile === null || profile.status !== 'active' || !isKnown(profile))
    throw new AppError('counter-check-person-unknown');
  await deps.consent.recordAccess({
    person: { accountId },
    reader: {
      kind: 'officer',
      id: officerId,
      name: { zh: '窗口工作人员', en: 'Officer at a service counter' },
    },
    what: { fields: ['name', 'id_number', 'assurance_level'] },
    cause: { purpose: '本人到窗口核对身份' },
    // 国务院令第716号 article 5, as read: one nationwide unified authentication of identity.
    basis: { kind: 'law', law: '国务院关于在线政务服务的若干规定', article: '第五条' },
    outcome: { kind: 'granted' },
    channel: 'counter',
  });
  return profile;
};

const draw = async (
  ctx: Context,
  deps: ConsoleDeps,
  visit: Visit,
  { refusal, isDone = false }: { refusal?: AppError; isDone?: boolean } = {},
): Promise<void> => {
  const { accountId, name, number, assurance } = await readPerson(ctx, deps, visit);
  ctx.status = refusal?.status ?? 200;
  showPage(ctx, deps, (context) => (
    <CheckPersonPage
      context={context}
      csrf={visit.csrf}
      href={pathOf(accountId)}
      maskedName={maskName(name)}
      maskedNumber={maskNumber(number)}
      level={assurance}
      typedName={field(ctx, 'name').slice(0, longestShown)}
      isDone={isDone}
      {...(refusal && { error: refusal.text(context.language) })}
    />
  ));
};

/** Takes the officer's word; what is refused is said above the form. */
const check: ConsolePage = async (ctx, deps, visit) => {
  const accountId = parameter(ctx, 'id');
  try {
    if (field(ctx, 'genuine') !== 'yes' || field(ctx, 'face') !== 'yes')
      throw new AppError('counter-check-document');
    await deps.identity.checkAtCounter({ accountId, officerId: visit.officerId, name: field(ctx, 'name') });
  } catch (error) {
    if (!isShown(error) || error.code === 'counter-check-person-unknown') throw error;
    return draw(ctx, deps, visit, { refusal: error });
  }
  await draw(ctx, deps, visit, { isDone: true });
};

const permission = { act: 'persons.check', within: 'instance' } as const;
const fresh = { ...permission, fresh: true } as const;

/** The part of the console where an officer at a counter raises a person to the third level. */
export const counterCheckSection: Section = {
  name: 'counterCheck',
  path: '/counter',
  permission,
  routes: [
    { method: 'get', path: '/counter', page: async (ctx, deps, visit) => drawFind(ctx, deps, visit) },
    { method: 'post', path: '/counter', page: find },
    {
      method: 'get',
      path: '/counter/:id',
      page: (ctx, deps, visit) => draw(ctx, deps, visit),
      permission: fresh,
    },
    { method: 'post', path: '/counter/:id', page: check, permission: fresh },
  ],
};
