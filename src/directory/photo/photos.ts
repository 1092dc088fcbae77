/**
 * The photos of certificates (证照照片). Owns which files are admitted and under what profile, what is checked of a
 * picture, the sealed bytes, their review and their watermarked delivery. It does not own whose face it is (a holder is
 * an opaque identifier), nor who may review or ask: edges decide that before they call. Read for it: the facts of GA
 * 461-2004 as secondary sources give them; the checks are our own design. Control leaves by a value, or by an AppError
 * with a code; what happened rides in the photo's outbox, by identifier only.
 */
import type { OutboxSource } from '../../storage/outbox.ts';
import { type Admission, admitPhoto, type NewPhoto } from './admit-photo.ts';
import type { CropBox, CropMove } from './crop.ts';
import { createDarkroom } from './darkroom.ts';
import { makeReference, openForReview, openReference, type ReferenceRequest } from './deliver-photo.ts';
import type { Developed } from './develop.ts';
import {
  beginDraft,
  type DraftPreview,
  keepDraft,
  type NewDraft,
  type OwnDraft,
  previewDraft,
} from './draft.ts';
import { findPhoto, listPhotosOf } from './find-photo.ts';
import type { PhotoSummary } from './photo.ts';
import type { PhotoDeps, Work } from './ports.ts';
import { previewPhoto } from './preview-photo.ts';
import { acceptPhoto, listForReview, type ReviewPage, refusePhoto } from './review-photo.ts';
import { openPhotoStore } from './store.ts';
import { defaultWatermarkFont } from './watermark.ts';

export type { Admission, NewPhoto } from './admit-photo.ts';
export { type CheckReport, reportOf } from './checks.ts';
export { photoLimits } from './container.ts';
export { type CropBox, cropMoves } from './crop.ts';
export type { ReferenceRequest } from './deliver-photo.ts';
export type { Developed } from './develop.ts';
export type {
  PhotoCheck,
  PhotoFailure,
  PhotoReview,
  PhotoSummary,
  PhotoVerdict,
  RefusalReason,
} from './photo.ts';
export { refusalReasons } from './photo.ts';
export type { FaceFinder, FoundFace, PhotoDeps } from './ports.ts';
export { type PhotoProfile, type PhotoProfileId, photoProfiles } from './profiles.ts';
export type { ReviewPage } from './review-photo.ts';
export type { WatermarkFont } from './watermark.ts';

/** What can be asked of the photos. */
export interface Photos {
  /** Resolves when the indexes stand. */
  ready(): Promise<void>;
  /** Where the audit relay finds what happened. */
  readonly outboxes: readonly OutboxSource[];
  previewPhoto(input: { bytes: Buffer; profileId: string; crop?: CropBox }): Promise<Developed>;
  /** Holds a file for a while to crop it; only who began it finds it again. */
  beginDraft(input: NewDraft): Promise<{ draftId: string }>;
  previewDraft(input: OwnDraft & { move?: CropMove }): Promise<DraftPreview>;
  keepDraft(input: OwnDraft): Promise<Admission>;
  admitPhoto(input: NewPhoto): Promise<Admission>;
  findPhoto(photoId: string): Promise<PhotoSummary | null>;
  listPhotosOf(holderId: string): Promise<PhotoSummary[]>;
  listForReview(input: { after?: string; limit?: number }): Promise<ReviewPage>;
  openForReview(input: { photoId: string; reviewer: string }): Promise<Buffer>;
  acceptPhoto(input: { photoId: string; reviewer: string }): Promise<void>;
  refusePhoto(input: { photoId: string; reviewer: string; reason: string }): Promise<void>;
  makeReference(input: ReferenceRequest): Promise<{ token: string }>;
  openReference(token: string): Promise<Buffer>;
}

/** Opens the photos on their stores. */
export function createPhotos({ connection, watermarkFont, ...deps }: PhotoDeps): Photos {
  const store = openPhotoStore(connection);
  const work: Work = {
    ...deps,
    store,
    darkroom: createDarkroom(),
    watermarkFont: watermarkFont ?? defaultWatermarkFont,
  };
  return {
    ready: store.ready,
    outboxes: store.outboxes,
    previewPhoto: (input) => previewPhoto(work, input),
    beginDraft: (input) => beginDraft(work, input),
    previewDraft: (input) => previewDraft(work, input),
    keepDraft: (input) => keepDraft(work, input),
    admitPhoto: (input) => admitPhoto(work, input),
    findPhoto: (photoId) => findPhoto(work, photoId),
    listPhotosOf: (holderId) => listPhotosOf(work, holderId),
    listForReview: (input) => listForReview(work, input),
    openForReview: (input) => openForReview(work, input),
    acceptPhoto: (input) => acceptPhoto(work, input),
    refusePhoto: (input) => refusePhoto(work, input),
    makeReference: (input) => makeReference(work, input),
    openReference: (token) => openReference(work, token),
  };
}
