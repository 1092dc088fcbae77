import { AppError } from '../base/error.ts';

/** What part of a list is wanted. */
export interface PageRequest {
  /** `next` of the page before; left out for the first. */
  after?: string;
  /** 20 when left out, 100 at most. */
  limit?: number;
}

/** One page, and where the next begins; null when there is none. */
export interface Page<T> {
  rows: T[];
  next: string | null;
}

/** A place in a list that runs by instant and, where instants tie, by identifier. */
export interface Position {
  at: Date;
  id: string;
}

const usualLimit = 20;
const highestLimit = 100;

/** Brings a limit within its bounds. */
export const limitOf = ({ limit = usualLimit }: PageRequest): number =>
  Math.min(highestLimit, Math.max(1, Math.trunc(limit) || 1));

/** Reads the place a page starts after. Throws consent-page-invalid. */
export function positionOf({ after }: PageRequest): Position | null {
  if (after === undefined) return null;
  const [, time, id] = /^([0-9a-z]{1,9})\.([\w-]{1,128})$/.exec(after) ?? [];
  if (time === undefined || id === undefined) throw new AppError('consent-page-invalid');
  return { at: new Date(Number.parseInt(time, 36)), id };
}

/** Writes a place as `positionOf` reads it. */
const formatPosition = ({ at, id }: Position): string => `${at.getTime().toString(36)}.${id}`;

/** Bounds of a list by instant: `from` within, `to` without. */
export interface Span {
  from?: Date;
  to?: Date;
}

/** Makes the filter of what comes after a place, newest first; the bound on the instant alone is what an index narrows by. */
export function filterAfter(
  instant: string,
  position: Position | null,
  span: Span = {},
): Record<string, unknown> {
  const bounds = {
    ...(span.from === undefined ? {} : { $gte: span.from }),
    ...(span.to === undefined ? {} : { $lt: span.to }),
    ...(position === null ? {} : { $lte: position.at }),
  };
  return {
    ...(Object.keys(bounds).length === 0 ? {} : { [instant]: bounds }),
    ...(position === null
      ? {}
      : { $or: [{ [instant]: { $lt: position.at } }, { _id: { $lt: position.id } }] }),
  };
}

/** Merges lists that each run newest first into a page; every list was read one row beyond the limit. */
export function mergePage<T extends { _id: string }>(
  lists: T[][],
  instantOf: (row: T) => Date,
  limit: number,
): Page<T> {
  const newestFirst = (one: T, other: T): number =>
    instantOf(other).getTime() - instantOf(one).getTime() || (one._id < other._id ? 1 : -1);
  const merged = lists.flat().sort(newestFirst);
  const rows = merged.slice(0, limit);
  const last = rows.at(-1);
  const isMore = merged.length > limit && last !== undefined;
  return { rows, next: isMore ? formatPosition({ at: instantOf(last), id: last._id }) : null };
}

/** Turns the rows of a page into what is shown. */
export const mapPage = <T, U>({ rows, next }: Page<T>, view: (row: T) => U): Page<U> => ({
  rows: rows.map(view),
  next,
});
