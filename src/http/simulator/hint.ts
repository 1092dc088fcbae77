import { AppError } from '../../base/error.ts';
import type { AssuranceLevel } from '../../terms/assurance.ts';
import { type Order, readOrderWord } from './faults.ts';

/** Somebody who can be signed in here. */
export interface SimulatedPerson {
  accountId: string;
  number: string;
  name: string;
  /** How surely they always sign in; undefined: as the site asks. */
  level?: AssuranceLevel;
}

/** What a login_hint asks the simulator for. */
export interface Hint {
  person?: SimulatedPerson;
  level?: AssuranceLevel;
  order?: Order;
  /** The person is asked at consent. */
  asks?: true;
  /** Something in it was not understood. */
  isStrange: boolean;
}

const personNamed = (
  word: string,
  people: readonly SimulatedPerson[],
): Pick<Hint, 'person' | 'isStrange'> => {
  const person = /^\d{1,4}$/.test(word)
    ? people[Number(word) - 1]
    : people.find(({ number, name }) => number === word || name === word);
  return person === undefined ? { isStrange: true } : { person, isStrange: false };
};

const read = (word: string, people: readonly SimulatedPerson[]): Partial<Hint> => {
  if (word === 'ask') return { asks: true };
  const [, name, value = ''] = /^(level|fault)=(.*)$/.exec(word) ?? [];
  if (name === undefined) return personNamed(word, people);
  if (name === 'level')
    return /^[1-4]$/.test(value) ? { level: Number(value) as AssuranceLevel } : { isStrange: true };
  try {
    return { order: readOrderWord(value) };
  } catch (error) {
    if (error instanceof AppError) return { isStrange: true };
    throw error;
  }
};

/**
 * Reads a login_hint, words in any order: a person by place in the list (1 is the first), number or name; `level=3`;
 * `ask`; `fault=token:expired`. A real instance takes none of it.
 */
export const readHint = (text: unknown, people: readonly SimulatedPerson[]): Hint => {
  const words = typeof text === 'string' ? text.split(' ').filter(Boolean) : [];
  return Object.assign({ isStrange: false }, ...words.map((word) => read(word, people)).sort(strangeLast));
};

const strangeLast = (a: Partial<Hint>, b: Partial<Hint>): number =>
  Number(a.isStrange ?? false) - Number(b.isStrange ?? false);
