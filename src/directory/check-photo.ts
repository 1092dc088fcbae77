import { AppError } from '../base/error.ts';
import type { CertificateParts } from './certificate-request.ts';
import type { CertificateType } from './certificate-type.ts';
import type { PhotoShelf } from './ports.ts';

/**
 * Holds the photo a certificate is to bear against the one that is kept: it is there, of that digest, under the profile of
 * the type, and accepted unless it may wait. A photo that an authority keeps itself is known by its digest alone. Whose
 * face it is stands in no photo: the officer who accepts it has looked. Throws certificate-photo-unknown, -differs,
 * -other-use and -waiting.
 */
export async function checkPhoto(
  { photos }: { photos: PhotoShelf },
  { photoProfile }: Pick<CertificateType, 'photoProfile'>,
  { photo }: Pick<CertificateParts, 'photo'>,
  mayWait = false,
): Promise<void> {
  if (photo === null || photo.id === null) return;
  const kept = await photos.findPhoto(photo.id);
  if (kept === null) throw new AppError('certificate-photo-unknown');
  if (kept.digest !== photo.digest) throw new AppError('certificate-photo-differs');
  if (kept.profileId !== photoProfile) throw new AppError('certificate-photo-other-use');
  const { state } = kept.review;
  if (state === 'refused' || (state === 'pending' && !mayWait))
    throw new AppError('certificate-photo-waiting');
}
