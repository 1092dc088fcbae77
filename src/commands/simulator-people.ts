import { z } from 'zod';
import type { AssuranceLevel } from '../terms/assurance.ts';
import { checkCharacterOf } from '../terms/citizen-number.ts';

/** Somebody that a test wants to be able to sign in. */
export interface OrderedPerson {
  number: string;
  name: string;
  phone?: string;
  /** How surely they always sign in; undefined: as the site asks. */
  level?: AssuranceLevel;
}

const mostPeople = 999;
const serialDigits = 3;

const personForm = z.strictObject({
  name: z.string().min(1),
  number: z
    .string()
    .regex(/^999999/, 'a number of nobody, which begins with 999999; leave it out to get one')
    .optional(),
  phone: z.string().optional(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
});

/** Makes the number of the person at a place of the list: 999999 is the address code of no place. */
const numberAt = (place: number): string => {
  const body = `99999919900101${String(place).padStart(serialDigits, '0')}`;
  return body + checkCharacterOf(body);
};

/** Reads a list of people. Throws an Error that names the place and what is expected there. */
export function readPeople(file: string, text: string): OrderedPerson[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON; see docs/simulator.md for the form of a list of people`);
  }
  const parsed = z.array(personForm).min(1).max(mostPeople).safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(
      `${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}; see docs/simulator.md`,
    );
  }
  return parsed.data.map(({ name, number, phone, level }, i) => ({
    name,
    number: number ?? numberAt(i + 1),
    ...(phone === undefined ? {} : { phone }),
    ...(level === undefined ? {} : { level }),
  }));
}
