import type { ErrorCode, ErrorValues } from '../../base/error.ts';
import type { DomainEvent } from '../../base/event.ts';
import type { PhotoProfileId } from './profiles.ts';

/** Why a picture is not fit: a code of the catalogue whose text tells the person what to do. */
export interface PhotoFailure {
  code: ErrorCode;
  values: ErrorValues;
}

/** What is checked of a picture; `face` needs a detector and is an officer's to judge without one. */
export type PhotoCheck =
  | 'size'
  | 'background'
  | 'content'
  | 'light'
  | 'colour'
  | 'sharpness'
  | 'bytes'
  | 'face';

/** The outcome of one check of a photo that is kept. */
export interface PhotoVerdict {
  check: PhotoCheck;
  verdict: 'passed' | 'needs-review';
}

/** Why an officer refuses: what no measurement sees. */
export const refusalReasons = [
  'another-person',
  'not-recent',
  'not-frontal',
  'face-covered',
  'headwear',
  'uniform',
  'white-top',
  'edited',
  'not-a-photo-of-a-person',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** Where the review (照片审核) stands. */
export type PhotoReview =
  | { state: 'pending' }
  | { state: 'accepted'; reviewer: string; at: Date }
  | { state: 'refused'; reviewer: string; at: Date; reason: RefusalReason };

/** A photo as it is kept, in collection `photos`. */
export interface PhotoRecord {
  /** photoId */
  _id: string;
  /** Whose face it is: an account's identifier, or whatever opaque one the directory has for a holder. */
  holderId: string;
  /** The re-encoded JPEG, sealed under the photo keys. */
  sealed: Buffer;
  /** SHA-256 of the re-encoded JPEG, hexadecimal: a certificate is sealed over it. */
  digest: string;
  /** SHA-256 of the file as it came, hexadecimal. */
  originalDigest: string;
  sizeBytes: number;
  profileId: PhotoProfileId;
  verdicts: PhotoVerdict[];
  review: PhotoReview;
  version: number;
  outbox: DomainEvent[];
  createdAt: Date;
  updatedAt: Date;
}

/** What may be shown of a photo without opening it. */
export type PhotoSummary = Omit<PhotoRecord, '_id' | 'sealed' | 'outbox' | 'version' | 'updatedAt'> & {
  photoId: string;
};

/** Leaves out of a record what is sealed or the storage's own. */
export const summaryOf = (record: Omit<PhotoRecord, 'sealed' | 'outbox'>): PhotoSummary => ({
  photoId: record._id,
  holderId: record.holderId,
  digest: record.digest,
  originalDigest: record.originalDigest,
  sizeBytes: record.sizeBytes,
  profileId: record.profileId,
  verdicts: record.verdicts,
  review: record.review,
  createdAt: record.createdAt,
});

/** Binds sealed bytes to their record. */
export const photoContext = (photoId: string): string => `photos.sealed:${photoId}`;
