import type { PeopleLookup, Person } from './claims.ts';

/** Finds a person for one request, reading each but once: the library and every step of the policy ask anew. */
export type RequestPeople = (request: object, accountId: string) => Promise<Person | null>;

/** Remembers who was looked up for as long as the request lasts. */
export function createPeopleMemory(people: PeopleLookup): RequestPeople {
  const known = new WeakMap<object, Map<string, Promise<Person | null>>>();
  return (request, accountId) => {
    const ofRequest = known.get(request) ?? new Map<string, Promise<Person | null>>();
    known.set(request, ofRequest);
    const found = ofRequest.get(accountId) ?? people(accountId);
    ofRequest.set(accountId, found);
    return found;
  };
}
