import { Schema } from 'mongoose';
import type { DomainEvent } from '../../base/event.ts';
import { bytesOf } from '../../storage/bytes.ts';
import type { RecordConnection } from '../../storage/index.ts';
import { outboxOf, withOutbox } from '../../storage/outbox.ts';
import type { PhotoRecord, PhotoReview } from './photo.ts';

const text = { type: String, required: true };
const date = { type: Date, required: true };

const photoSchema = new Schema<PhotoRecord>(
  {
    _id: text,
    holderId: { ...text, index: true },
    sealed: { type: Buffer, required: true },
    digest: { ...text, index: true },
    originalDigest: text,
    sizeBytes: { type: Number, required: true },
    profileId: text,
    verdicts: { type: [{ check: text, verdict: text, _id: false }], required: true },
    review: {
      type: { state: text, reviewer: String, at: Date, reason: String, _id: false },
      required: true,
    } as never,
    version: { type: Number, required: true },
    createdAt: date,
    updatedAt: date,
  } as never,
  { collection: 'photos', versionKey: false },
);
// The review queue: one state, oldest first, the identifier settling equal instants.
photoSchema.index({ 'review.state': 1, createdAt: 1, _id: 1 });
withOutbox(photoSchema);

const mostPhotosOfHolder = 50;

/** A photo without its bytes and events: what lists need. */
export type PhotoRow = Omit<PhotoRecord, 'sealed' | 'outbox'>;
const withoutBytes = { sealed: 0, outbox: 0 };

/** Where a page of the queue ended. */
export interface QueuePlace {
  createdAt: Date;
  photoId: string;
}

export type PhotoStore = ReturnType<typeof openPhotoStore>;

/** Opens the photos; every change is one compare-and-swap that carries its event. */
export function openPhotoStore(connection: RecordConnection) {
  const photos = connection.model<PhotoRecord>('Photo', photoSchema);
  return {
    ready: async () => {
      await photos.init();
    },
    outboxes: [outboxOf(photos, 'photos')],
    insert: async (record: PhotoRecord): Promise<void> => {
      await photos.create(record);
    },
    async row(photoId: string): Promise<PhotoRow | null> {
      return photos.findOne({ _id: photoId }, withoutBytes).lean<PhotoRow>().exec();
    },
    async sealedOf(photoId: string): Promise<Buffer | null> {
      const found = await photos.findOne({ _id: photoId }, { sealed: 1 }).lean<{ sealed: unknown }>().exec();
      return found === null ? null : bytesOf(found.sealed);
    },
    async rowsOf(holderId: string): Promise<PhotoRow[]> {
      return photos
        .find({ holderId }, withoutBytes)
        .sort({ createdAt: -1, _id: -1 })
        .limit(mostPhotosOfHolder)
        .lean<PhotoRow[]>()
        .exec();
    },
    /** Reads the queue behind a place, oldest first. */
    async pending(after: QueuePlace | null, limit: number): Promise<PhotoRow[]> {
      const behind =
        after === null
          ? {}
          : {
              $or: [
                { createdAt: { $gt: after.createdAt } },
                { createdAt: after.createdAt, _id: { $gt: after.photoId } },
              ],
            };
      return photos
        .find({ 'review.state': 'pending', ...behind }, withoutBytes)
        .sort({ createdAt: 1, _id: 1 })
        .limit(limit)
        .lean<PhotoRow[]>()
        .exec();
    },
    /** Writes the outcome of a review if the photo is still pending; returns whether it was. */
    async swapReview(photoId: string, review: PhotoReview, event: DomainEvent): Promise<boolean> {
      const { matchedCount } = await photos.updateOne(
        { _id: photoId, 'review.state': 'pending' },
        { $set: { review, updatedAt: event.at }, $inc: { version: 1 }, $push: { outbox: event } },
      );
      return matchedCount === 1;
    },
    /** Writes that a photo was looked at if its review still stands so; returns whether it did. */
    async recordView(photoId: string, states: PhotoReview['state'][], event: DomainEvent): Promise<boolean> {
      const { matchedCount } = await photos.updateOne(
        { _id: photoId, 'review.state': { $in: states } },
        { $push: { outbox: event } },
      );
      return matchedCount === 1;
    },
  };
}
