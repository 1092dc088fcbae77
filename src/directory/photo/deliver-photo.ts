import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { type PhotoReview, photoContext } from './photo.ts';
import type { Work } from './ports.ts';
import { newReference, type ReferenceGrant, readReference, referenceKeyOf } from './reference.ts';
import { watermark } from './watermark.ts';

/** Who wants a photo, and what for. */
export interface ReferenceRequest {
  photoId: string;
  /** The site, department or account that may open it. */
  callerId: string;
  /** What the watermark calls the caller; its identifier when left out. */
  callerName?: string;
  purpose: string;
  ttlSeconds: number;
}

const longestTtlSeconds = 60;
const longestText = 200;

/**
 * Makes a reference that opens an accepted photo once and soon expires. Throws photo-reference-lifetime,
 * photo-purpose, photo-missing, photo-not-accepted.
 */
export async function makeReference(work: Work, request: ReferenceRequest): Promise<{ token: string }> {
  const { photoId, callerId, ttlSeconds } = request;
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > longestTtlSeconds)
    throw new AppError('photo-reference-lifetime', { longestSeconds: longestTtlSeconds });
  const callerName = plainText(request.callerName ?? callerId);
  const purpose = plainText(request.purpose);
  const row = await work.store.row(photoId);

  if (row === null) throw new AppError('photo-missing');
  // The holder may see the own photo while it waits, everyone else only once it is accepted.
  if (!statesFor(row.holderId, callerId).includes(row.review.state)) throw new AppError('photo-not-accepted');

  const { referenceId, token } = newReference(work.referenceKey);
  const grant: ReferenceGrant = { photoId, callerId, callerName, purpose };
  await work.ephemeral.put(referenceKeyOf(referenceId), JSON.stringify(grant), { ttlSeconds });
  return { token };
}

const statesFor = (holderId: string, callerId: string): PhotoReview['state'][] =>
  holderId === callerId ? ['pending', 'accepted', 'refused'] : ['accepted'];

/** Brings a text for the watermark into one line; what is not seen, or turns the line round, goes. */
const plainText = (given: string): string => {
  const text = given
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ')
    .trim();
  const length = [...text].length;
  if (length === 0 || length > longestText) throw new AppError('photo-purpose', { longest: longestText });
  return text;
};

/**
 * Opens a reference, once: the photo with who asked, what for and when drawn over it. Throws photo-reference-invalid,
 * photo-not-accepted (a photo may be withdrawn meanwhile), photo-font-missing.
 */
export async function openReference(work: Work, token: string): Promise<Buffer> {
  const referenceId = readReference(work.referenceKey, token);
  const kept = referenceId === null ? null : await work.ephemeral.take(referenceKeyOf(referenceId));
  if (kept === null) throw new AppError('photo-reference-invalid');
  const grant: ReferenceGrant = JSON.parse(kept);
  const row = await work.store.row(grant.photoId);

  if (row === null) throw new AppError('photo-missing');
  const jpeg = await marked(work, grant);

  const event = newEvent(work.clock, 'photo.delivered', grant.callerId, { profileId: row.profileId });
  const states = statesFor(row.holderId, grant.callerId);
  if (!(await work.store.recordView(grant.photoId, states, event))) throw new AppError('photo-not-accepted');
  return jpeg;
}

/**
 * Opens a photo that waits for review to its reviewer, watermarked. Throws photo-missing, photo-already-reviewed,
 * photo-font-missing.
 */
export async function openForReview(
  work: Work,
  { photoId, reviewer }: { photoId: string; reviewer: string },
): Promise<Buffer> {
  const row = await work.store.row(photoId);
  if (row === null) throw new AppError('photo-missing');
  const jpeg = await marked(work, { photoId, callerName: plainText(reviewer), purpose: '照片审核' });

  const event = newEvent(work.clock, 'photo.viewed', reviewer);
  if (!(await work.store.recordView(photoId, ['pending'], event)))
    throw new AppError('photo-already-reviewed');
  return jpeg;
}

const marked = async (work: Work, grant: Omit<ReferenceGrant, 'callerId'>): Promise<Buffer> => {
  const sealed = await work.store.sealedOf(grant.photoId);
  if (sealed === null) throw new AppError('photo-missing');
  const jpeg = work.photoCipher.open(sealed, photoContext(grant.photoId));
  const { callerName, purpose } = grant;
  return work.darkroom.run(() =>
    watermark(jpeg, { callerName, purpose, at: work.clock.now() }, work.watermarkFont),
  );
};
