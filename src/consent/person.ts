import { fieldInvalid } from './text.ts';

/**
 * Whose data it is. `accountId` names who has an account; `holderIndex` is the blind index of the holder's number, as
 * the caller computed it, for one who has none. What knows both carries both, and a person who registers later sees
 * what came before. The index is never shown and stands in no event.
 */
export interface Person {
  accountId?: string;
  holderIndex?: string;
  /** Of who asks for what is theirs: their accounts as a guest from other regions. No record bears it. */
  guestIds?: readonly string[];
}

const form = /^[\w-]{1,128}$/;

/** Reads who is meant, by one name at least. Throws consent-field-invalid. */
export function readPerson({ accountId, holderIndex }: Person): Person {
  const isNamed = accountId !== undefined || holderIndex !== undefined;
  const isFormed = [accountId, holderIndex].every((name) => name === undefined || form.test(name));
  if (!isNamed || !isFormed) throw fieldInvalid('person', 'accountId | holderIndex');
  return {
    ...(accountId === undefined ? {} : { accountId }),
    ...(holderIndex === undefined ? {} : { holderIndex }),
  };
}

/**
 * Turns a person into filters that never find the same record twice: an alternative within one filter would make an
 * engine read a whole collection, two filters use an index each.
 */
export function personFilters(person: Person): Record<string, unknown>[] {
  const { accountId, holderIndex } = readPerson(person);
  if (accountId === undefined) return [{ holderIndex }];
  const accounts = [accountId, ...(person.guestIds ?? [])];
  const own = accounts.map((id) => ({ accountId: id }));
  if (holderIndex === undefined) return own;
  return [
    ...own,
    { holderIndex, accountId: accounts.length === 1 ? { $ne: accountId } : { $nin: accounts } },
  ];
}

/** Tells whether a record is of the person who asks; one name in common is enough, none is not. */
export const isOfPerson = (record: Person, person: Person): boolean =>
  (person.accountId !== undefined && person.accountId === record.accountId) ||
  (record.accountId !== undefined && person.guestIds?.includes(record.accountId) === true) ||
  (person.holderIndex !== undefined && person.holderIndex === record.holderIndex);

/** Names a person in an event: the account where there is one, never the index. */
export const actorOf = (person: Person): string => person.accountId ?? 'holder';
