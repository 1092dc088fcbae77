import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import {
  type PhotoReview,
  type PhotoSummary,
  type RefusalReason,
  refusalReasons,
  summaryOf,
} from './photo.ts';
import type { Work } from './ports.ts';
import type { QueuePlace } from './store.ts';

/** A page of the review queue, the longest waiting first. */
export interface ReviewPage {
  photos: PhotoSummary[];
  /** Where the next page begins; null on the last. */
  next: string | null;
}

const mostOnPage = 100;

/** Lists photos that wait for review. `after` is the former page's `next`; one that cannot be read begins anew. */
export async function listForReview(
  work: Work,
  { after, limit = 20 }: { after?: string; limit?: number },
): Promise<ReviewPage> {
  const size = Math.min(Math.max(1, Math.trunc(limit)), mostOnPage);
  const rows = await work.store.pending(after === undefined ? null : readPlace(after), size + 1);
  const photos = rows.slice(0, size).map(summaryOf);
  const last = photos.at(-1);
  return { photos, next: rows.length > size && last !== undefined ? writePlace(last) : null };
}

const writePlace = ({ createdAt, photoId }: PhotoSummary): string => `${createdAt.getTime()}.${photoId}`;

const readPlace = (place: string): QueuePlace | null => {
  const [, milliseconds, photoId] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(place) ?? [];
  return milliseconds === undefined || photoId === undefined
    ? null
    : { createdAt: new Date(Number(milliseconds)), photoId };
};

/** Accepts a photo. Of two reviewers at once one is heard. Throws photo-missing, photo-already-reviewed. */
export async function acceptPhoto(work: Work, input: { photoId: string; reviewer: string }): Promise<void> {
  const at = work.clock.now();
  await write(work, input.photoId, { state: 'accepted', reviewer: input.reviewer, at });
}

/** Refuses a photo for a reason. Throws photo-refusal-reason, photo-missing, photo-already-reviewed. */
export async function refusePhoto(
  work: Work,
  input: { photoId: string; reviewer: string; reason: string },
): Promise<void> {
  const reason = refusalReasons.find((known): known is RefusalReason => known === input.reason);
  if (reason === undefined) throw new AppError('photo-refusal-reason');
  const at = work.clock.now();
  await write(work, input.photoId, { state: 'refused', reviewer: input.reviewer, at, reason });
}

const write = async (
  work: Work,
  photoId: string,
  review: Exclude<PhotoReview, { state: 'pending' }>,
): Promise<void> => {
  const detail = review.state === 'refused' ? { reason: review.reason } : {};
  const event = newEvent(work.clock, `photo.${review.state}`, review.reviewer, detail);
  if (await work.store.swapReview(photoId, review, event)) return;
  const exists = (await work.store.row(photoId)) !== null;
  throw new AppError(exists ? 'photo-already-reviewed' : 'photo-missing');
};
