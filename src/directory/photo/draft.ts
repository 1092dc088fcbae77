import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import { type Admission, admitPhoto, type NewPhoto } from './admit-photo.ts';
import { type CheckReport, reportOf } from './checks.ts';
import { type CropBox, type CropMove, cropBoxOf, moveCropBox } from './crop.ts';
import type { Developed } from './develop.ts';
import type { Work } from './ports.ts';
import { previewPhoto } from './preview-photo.ts';
import { type PhotoProfileId, profileOf } from './profiles.ts';

/** A file that is looked at before it is kept: by whom, and whose face it is to be. */
export type NewDraft = Omit<NewPhoto, 'crop'>;

/** Names a draft to the one who began it. */
export interface OwnDraft {
  draftId: string;
  actor: string;
  /** The part to use; our own box when left out. */
  crop?: CropBox;
}

/** What a draft would become, and what came of each check. */
export interface DraftPreview extends Developed {
  profileId: PhotoProfileId;
  checks: CheckReport[];
}

interface Draft {
  profileId: PhotoProfileId;
  holderId: string;
  width: number;
  height: number;
  /** The file, sealed, base64. */
  sealed: string;
}

const draftTtlSeconds = 900;
// Whoever began it is in the key, so that nobody else finds it.
const keyOf = ({ draftId, actor }: OwnDraft): string => `photo:draft:${actor}:${draftId}`;
const contextOf = (draftId: string): string => `photos.draft:${draftId}`;

/**
 * Holds a file for a quarter of an hour, sealed, while it is cropped. Throws what previewPhoto throws for one that is no
 * photo.
 */
export async function beginDraft(work: Work, input: NewDraft): Promise<{ draftId: string }> {
  const { bytes, profileId, holderId, actor } = input;
  const { width, height } = await previewPhoto(work, { bytes, profileId });
  const draftId = newId();
  const sealed = work.photoCipher.seal(bytes, contextOf(draftId)).toString('base64');
  const draft: Draft = { profileId: profileOf(profileId).id, holderId, width, height, sealed };
  await put(work, { draftId, actor }, JSON.stringify(draft));
  return { draftId };
}

const put = (work: Work, own: OwnDraft, value: string): Promise<void> =>
  work.ephemeral.put(keyOf(own), value, { ttlSeconds: draftTtlSeconds });

/** Shows what a draft would become, the box moved by a step if so asked. Throws photo-draft-missing, photo-crop-invalid. */
export async function previewDraft(work: Work, input: OwnDraft & { move?: CropMove }): Promise<DraftPreview> {
  const entry = await work.ephemeral.get(keyOf(input));
  if (entry === null) throw new AppError('photo-draft-missing');
  const draft: Draft = JSON.parse(entry.value);
  const { profileId } = draft;
  const { move, crop: given } = input;
  const profile = profileOf(profileId);
  const crop =
    move === undefined ? given : moveCropBox(given ?? cropBoxOf(draft, profile), draft, profile, move);
  const bytes = bytesOf(work, input, draft);
  const developed = await previewPhoto(work, { bytes, profileId, ...(crop === undefined ? {} : { crop }) });
  return { ...developed, profileId, checks: reportOf(developed.failures) };
}

const bytesOf = (work: Work, { draftId }: OwnDraft, { sealed }: Draft): Buffer =>
  work.photoCipher.open(Buffer.from(sealed, 'base64'), contextOf(draftId));

/**
 * Keeps a draft as a photo that waits for review, once: of two at the same time one is answered. One that is refused is
 * held on. Throws photo-draft-missing, photo-crop-invalid.
 */
export async function keepDraft(work: Work, input: OwnDraft): Promise<Admission> {
  const value = await work.ephemeral.take(keyOf(input));
  if (value === null) throw new AppError('photo-draft-missing');
  const draft: Draft = JSON.parse(value);
  const { profileId, holderId } = draft;
  const { actor, crop } = input;
  let isKept = false;
  try {
    const bytes = bytesOf(work, input, draft);
    const photo = { bytes, profileId, holderId, actor, ...(crop === undefined ? {} : { crop }) };
    const admission = await admitPhoto(work, photo);
    isKept = admission.outcome === 'admitted';
    return admission;
  } finally {
    if (!isKept) await put(work, input, value);
  }
}
