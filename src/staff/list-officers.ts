import { AppError } from '../base/error.ts';
import { type Officer, viewOfficer } from './officer.ts';
import type { Work } from './ports.ts';
import { checkAct, hasAct, regionRange } from './rules.ts';
import type { OfficerPlace } from './store.ts';

/** A page of officers, by region. */
export interface OfficerPage {
  officers: Officer[];
  /** Hand it in as `after` for the page that follows; null on the last. */
  next: string | null;
}

const onPage = 50;

const placeOf = ({ regionCode, officerId }: Officer): string => `${regionCode}.${officerId}`;

const readPlace = (after: string): OfficerPlace => {
  const [, regionCode, officerId] = /^(\d{6})\.([\w-]{1,64})$/.exec(after) ?? [];
  if (regionCode === undefined || officerId === undefined) throw new AppError('officer-list-invalid');
  return { regionCode, officerId };
};

/** Finds an officer; null when there is none. Whoever shows it to another asks readOfficer. */
export async function findOfficer(work: Work, officerId: string): Promise<Officer | null> {
  const record = await work.store.byId(officerId);
  return record === null ? null : viewOfficer(work.cipher, record);
}

/** Reads one officer for another. Throws officer-missing, officer-not-allowed. */
export async function readOfficer(
  work: Work,
  { officerId, subject }: { officerId: string; subject: string },
): Promise<Officer> {
  const [actor, record] = await Promise.all([work.store.byId(officerId), work.store.byId(subject)]);
  if (record === null) throw new AppError('officer-missing');
  if (actor === null) throw new AppError('officer-not-allowed');
  checkAct(actor, 'officers.read', record.regionCode);
  return viewOfficer(work.cipher, record);
}

/** Lists the officers of the reader's region and below. Throws officer-not-allowed, officer-list-invalid. */
export async function listOfficers(
  work: Work,
  { officerId, after }: { officerId: string; after?: string },
): Promise<OfficerPage> {
  const place = after === undefined ? null : readPlace(after);
  const actor = await work.store.byId(officerId);
  if (actor === null || !hasAct(actor, 'officers.read')) throw new AppError('officer-not-allowed');
  const found = await work.store.list(regionRange(actor.regionCode), place, onPage + 1);
  const officers = found.slice(0, onPage).map((record) => viewOfficer(work.cipher, record));
  const last = officers.at(-1);
  return { officers, next: found.length > onPage && last !== undefined ? placeOf(last) : null };
}
