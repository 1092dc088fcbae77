import { createHash } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import type { Certificate } from '../certificate.ts';
import type { PhotoSummary } from '../photo/photos.ts';
import type { PhotoProfileId } from '../photo/profiles.ts';
import type { CheckedRow } from './check-row.ts';
import { faultOf, RowRefusal } from './fault.ts';
import type { RowWork } from './ports.ts';

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Finds the photo of a certificate that is there already, if the file is the one it came of: the same row again must
 * name the same photo. Throws certificate-serial-taken when it is another or there is none.
 */
export async function photoOfExisting(
  { photos }: RowWork,
  { photoId }: Certificate,
  bytes: Buffer,
): Promise<PhotoSummary> {
  const photo = photoId === undefined ? null : await photos.findPhoto(photoId);
  if (photo?.originalDigest !== digestOf(bytes)) throw new AppError('certificate-serial-taken');
  return photo;
}

/**
 * Admits the photo of a row, or finds it where an import that was cut short has left it. Refuses the row with what is
 * wrong with the photo; throws what admitPhoto throws.
 */
export async function admitRowPhoto(
  work: RowWork,
  { parts }: CheckedRow,
  profileId: PhotoProfileId,
  bytes: Buffer,
): Promise<PhotoSummary> {
  const { photos, directory, request } = work;
  const [holder] = parts.holders;
  if (holder === undefined) throw new AppError('certificate-photo-required');
  const holderId = directory.holderIndexOf(holder);
  const digest = digestOf(bytes);
  const known = (await photos.listPhotosOf(holderId)).find(
    (photo) =>
      photo.originalDigest === digest && photo.profileId === profileId && photo.review.state !== 'refused',
  );
  const photo = known ?? (await admit(work, { bytes, profileId, holderId }));
  if (request.acceptPhotos && photo.review.state === 'pending') await accept(work, photo);
  return photo;
}

async function admit(
  { photos, request }: RowWork,
  given: { bytes: Buffer; profileId: PhotoProfileId; holderId: string },
): Promise<PhotoSummary> {
  const admission = await photos.admitPhoto({ ...given, actor: request.actor });
  if (admission.outcome === 'admitted') return admission.photo;
  throw new RowRefusal(admission.failures.map((failure) => faultOf('photo', failure)));
}

async function accept({ photos, request }: RowWork, { photoId }: PhotoSummary): Promise<void> {
  try {
    await photos.acceptPhoto({ photoId, reviewer: request.actor });
  } catch (error) {
    // Two rows may share one photo; whoever was first has accepted it.
    if (!(error instanceof AppError) || error.code !== 'photo-already-reviewed') throw error;
  }
}

/** Tries a photo without keeping it; refuses the row with what is wrong. Throws what previewPhoto throws. */
export async function tryRowPhoto(
  { photos }: RowWork,
  profileId: PhotoProfileId,
  bytes: Buffer,
): Promise<void> {
  const { failures } = await photos.previewPhoto({ bytes, profileId });
  if (failures.length > 0) throw new RowRefusal(failures.map((failure) => faultOf('photo', failure)));
}
