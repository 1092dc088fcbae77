import { createHash } from 'node:crypto';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { judgeFaces, verdictsOf } from './checks.ts';
import type { CropBox } from './crop.ts';
import { develop } from './develop.ts';
import { type PhotoFailure, type PhotoRecord, type PhotoSummary, photoContext, summaryOf } from './photo.ts';
import type { Work } from './ports.ts';
import { type PhotoProfile, profileOf } from './profiles.ts';

/** A file somebody hands in. */
export interface NewPhoto {
  bytes: Buffer;
  profileId: string;
  /** Whose face it is: an opaque identifier, never a number or a name. */
  holderId: string;
  /** The part of the upright picture to use, as the person drew it; left out, previewPhoto's own box is taken. */
  crop?: CropBox;
  /** Who hands it in: an account's, officer's or client's identifier. */
  actor: string;
}

/** Kept and waiting for its review, or refused with everything that is wrong at once. */
export type Admission =
  | { outcome: 'admitted'; photo: PhotoSummary }
  | { outcome: 'refused'; failures: PhotoFailure[] };

/**
 * Admits a photo: opens it, cuts it, checks it, writes it anew and keeps it sealed, waiting for review. What the
 * picture shows is refused by value; a file that is no photo throws what openPhoto throws, photo-profile-unknown or
 * photo-crop-invalid.
 */
export async function admitPhoto(work: Work, input: NewPhoto): Promise<Admission> {
  const profile = profileOf(input.profileId);

  const { jpeg, failures } = await work.darkroom.run(() => develop(input.bytes, profile, input.crop));
  const faces = jpeg === null ? undefined : await work.faceFinder?.find(jpeg);
  const allFailures = [...failures, ...(faces === undefined ? [] : judgeFaces(faces, profile))];
  if (jpeg === null || allFailures.length > 0) return { outcome: 'refused', failures: allFailures };

  const record = recordOf(work, input, profile, jpeg, faces !== undefined);
  await work.store.insert(record);

  return { outcome: 'admitted', photo: summaryOf(record) };
}

const recordOf = (
  work: Work,
  input: NewPhoto,
  profile: PhotoProfile,
  jpeg: Buffer,
  wasFaceJudged: boolean,
): PhotoRecord => {
  const photoId = newId();
  const now = work.clock.now();
  return {
    _id: photoId,
    holderId: input.holderId,
    sealed: work.photoCipher.seal(jpeg, photoContext(photoId)),
    digest: sha256Of(jpeg),
    originalDigest: sha256Of(input.bytes),
    sizeBytes: jpeg.length,
    profileId: profile.id,
    verdicts: verdictsOf(wasFaceJudged),
    review: { state: 'pending' },
    version: 1,
    outbox: [newEvent(work.clock, 'photo.admitted', input.actor, { profileId: profile.id })],
    createdAt: now,
    updatedAt: now,
  };
};

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
