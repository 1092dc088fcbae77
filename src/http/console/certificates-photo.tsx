import type { Context } from 'koa';
import { CropPhotoPage, UploadPhotoPage } from '../../../views/console/certificate-photo.tsx';
import { AppError } from '../../base/error.ts';
import { type CheckReport, type CropBox, cropMoves, photoLimits, reportOf } from '../../directory/index.ts';
import { authorityOf } from '../../staff/index.ts';
import { field } from '../form.ts';
import { seeOther, showPage } from '../page.ts';
import { uploadedFile } from '../upload.ts';
import { certificatesPath } from './certificates-access.ts';
import { type FormErrors, sentencesOf } from './certificates-form.ts';
import type { ConsoleDeps } from './deps.ts';
import type { ConsolePage } from './guard.ts';
import { parameter } from './page.ts';
import type { Visit } from './visit.ts';

const photosPath = `${certificatesPath}/photos`;

/** The file of the upload form; what is a little larger is told so by the photo's own check. */
export const photoUpload = { name: 'file', limitKb: photoLimits.bytes / 1024 + 1024 };

const drawUpload = (ctx: Context, deps: ConsoleDeps, { csrf }: Visit, errors: FormErrors): void => {
  ctx.status = errors.size === 0 ? 200 : 400;
  const [holderType, holderCode, profile] = ['holderType', 'holderCode', 'profile'].map((name) =>
    field(ctx, name),
  );
  showPage(
    ctx,
    deps,
    (context) => (
      <UploadPhotoPage
        {...{ context, csrf }}
        asked={{ holderType: holderType ?? '', holderCode: holderCode ?? '', profile: profile ?? '' }}
        megabytes={photoLimits.bytes / 1024 / 1024}
        errors={sentencesOf(errors, context.language)}
        isKept={ctx.query['kept'] === 'yes'}
      />
    ),
    photosPath,
  );
};

/** Shows the form by which a photo is handed in. */
export const showUpload: ConsolePage = async (ctx, deps, visit) => {
  authorityOf(visit.officer);
  drawUpload(ctx, deps, visit, new Map());
};

/** Runs a part of the upload; a refusal, which is all about what was handed in, is placed at its input. */
const at = async <T,>(errors: FormErrors, input: string, deed: () => T | Promise<T>): Promise<T | null> => {
  try {
    return await deed();
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    errors.set(input, error);
    return null;
  }
};

/** Holds a photo to be cropped; it is nobody's yet, so no ledger has it. */
export const upload: ConsolePage = async (ctx, deps, visit) => {
  authorityOf(visit.officer);
  const errors: FormErrors = new Map();
  const holder = { type: field(ctx, 'holderType'), code: field(ctx, 'holderCode') };
  const holderId = await at(errors, 'holderCode', () => deps.directory.holderIndexOf(holder));
  const bytes = uploadedFile(ctx);
  if (bytes === null) errors.set('file', new AppError('photo-file-missing'));
  if (bytes === null || holderId === null) return drawUpload(ctx, deps, visit, errors);
  const draft = await at(errors, 'file', () =>
    deps.photos.beginDraft({ bytes, holderId, profileId: field(ctx, 'profile'), actor: visit.officerId }),
  );
  if (draft === null) return drawUpload(ctx, deps, visit, errors);
  seeOther(ctx, `${photosPath}/${draft.draftId}`);
};

const drawCrop = (
  ctx: Context,
  deps: ConsoleDeps,
  { csrf }: Visit,
  { jpeg, crop, checks }: { jpeg: Buffer | null; crop: CropBox | null; checks: readonly CheckReport[] },
): void =>
  showPage(ctx, deps, (context) => (
    <CropPhotoPage
      {...{ context, csrf, crop }}
      path={`${photosPath}/${parameter(ctx, 'id')}`}
      picture={jpeg === null ? null : `data:image/jpeg;base64,${jpeg.toString('base64')}`}
      checks={checks.map(({ check, outcome, failure }) => ({
        check,
        outcome,
        message: failure === null ? null : new AppError(failure.code, failure.values).text(context.language),
      }))}
    />
  ));

/** Shows the photo as our own box would have it. */
export const showCrop: ConsolePage = async (ctx, deps, visit) => {
  authorityOf(visit.officer);
  const draft = { draftId: parameter(ctx, 'id'), actor: visit.officerId };
  const { jpeg, checks } = await deps.photos.previewDraft(draft);
  drawCrop(ctx, deps, visit, { jpeg, checks, crop: null });
};

/** Reads the box that the form carries; none when the photo is as it came. Throws photo-crop-invalid. */
const cropIn = (ctx: Context): { crop?: CropBox } => {
  const text = field(ctx, 'crop');
  if (text === '') return {};
  const [, ...numbers] = /^(\d{1,5}) (\d{1,5}) (\d{1,5}) (\d{1,5})$/.exec(text) ?? [];
  const [left, top, width, height] = numbers.map(Number);
  if (left === undefined || top === undefined || width === undefined || height === undefined)
    throw new AppError('photo-crop-invalid');
  return { crop: { left, top, width, height } };
};

/** Moves the crop by a step, or keeps the photo, which then waits for its review. */
export const adjustOrKeep: ConsolePage = async (ctx, deps, visit) => {
  authorityOf(visit.officer);
  const draft = { draftId: parameter(ctx, 'id'), actor: visit.officerId, ...cropIn(ctx) };
  const { crop = null } = draft;
  if (field(ctx, 'keep') === 'yes') {
    const admission = await deps.photos.keepDraft(draft);
    if (admission.outcome === 'admitted') return seeOther(ctx, `${photosPath}?kept=yes`);
    const { jpeg } = await deps.photos.previewDraft(draft);
    return drawCrop(ctx, deps, visit, { jpeg, crop, checks: reportOf(admission.failures) });
  }
  const move = cropMoves.find((known) => known === field(ctx, 'move'));
  const moved = await deps.photos.previewDraft({ ...draft, ...(move === undefined ? {} : { move }) });
  drawCrop(ctx, deps, visit, { ...moved, crop: move === undefined ? crop : moved.crop });
};
