import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { ownAccess } from '../ledger/list-accesses.ts';
import { actorOf, isOfPerson, type Person } from '../person.ts';
import type { Work } from '../ports.ts';
import { fieldInvalid, readSealedText } from '../text.ts';
import { personOf } from './open-objection.ts';
import { commentContext, type Rating, type RatingRecord, type Stars, viewRating } from './rating.ts';

/** What a citizen thinks of a use: 1 (bad) to 5 (good), with or without words. */
export interface NewRating {
  person: Person;
  accessId: string;
  stars: number;
  comment?: string;
}

const longestComment = 500;
const dayMilliseconds = 86_400_000;
const mostAttempts = 5;

/**
 * Rates a use of the person's data, or changes the rating while that may be. Throws access-missing (also when the row
 * is another's), rating-not-used, rating-closed {changeDays}, consent-field-invalid.
 */
export async function rateAccess(work: Work, input: NewRating): Promise<Rating> {
  const row = await ownAccess(work, input.person, input.accessId);
  if (row.outcome.kind !== 'granted' || row.reader.kind === 'self') throw new AppError('rating-not-used');

  const stars = readStars(input.stars);
  const text = input.comment === undefined ? null : readSealedText(input.comment, 'comment', longestComment);
  const comment = text === null ? null : work.cipher.seal(text, commentContext(row._id));

  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const read = await work.responses.ratingById(row._id);
    if (read !== null) checkChangeable(work, read);
    const now = work.clock.now();
    const type = read === null ? 'rating.given' : 'rating.changed';
    const detail = { accessId: row._id, readerId: row.reader.id, stars };
    const event = newEvent(work.clock, type, actorOf(input.person), detail);
    const record: RatingRecord = {
      _id: row._id,
      ...personOf(row),
      readerId: row.reader.id,
      stars,
      comment,
      ratedAt: read?.ratedAt ?? now,
      changedAt: now,
      version: (read?.version ?? 0) + 1,
      outbox: [event],
    };
    const isWritten =
      read === null ? await work.responses.insertRating(record) : await work.responses.swapRating(record);
    if (isWritten) return viewRating(work.cipher, record);
  }
  throw new AppError('storage-unavailable');
}

function readStars(stars: number): Stars {
  const found = ([1, 2, 3, 4, 5] as const).find((known) => known === stars);
  if (found === undefined) throw fieldInvalid('stars', '1-5');
  return found;
}

function checkChangeable(work: Work, { ratedAt }: RatingRecord): void {
  const { ratingChangeDays } = work;
  const until = ratedAt.getTime() + ratingChangeDays * dayMilliseconds;
  if (work.clock.now().getTime() >= until)
    throw new AppError('rating-closed', { changeDays: ratingChangeDays });
}

/** Finds the person's rating of a use; null when there is none. */
export async function findRating(work: Work, person: Person, accessId: string): Promise<Rating | null> {
  const record = await work.responses.ratingById(accessId);
  return record !== null && isOfPerson(record, person) ? viewRating(work.cipher, record) : null;
}

/** How a reader is rated: how many gave 1 star, 2 stars and so on. */
export type RatingCounts = Record<Stars, number>;

/** Counts the ratings of a reader, without the words. */
export async function countRatings(work: Work, readerId: string): Promise<RatingCounts> {
  const counts: RatingCounts = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
  for (const { stars, count } of await work.responses.countRatings(readerId)) counts[stars] = count;
  return counts;
}
