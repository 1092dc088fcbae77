import Router from '@koa/router';
import type { Context, Next } from 'koa';
import { PeoplePage } from '../../../views/simulator/people.tsx';
import { AppError } from '../../base/error.ts';
import { maskNumber } from '../../base/mask.ts';
import type { LevelAsked } from '../../oidc/index.ts';
import { type AssuranceLevel, acrOf } from '../../terms/assurance.ts';
import { keepPreferences } from '../context.ts';
import { field, readForm } from '../form.ts';
import { writeGrant } from '../interaction/consent.tsx';
import { finishStep, type OpenInteraction, openInteraction, type StepDeps } from '../interaction/open.ts';
import { renderPage } from '../render.ts';
import { momentOf, type Order } from './faults.ts';
import { type Hint, readHint, type SimulatedPerson } from './hint.ts';
import type { Journal } from './journal.ts';
import type { Orders } from './orders.ts';

export interface SimulatedStepDeps extends StepDeps {
  people: readonly SimulatedPerson[];
  orders: Orders;
  journal: Pick<Journal, 'note'>;
  /** Whether people are asked at consent, by the real page. */
  asksConsent: boolean;
}

const firstLevel = 2;
const passkeyLevel = 3;
const mostLevel = 4;

const hintOf = ({ people }: SimulatedStepDeps, { details }: OpenInteraction): Hint =>
  readHint(details.params['login_hint'], people);

/** The level chosen on the page of this request. */
const chosenLevel = ({ details }: OpenInteraction): AssuranceLevel | undefined =>
  details.lastSubmission?.['simulatedLevel'] as AssuranceLevel | undefined;

/** Says how somebody signed in: from the third level on as with a key of the device. */
const signInOf = (accountId: string, level: AssuranceLevel): Record<string, unknown> => ({
  login: {
    accountId,
    acr: acrOf(level),
    amr: level < passkeyLevel ? ['user'] : ['hwk', 'user', 'mfa'],
    remember: false,
  },
  switchAccount: false,
});

const refuse = (ctx: Context, deps: SimulatedStepDeps, error: string, why: string): Promise<void> =>
  finishStep(ctx, deps, { error, error_description: `simulator: ${why}` });

/** Takes the failure that is ordered for this step. */
const failureOf = (deps: SimulatedStepDeps, open: OpenInteraction, { order }: Hint): Order | null => {
  if (order?.endpoint === 'authorize' && momentOf(order) === 'step') return order;
  return deps.orders.take('authorize', 'step', { clientId: open.site.clientId });
};

const showPeople = (ctx: Context, deps: SimulatedStepDeps, open: OpenInteraction, hint: Hint): void => {
  ctx.type = 'html';
  ctx.body = renderPage(
    <PeoplePage
      context={open.context}
      action={open.at('person')}
      csrf={open.csrf}
      abortAction={open.at('abort')}
      people={deps.people.map(({ name, number, level }) => ({
        name,
        maskedNumber: maskNumber(number),
        level: level ?? null,
      }))}
      isHintStrange={hint.isStrange}
    />,
  );
};

const signIn = async (ctx: Context, deps: SimulatedStepDeps, open: OpenInteraction): Promise<void> => {
  const hint = hintOf(deps, open);
  const failure = failureOf(deps, open, hint);
  if (failure !== null) {
    deps.journal.note(ctx.res, { fault: failure.fault });
    return refuse(ctx, deps, String(failure.value), 'ordered');
  }
  const { person, isStrange, level } = hint;
  if (person === undefined || isStrange) return showPeople(ctx, deps, open, hint);
  await finishStep(ctx, deps, signInOf(person.accountId, level ?? person.level ?? firstLevel));
};

/** Reaches the level a site asks for, unless one is ordered: then the person goes on with it, or back where it is too low. */
const reachLevel = async (ctx: Context, deps: SimulatedStepDeps, open: OpenInteraction): Promise<void> => {
  const { prompt, session } = open.details;
  const { level, isRequired } = prompt.details as unknown as LevelAsked;
  const person = deps.people.find(({ accountId }) => accountId === session?.accountId);
  if (person === undefined) throw new AppError('form-expired');
  const ordered = hintOf(deps, open).level ?? chosenLevel(open) ?? person.level;
  if (ordered === undefined) return finishStep(ctx, deps, signInOf(person.accountId, level));
  if (!isRequired) return finishStep(ctx, deps, { level: 'accepted' });
  return refuse(ctx, deps, 'access_denied', 'the level ordered is too low');
};

const agree = async (ctx: Context, deps: SimulatedStepDeps, open: OpenInteraction): Promise<void> => {
  const accountId = open.details.session?.accountId;
  if (accountId === undefined) throw new AppError('form-expired');
  const { grantId } = await writeGrant(deps, open, accountId, { uses: [], granted: [] });
  await finishStep(ctx, deps, { consent: { grantId } });
};

/** Takes the person chosen on the page. */
const submitPerson = async (ctx: Context, deps: SimulatedStepDeps): Promise<void> => {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  const person = deps.people[Number(field(ctx, 'person')) - 1];
  const asked = Number(field(ctx, 'level'));
  if (person === undefined || open.details.prompt.name !== 'login') throw new AppError('form-expired');
  const chosen = asked >= 1 && asked <= mostLevel ? (asked as AssuranceLevel) : undefined;
  await finishStep(ctx, deps, {
    ...signInOf(person.accountId, chosen ?? person.level ?? firstLevel),
    ...(chosen === undefined ? {} : { simulatedLevel: chosen }),
  });
};

/** Routes the steps that go by themselves; the rest, and consent to certificates, are shown as they are. */
export function createStepRoutes(deps: SimulatedStepDeps): Router {
  const router = new Router({ prefix: '/interaction/:uid' });
  const step = async (ctx: Context, next: Next): Promise<unknown> => {
    const open = await openInteraction(ctx, deps);
    const { prompt, params } = open.details;
    if (prompt.name === 'login') return signIn(ctx, deps, open);
    if (prompt.name === 'level') return reachLevel(ctx, deps, open);
    const asks = deps.asksConsent || hintOf(deps, open).asks === true;
    const isSilent = !asks && params['authorization_details'] === undefined;
    return prompt.name === 'consent' && isSilent ? agree(ctx, deps, open) : next();
  };
  router.get(['/', '/person'], keepPreferences(deps.settings), step);
  router.post('/person', readForm, (ctx) => submitPerson(ctx, deps));
  return router;
}
