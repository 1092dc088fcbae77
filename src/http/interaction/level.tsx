import type { Context } from 'koa';
import { LevelPage, type LevelWay } from '../../../views/interaction/level.tsx';
import { AppError } from '../../base/error.ts';
import { type AccountProfile, isKnown, type PasskeySummary } from '../../identity/index.ts';
import type { LevelAsked } from '../../oidc/index.ts';
import { acrOf, levelOf } from '../../terms/assurance.ts';
import { field } from '../form.ts';
import { renderPage } from '../render.ts';
import { finishStep, type InteractionDeps, type OpenInteraction, openInteraction } from './open.ts';

interface Step {
  asked: LevelAsked;
  person: AccountProfile;
  amr: string[];
}

const stepOf = async (deps: InteractionDeps, open: OpenInteraction): Promise<Step> => {
  const { session, prompt } = open.details;
  const person = session?.accountId === undefined ? null : await deps.identity.findAccount(session.accountId);
  if (person === null || prompt.name !== 'level') throw new AppError('form-expired');
  const { amr = [] } = session as { amr?: string[] };
  return { asked: prompt.details as unknown as LevelAsked, person, amr };
};

/** As what the checks of a person can make them known; the fourth level is a matter of how they sign in. */
const mostByChecks = 3;

/** Tells whether all is known of a person that the site asks. */
const isKnownEnough = ({ asked, person }: Step): boolean =>
  (asked.needsPerson ? isKnown(person) : true) && person.assurance >= Math.min(asked.level, mostByChecks);

const wayOf = (deps: InteractionDeps, step: Step): LevelWay => {
  if (!isKnownEnough(step)) return 'raise';
  if (step.asked.level <= mostByChecks) return 'stronger';
  return deps.takesHardwareKeys ? 'hardware' : 'none';
};

const serves = (way: LevelWay, { deviceType }: PasskeySummary): boolean =>
  way !== 'hardware' || deviceType === 'singleDevice';

/** Shows what level a site asks for, and the ways to reach it. */
export async function showLevel(
  ctx: Context,
  deps: InteractionDeps,
  open: OpenInteraction,
  notYet?: true,
): Promise<void> {
  const step = await stepOf(deps, open);
  const { asked, person } = step;
  const way = wayOf(deps, step);
  const passkeys = await deps.identity.listPasskeys(person.accountId);
  // The portal leads back here when the level is raised.
  const back = new URLSearchParams({ step: open.uid, site: open.site.clientId });
  ctx.type = 'html';
  ctx.body = renderPage(
    <LevelPage
      context={open.context}
      action={open.at('level')}
      csrf={open.csrf}
      abortAction={open.at('abort')}
      asked={asked.level}
      needsPerson={asked.needsPerson && !isKnown(person)}
      known={person.assurance}
      reached={levelOf(open.details.session?.acr ?? '') ?? 1}
      way={way}
      hasPasskey={passkeys.some((passkey) => serves(way, passkey))}
      mayGoOn={!asked.isRequired && !asked.needsPerson}
      raiseHref={`/my/level?${back}`}
      notYet={notYet === true}
    />,
  );
}

/** Takes the person's choice: to be judged again by what is known now, to sign in a surer way, or to go on with less. */
export async function submitLevel(ctx: Context, deps: InteractionDeps): Promise<void> {
  const open = await openInteraction(ctx, deps);
  deps.csrf.check(open.uid, field(ctx, 'csrf'));
  const step = await stepOf(deps, open);
  const { asked, person, amr } = step;
  const decision = field(ctx, 'decision');
  if (decision === 'stronger') return finishStep(ctx, deps, { switchAccount: true });
  if (decision === 'accept' && !asked.isRequired && !asked.needsPerson)
    return finishStep(ctx, deps, { level: 'accepted' });
  if (decision !== 'again') throw new AppError('body-malformed');
  const { accountId } = person;
  const reached = await deps.identity.assuranceReached(accountId, amr);
  if (reached === null || !isKnownEnough(step)) return showLevel(ctx, deps, open, true);
  const ts = await signedInAt(deps, open);
  return finishStep(ctx, deps, { login: { accountId, amr, acr: acrOf(reached), remember: false, ts } });
}

/** The person proves nothing anew at this step: what is known of them changed, not when they signed in. */
const signedInAt = async (deps: InteractionDeps, open: OpenInteraction): Promise<number> => {
  const session = await deps.provider().Session.findByUid(open.details.session?.uid ?? '');
  if (session?.loginTs === undefined) throw new AppError('interaction-expired');
  return session.loginTs;
};
