import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import type { CitizenNumber } from '../../terms/citizen-number.ts';
import type { PersonName } from '../../terms/person-name.ts';
import type { DependantRecord } from './mandate.ts';
import type { MandateWork } from './ports.ts';

const mark = 'dependant-';

/** Tells whether a principal is a person without an account; no identifier of an account begins so. */
export const isDependantId = (principalId: string): boolean => principalId.startsWith(mark);

const context = (dependantId: string, field: string): string => `dependants.${field}:${dependantId}`;

/** A person without an account, opened. */
export interface Dependant {
  dependantId: string;
  number: string;
  name: string;
}

/** Finds a person without an account; null when there is none such. */
export async function findDependant(
  { store, cipher }: Pick<MandateWork, 'store' | 'cipher'>,
  dependantId: string,
): Promise<Dependant | null> {
  const record = isDependantId(dependantId) ? await store.dependantById(dependantId) : null;
  if (record === null) return null;
  const open = (field: 'number' | 'name') => cipher.open(record[field], context(dependantId, field));
  return { dependantId, number: open('number'), name: open('name') };
}

const indexOf = ({ blindIndex }: Pick<MandateWork, 'blindIndex'>, number: string): string =>
  blindIndex.of('citizen-number', number);

/** Lists as whom a person stands here who is acted for: by the account, and by what was kept before there was one. */
export async function principalIdsOf(
  work: MandateWork,
  { accountId, number }: { accountId?: string | null; number?: string | undefined },
): Promise<string[]> {
  const kept = number === undefined ? null : await work.store.dependantByNumber(indexOf(work, number));
  return [...(accountId ? [accountId] : []), ...(kept === null ? [] : [kept._id])];
}

/** Keeps a person without an account under one identifier, sealed; a changed name is written. Throws storage-unavailable. */
export async function keepDependant(
  work: MandateWork,
  { number, name, actor }: { number: CitizenNumber; name: PersonName; actor: string },
): Promise<string> {
  const { store, clock, cipher } = work;
  const numberIndex = indexOf(work, number);
  const _id = `${mark}${newId()}`;
  const made: DependantRecord = {
    _id,
    numberIndex,
    number: cipher.seal(number, context(_id, 'number')),
    name: cipher.seal(name, context(_id, 'name')),
    version: 1,
    outbox: [newEvent(clock, 'dependant.kept', actor)],
    createdAt: clock.now(),
  };
  const former = await store.dependantByNumber(numberIndex);
  if (former === null && (await store.insertDependant(made))) return _id;
  const present = former ?? (await store.dependantByNumber(numberIndex));
  if (present === null) throw new AppError('storage-unavailable');
  if (cipher.open(present.name, context(present._id, 'name')) !== name) {
    const sealed = cipher.seal(name, context(present._id, 'name'));
    // Who was before us read the same papers.
    await store.renameDependant(present, sealed, newEvent(clock, 'dependant.renamed', actor));
  }
  return present._id;
}
