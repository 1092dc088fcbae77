import { randomInt } from 'node:crypto';
import { AppError } from '../base/error.ts';
import { newId } from '../base/id.ts';
import { checkCharacterOf } from '../terms/citizen-number.ts';
import type { NewAccount } from './create-account.ts';

/** A person made up for tests; the password is shown once. */
export interface TestPerson {
  number: string;
  name: string;
  password: string;
}

const mostAttempts = 5;
const names = ['测试甲', '测试乙', '测试丙', '测试丁', '测试戊', '测试己'] as const;

const twoDigits = (least: number, below: number): string => String(randomInt(least, below)).padStart(2, '0');

/** Makes up a number of nobody: 999999 is the address code of no place. */
const newNumber = (): string => {
  const birthDate = `19${twoDigits(50, 100)}${twoDigits(1, 13)}${twoDigits(1, 29)}`;
  const body = `999999${birthDate}${String(randomInt(1000)).padStart(3, '0')}`;
  return body + checkCharacterOf(body);
};

/** Makes an account of a person who does not exist, at level 2. Throws account-exists when no free number was hit. */
export async function createTestPerson(
  identity: { createAccount(input: NewAccount): Promise<unknown> },
  actor: string,
  attempt = 1,
): Promise<TestPerson> {
  const name = names[randomInt(names.length)] ?? names[0];
  const person = { number: newNumber(), name, password: newId() };
  try {
    await identity.createAccount({ ...person, assurance: 2, isTestPerson: true, actor });
    return person;
  } catch (error) {
    const isTaken = error instanceof AppError && error.code === 'account-exists';
    if (!isTaken || attempt >= mostAttempts) throw error;
    return createTestPerson(identity, actor, attempt + 1);
  }
}
