import { AppError } from '../../base/error.ts';
import { limitOf, mapPage, mergePage, type Page, type PageRequest, positionOf, type Span } from '../page.ts';
import { isOfPerson, type Person } from '../person.ts';
import type { Work } from '../ports.ts';
import { type AccessRecord, type AccessRow, type Reader, viewAccess } from './access-row.ts';

/** Which rows of a person: `from` within, `to` without. */
export interface AccessQuery extends PageRequest, Span {
  readerId?: string;
}

/** Lists who read what of a person, newest first. Throws consent-page-invalid, consent-field-invalid. */
export async function listAccesses(
  work: Work,
  person: Person,
  query: AccessQuery = {},
): Promise<Page<AccessRow>> {
  const limit = limitOf(query);
  const lists = await work.ledger.page(person, { ...query, position: positionOf(query), limit: limit + 1 });
  return mapPage(
    mergePage(lists, ({ at }) => at, limit),
    viewAccess,
  );
}

/** Finds one row of a person. Throws access-missing when there is none, and when it is another's. */
export async function findAccess(work: Work, person: Person, accessId: string): Promise<AccessRow> {
  return viewAccess(await ownAccess(work, person, accessId));
}

/** Reads the record of a row of the person. Throws access-missing; that it is another's is not told. */
export async function ownAccess(work: Work, person: Person, accessId: string): Promise<AccessRecord> {
  const record = await work.ledger.byId(accessId);
  if (record === null || !isOfPerson(record, person)) throw new AppError('access-missing');
  return record;
}

/** How often one reader read, or was refused. */
export interface ReaderCount {
  reader: Reader;
  granted: number;
  refused: number;
  lastAt: Date;
}

/** Counts a person's rows by reader; who read last comes first. A reader that was renamed goes by its last name. */
export async function countAccesses(work: Work, person: Person, span: Span = {}): Promise<ReaderCount[]> {
  const counts = new Map<string, ReaderCount>();
  for (const count of await work.ledger.countByReader(person, span)) {
    const key = `${count.reader.kind} ${count.reader.id}`;
    const known = counts.get(key);
    counts.set(key, known === undefined ? count : add(known, count));
  }
  return [...counts.values()].sort((one, other) => other.lastAt.getTime() - one.lastAt.getTime());
}

const add = (one: ReaderCount, other: ReaderCount): ReaderCount => {
  const later = one.lastAt < other.lastAt ? other : one;
  return { ...later, granted: one.granted + other.granted, refused: one.refused + other.refused };
};
