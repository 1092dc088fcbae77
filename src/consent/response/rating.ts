import type { DomainEvent } from '../../base/event.ts';
import type { FieldCipher } from '../../crypto/index.ts';
import type { Person } from '../person.ts';

export type Stars = 1 | 2 | 3 | 4 | 5;

/** What a citizen thinks of one use (用证评价); `_id` is the row's identifier, so there is one a row. */
export interface RatingRecord extends Person {
  _id: string;
  readerId: string;
  stars: Stars;
  /** Sealed; null without one. */
  comment: Buffer | null;
  ratedAt: Date;
  changedAt: Date;
  version: number;
  outbox: DomainEvent[];
}

/** A rating as its person sees it, opened. */
export interface Rating {
  accessId: string;
  stars: Stars;
  comment: string | null;
  ratedAt: Date;
  changedAt: Date;
}

/** Binds a sealed comment to its rating. */
export const commentContext = (accessId: string): string => `ratings.comment:${accessId}`;

/** Opens a rating. */
export const viewRating = (cipher: FieldCipher, record: RatingRecord): Rating => ({
  accessId: record._id,
  stars: record.stars,
  comment: record.comment === null ? null : cipher.open(record.comment, commentContext(record._id)),
  ratedAt: record.ratedAt,
  changedAt: record.changedAt,
});
