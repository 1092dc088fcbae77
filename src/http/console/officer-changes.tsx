import type { Context } from 'koa';
import {
  AccountPage,
  type ChangeProps,
  PasskeyPage,
  RolesPage,
} from '../../../views/console/officer-change.tsx';
import { AppError } from '../../base/error.ts';
import { type Officer, type Proposal, roles } from '../../staff/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { nameOf, pathOf, readOfficer, trying } from './officer-read.ts';
import { parameter } from './page.ts';
import type { Route } from './section.ts';
import type { Visit } from './visit.ts';

/** Reads the roles that a form has ticked. */
export const rolesOf = (ctx: Context): string[] =>
  roles.filter((role) => field(ctx, `role_${role}`) === 'yes');

type Draw = (ctx: Context, officer: Officer, props: ChangeProps) => ReturnType<typeof RolesPage>;

const drawRoles: Draw = (ctx, officer, props) => (
  <RolesPage {...props} roles={ctx.method === 'POST' ? rolesOf(ctx) : officer.roles} />
);
const drawPasskey: Draw = (_ctx, _officer, props) => <PasskeyPage {...props} />;
const drawAccount: Draw = (_ctx, officer, props) => (
  <AccountPage {...props} isTied={officer.accountId !== null} />
);

const draw = async (
  ctx: Context,
  deps: ConsoleDeps,
  visit: Visit,
  { page, refusal }: { page: Draw; refusal?: AppError },
): Promise<void> => {
  const officer = await readOfficer(ctx, deps, visit);
  ctx.status = refusal?.status ?? 200;
  const props = {
    officerHref: pathOf(officer.officerId),
    csrf: visit.csrf,
    name: nameOf(ctx, deps, officer),
    reason: field(ctx, 'reason'),
  };
  showPage(ctx, deps, (context) =>
    page(ctx, officer, {
      ...props,
      context,
      ...(refusal && { error: refusal.text(context.language) }),
    }),
  );
};

/** What a form asks for, beside who, whom and why. */
type Deed = (
  ctx: Context,
  deps: ConsoleDeps,
  given: { officerId: string; subject: string; reason: string },
) => Promise<Proposal>;

const changeRoles: Deed = (ctx, { staff }, given) => staff.proposeRoles({ ...given, roles: rolesOf(ctx) });

const changePasskey: Deed = (ctx, { staff }, given) =>
  staff.proposePasskey({ ...given, way: field(ctx, 'lost') === 'yes' ? 'in-place' : 'another' });

/** That there is an account of the level is all that is looked at, and its person's ledger has the look. */
const changeAccount: Deed = async (ctx, { staff, identity, consent }, given) => {
  const accountId = await identity.findAccountIdByNumber(field(ctx, 'number'));
  if (accountId === null) throw new AppError('officer-account-unfit');
  await consent.recordAccess({
    person: { accountId },
    reader: {
      kind: 'officer',
      id: given.officerId,
      name: { zh: '管理台工作人员', en: 'Officer at the console' },
    },
    what: { fields: ['assurance_level'] },
    cause: { purpose: '工作人员关联本人账号' },
    // 国务院令第716号 article 5, as read: one nationwide unified authentication of identity.
    basis: { kind: 'law', law: '国务院关于在线政务服务的若干规定', article: '第五条' },
    outcome: { kind: 'granted' },
    channel: 'console',
  });
  return staff.proposeAccount({ ...given, accountId });
};

const proposing =
  (page: Draw, deed: Deed): ConsolePage =>
  async (ctx, deps, visit) => {
    // An officer of another region is not even looked for an account for.
    await readOfficer(ctx, deps, visit);
    const given = {
      officerId: visit.officerId,
      subject: parameter(ctx, 'id'),
      reason: field(ctx, 'reason'),
    };
    const proposal = await trying(
      () => deed(ctx, deps, given),
      (refusal) => draw(ctx, deps, visit, { page, refusal }),
    );
    if (proposal !== null) seeOther(ctx, `/console/proposals/${proposal.proposalId}`);
  };

const permission = { act: 'officers.propose', within: 'own' } as const;

const routesOf = (name: string, page: Draw, deed: Deed): Route[] => {
  const path = `/officers/:id/${name}`;
  return [
    { method: 'get', path, page: (ctx, deps, visit) => draw(ctx, deps, visit, { page }), permission },
    { method: 'post', path, page: proposing(page, deed), permission },
  ];
};

/** The pages by which an officer at work is given other roles, a passkey, or the account of the same person. */
export const officerChangeRoutes: readonly Route[] = [
  ...routesOf('roles', drawRoles, changeRoles),
  ...routesOf('passkey', drawPasskey, changePasskey),
  ...routesOf('account', drawAccount, changeAccount),
];
