import type { Context } from 'koa';
import { RecoveryFormPage } from '../../../views/recover/form.tsx';
import { RecoveryFacePage } from '../../../views/recover/ways.tsx';
import { type Text, textOf } from '../../../views/text/index.ts';
import { AppError } from '../../base/error.ts';
import { field } from '../form.ts';
import { type RecoverDeps, type RecoverPage, type Seeker, seeOther, showPage } from './browser.ts';
import { fieldsOf, isTold, refusedAt, typedOf } from './fields.ts';
import { drawStatus } from './go-on.tsx';

type Way = 'codes' | 'face';

const drawBeginning = async (
  ctx: Context,
  deps: RecoverDeps,
  seeker: Seeker,
  way: Way,
  refusal?: AppError,
): Promise<void> => {
  const { binding, address } = seeker;
  const puzzle = await deps.identity.offerPuzzle({ binding, address, number: typedOf(ctx).number });
  const fieldsFor = ({ recovery }: Text) =>
    fieldsOf(recovery, way === 'codes' ? recovery.codes : null).filter(
      ({ name }) => way === 'codes' || name === 'number',
    );
  showPage(
    ctx,
    deps,
    (context) => (
      <RecoveryFormPage
        context={context}
        title={textOf(context.language).recovery[way].title}
        lead={textOf(context.language).recovery[way].lead}
        action={`/recover/${way}`}
        csrf={seeker.csrf}
        fields={fieldsFor(textOf(context.language))}
        typed={typedOf(ctx)}
        backHref="/recover"
        puzzle={puzzle}
        {...refusedAt(context, refusal)}
      />
    ),
    { refusal },
  );
};

/** Shows the form that a way begins with. */
export const showBeginning =
  (way: Way): RecoverPage =>
  async (ctx, deps, seeker) => {
    if (way === 'face' && !deps.identity.offers.faceCheck) throw new AppError('way-not-offered');
    await drawBeginning(ctx, deps, seeker, way);
  };

/** Takes it; whoever's number it is, the next page is the same. */
export const takeBeginning =
  (way: Way): RecoverPage =>
  async (ctx, deps, seeker) => {
    const { binding, address } = seeker;
    try {
      const solution = field(ctx, 'solution');
      await deps.identity.beginRecovery({ binding, address, way, solution, ...typedOf(ctx) });
    } catch (error) {
      if (!isTold(error)) throw error;
      return drawBeginning(ctx, deps, seeker, way, error);
    }
    seeOther(ctx, `/recover/${way}/proof`);
  };

const drawProof = (ctx: Context, deps: RecoverDeps, seeker: Seeker, way: Way, refusal?: AppError): void =>
  showPage(
    ctx,
    deps,
    (context) => {
      const { recovery } = textOf(context.language);
      const { prove } = recovery;
      return (
        <RecoveryFormPage
          context={context}
          title={prove.title}
          lead={way === 'codes' ? prove.lead : prove.app}
          action={`/recover/${way}/proof`}
          csrf={seeker.csrf}
          fields={fieldsOf(recovery, prove, 'one-time-code').filter(({ name }) => name === 'code')}
          {...(way === 'codes' && { without: { label: prove.without, hint: prove.withoutHint } })}
          backHref={`/recover/${way}`}
          {...refusedAt(context, refusal)}
        />
      );
    },
    { refusal },
  );

/** Shows the form for the code. */
export const showProof =
  (way: Way): RecoverPage =>
  async (ctx, deps, seeker) =>
    drawProof(ctx, deps, seeker, way);

/** Takes the code; all that was shown is judged at once. */
export const takeProof =
  (way: Way): RecoverPage =>
  async (ctx, deps, seeker) => {
    const { binding, address } = seeker;
    const { code } = typedOf(ctx);
    const isWithoutPhone = way === 'codes' && field(ctx, 'without') === '1';
    try {
      const asked = await deps.identity.proveRecovery({ binding, address, code, isWithoutPhone });
      if (asked === null) return seeOther(ctx, '/recover/check');
      return await drawStatus(ctx, deps, seeker, asked.code);
    } catch (error) {
      if (!isTold(error)) throw error;
      return drawProof(ctx, deps, seeker, way, error);
    }
  };

const drawFace = (
  ctx: Context,
  deps: RecoverDeps,
  seeker: Seeker,
  { href = null, refusal }: { href?: string | null; refusal?: AppError },
): void =>
  showPage(
    ctx,
    deps,
    (context) => (
      <RecoveryFacePage
        context={context}
        csrf={seeker.csrf}
        href={href}
        {...(refusal && { error: refusal.text(context.language) })}
      />
    ),
    { refusal, path: '/recover/check' },
  );

/** Says what a face check is before one begins. */
export const showFace: RecoverPage = async (ctx, deps, seeker) => {
  await deps.identity.faceAccountOf(seeker.binding);
  drawFace(ctx, deps, seeker, {});
};

/** Begins a face check: name and number go to the authority, after a row of the ledger. */
export const beginFace: RecoverPage = async (ctx, deps, seeker) => {
  const { binding, address } = seeker;
  try {
    const accountId = await deps.identity.faceAccountOf(binding);
    await deps.consent.recordAccess({
      person: { accountId },
      reader: { kind: 'self', id: accountId, name: { zh: '本人', en: 'Yourself' } },
      what: { fields: ['name', 'id_number'] },
      cause: { purpose: '找回账号时交人脸核验机构核对本人' },
      basis: { kind: 'self' },
      outcome: { kind: 'granted' },
      channel: 'sign-in',
    });
    const returnTo = `${deps.issuer}/recover/check/done`;
    const { address: href } = await deps.identity.beginRecoveryFace({ binding, returnTo, address });
    drawFace(ctx, deps, seeker, { href });
  } catch (error) {
    if (!isTold(error)) throw error;
    drawFace(ctx, deps, seeker, { refusal: error });
  }
};

/** Takes the person back from the authority's page; what came of it is asked of the authority. */
export const finishFace: RecoverPage = async (ctx, deps, seeker) => {
  try {
    const { code } = await deps.identity.finishRecoveryFace({ binding: seeker.binding });
    await drawStatus(ctx, deps, seeker, code);
  } catch (error) {
    if (!isTold(error)) throw error;
    drawFace(ctx, deps, seeker, { refusal: error });
  }
};
