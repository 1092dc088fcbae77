import { AppError } from '../base/error.ts';
import type { ChainEntry } from './entry.ts';
import type { Work } from './ports.ts';
import { familyOf, mentionKeyOf } from './rules.ts';

/** What is looked for; every condition given must hold. */
export interface EntrySearch {
  actor?: string;
  recordId?: string;
  /** What the facts of an event name, as mentionOf tells: a certificate, an agreement, a site, an account … */
  mention?: string;
  /** A whole type, `account.signed-in`, or with a dot at its end all that begin so, `account.`. */
  type?: string;
  /** Instants of the event: `from` within, `to` not within. */
  from?: Date;
  to?: Date;
  /** Where the page before ended, as it said. */
  after?: string;
  /** 1 to 200; 50 when left out. */
  limit?: number;
}

/** One page of entries, newest first. */
export interface EntryPage {
  entries: ChainEntry[];
  /** Hand it in as `after` for the page that follows; null on the last. */
  next: string | null;
}

/** A search as the storage runs it. */
export interface SearchQuery {
  filter: Record<string, unknown>;
  limit: number;
}

const mostEntries = 200;
const fewEntries = 50;

/** Finds entries, newest first. Throws audit-page-invalid. */
export async function searchEntries(work: Work, search: EntrySearch): Promise<EntryPage> {
  const limit = search.limit ?? fewEntries;
  if (!Number.isInteger(limit) || limit < 1 || limit > mostEntries) throw new AppError('audit-page-invalid');
  // One more than asked tells whether a page follows.
  const found = await work.store.search({ filter: filterOf(search), limit: limit + 1 });
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  return { entries, next: found.length > limit && last !== undefined ? placeOf(last) : null };
}

/** Turns a search into a filter that one index answers: a value, then a range of instants. */
export function filterOf(search: EntrySearch): Record<string, unknown> {
  const { actor, recordId, mention, type, from, to, after } = search;
  const place = after === undefined ? null : readPlace(after);
  const ends = [to === undefined ? null : instantOf(to), place === null ? null : place.at.getTime() + 1];
  const upper = ends.filter((end) => end !== null);
  const range = {
    ...(from === undefined ? {} : { $gte: new Date(instantOf(from)) }),
    ...(upper.length === 0 ? {} : { $lt: new Date(Math.min(...upper)) }),
  };
  return {
    ...(actor === undefined ? {} : { 'event.actor': actor }),
    ...(recordId === undefined ? {} : { recordId }),
    ...(mention === undefined ? {} : { mention: mentionKeyOf(mention) }),
    ...(type === undefined ? {} : typeFilter(type)),
    ...(Object.keys(range).length === 0 ? {} : { 'event.at': range }),
    // The range above ends with the instant of the last entry seen; of that instant, those before it remain.
    ...(place === null ? {} : { $or: [{ 'event.at': { $lt: place.at } }, { _id: { $lt: place.sequence } }] }),
  };
}

const typeFilter = (type: string): Record<string, unknown> => {
  if (!type.endsWith('.')) return { 'event.type': type };
  const family = familyOf(type);
  if (type === `${family}.`) return { family };
  // A slash is the character after the dot: the range holds all that begin with the prefix, and nothing else.
  return { family, 'event.type': { $gte: type, $lt: `${type.slice(0, -1)}/` } };
};

const instantOf = (date: Date): number => {
  const instant = date.getTime();
  if (Number.isNaN(instant)) throw new AppError('audit-page-invalid');
  return instant;
};

const placeOf = ({ event, sequence }: ChainEntry): string => `${event.at.getTime()}-${sequence}`;

const readPlace = (after: string): { at: Date; sequence: number } => {
  const [, at, sequence] = /^(\d{1,15})-(\d{1,15})$/.exec(after) ?? [];
  if (at === undefined || sequence === undefined) throw new AppError('audit-page-invalid');
  return { at: new Date(Number(at)), sequence: Number(sequence) };
};
