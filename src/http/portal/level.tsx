import type { Context } from 'koa';
import { FacePage, FaceReadyPage, LevelPage, type LevelPageProps } from '../../../views/portal/level.tsx';
import { AppError } from '../../base/error.ts';
import { countsUntil, isKnown } from '../../identity/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import type { PortalDeps } from './deps.ts';
import { holderOf, profileOf } from './person.ts';
import type { PortalPage, Visit } from './visit.ts';

const levelPath = '/my/level';
const facePath = '/my/level/face';
const longestShown = 60;

/** The step of a sign-in at a site that waits for a higher level, as its page's link to here says. */
const waitingStep = (ctx: Context): { step: string; site: string } | null => {
  const { step, site } = { ...ctx.query, ...(ctx.request.body as Record<string, unknown> | undefined) };
  const isStep = typeof step === 'string' && /^[\w-]{10,64}$/.test(step);
  return isStep && typeof site === 'string' ? { step, site } : null;
};

type Typed = NonNullable<LevelPageProps['typed']>;

const draw = async (
  ctx: Context,
  deps: PortalDeps,
  visit: Visit,
  more: { typed?: Typed; refusal?: AppError } = {},
): Promise<void> => {
  const { typed, refusal } = more;
  const profile = await profileOf(deps, visit);
  const waiting = waitingStep(ctx);
  const now = deps.nowSeconds() * 1000;
  ctx.status = refusal?.status ?? 200;
  const again = waiting === null ? '' : `?${new URLSearchParams(waiting)}`;
  showPage(
    ctx,
    deps,
    (context) => (
      <LevelPage
        context={context}
        csrf={visit.csrf}
        level={profile.assurance}
        checks={profile.evidence.map((one) => {
          const until = countsUntil(one);
          return { method: one.method, at: one.at, until, isLapsed: until.getTime() <= now };
        })}
        isKnown={isKnown(profile)}
        offers={{ match: deps.identity.offers.population, face: deps.identity.offers.faceCheck }}
        typed={typed ?? { name: '', number: '' }}
        waiting={waiting}
        news={newsOf(ctx)}
        {...(refusal && { error: { ...errorOf(refusal), text: refusal.text(context.language) } })}
      />
    ),
    `${levelPath}${again}`,
  );
};

const errorOf = ({ code }: AppError): { field: 'name' | 'number' } => ({
  field: code.startsWith('citizen-number-') ? 'number' : 'name',
});

/** What brought the person here, beside their wish. */
const newsOf = ({ query }: Context): LevelPageProps['news'] => {
  if (query['raised'] !== undefined) return 'raised';
  return query['needed'] === undefined ? null : 'needed';
};

/** Shows the person's level, what it rests on, and the ways to raise it. */
export const showLevel: PortalPage = (ctx, deps, visit) => draw(ctx, deps, visit);

/** Confirms name and number; what was typed stands there again when it is refused. */
export const matchPerson: PortalPage = async (ctx, deps, visit) => {
  const typed = {
    name: field(ctx, 'name').slice(0, longestShown),
    number: field(ctx, 'number').slice(0, longestShown),
  };
  const { accountId } = visit;
  try {
    await deps.identity.matchPerson({ accountId, ...typed, address: deps.hideAddress(ctx.ip) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return draw(ctx, deps, visit, { typed, refusal: error });
  }
  seeOther(ctx, `${levelPath}?${new URLSearchParams({ ...waitingStep(ctx), raised: '' })}`);
};

const stepKey = ({ accountId }: Visit): string => `portal:face-step:${accountId}`;
const stepTtlSeconds = 900;

/** Says what a face check is before one begins: it is the person's choice. */
export const showFace: PortalPage = async (ctx, deps, visit) => {
  const waiting = waitingStep(ctx);
  showPage(ctx, deps, (context) => <FacePage context={context} csrf={visit.csrf} waiting={waiting} />);
};

/** Begins a face check, and shows the way to the authority's page. */
export const beginFace: PortalPage = async (ctx, deps, visit) => {
  const { accountId } = visit;
  const waiting = waitingStep(ctx);
  try {
    await recordHandingOver(deps, visit);
    const returnTo = `${deps.issuer}${facePath}/done`;
    const asked = { accountId, returnTo, address: deps.hideAddress(ctx.ip) };
    const { address } = await deps.identity.beginFaceCheck(asked);
    if (waiting !== null)
      await deps.ephemeral.put(stepKey(visit), JSON.stringify(waiting), { ttlSeconds: stepTtlSeconds });
    showPage(ctx, deps, (context) => <FaceReadyPage context={context} href={address} />, facePath);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    drawFaceRefusal(ctx, deps, visit, error);
  }
};

/** Name and number go to the authority that checks the face: a row of the ledger before they do. */
const recordHandingOver = async (deps: PortalDeps, visit: Visit): Promise<void> => {
  const { holderIndex } = await holderOf(deps, visit);
  await deps.consent.recordAccess({
    person: { accountId: visit.accountId, holderIndex },
    reader: { kind: 'self', id: visit.accountId, name: { zh: '本人', en: 'Yourself' } },
    what: { fields: ['name', 'id_number'] },
    cause: { purpose: '交人脸核验机构核对本人' },
    basis: { kind: 'self' },
    outcome: { kind: 'granted' },
    channel: 'portal',
  });
};

const drawFaceRefusal = (ctx: Context, deps: PortalDeps, visit: Visit, refusal: AppError): void => {
  ctx.status = refusal.status;
  const waiting = waitingStep(ctx);
  showPage(
    ctx,
    deps,
    (context) => (
      <FacePage
        context={context}
        csrf={visit.csrf}
        waiting={waiting}
        error={refusal.text(context.language)}
      />
    ),
    facePath,
  );
};

/** Takes the person back from the authority's page; what came of it is asked of the authority. */
export const finishFace: PortalPage = async (ctx, deps, visit) => {
  try {
    await deps.identity.finishFaceCheck({ accountId: visit.accountId });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return drawFaceRefusal(ctx, deps, visit, error);
  }
  const kept = await deps.ephemeral.take(stepKey(visit));
  const waiting = kept === null ? {} : (JSON.parse(kept) as Record<string, string>);
  seeOther(ctx, `${levelPath}?${new URLSearchParams({ ...waiting, raised: '' })}`);
};
