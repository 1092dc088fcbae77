import { newEvent } from '../base/event.ts';
import { newId } from '../base/id.ts';
import type { AssuranceLevel } from '../terms/assurance.ts';
import { parseCitizenNumber } from '../terms/citizen-number.ts';
import { parsePersonName } from '../terms/person-name.ts';
import { parsePhoneNumber } from '../terms/phone-number.ts';
import type { AccountRecord } from './account.ts';
import { fieldContext } from './find-account.ts';
import { hashPassword } from './password.ts';
import type { Work } from './ports.ts';
import { checkPasswordLength } from './rules.ts';
import { newTestPersonId } from './test-person-id.ts';

export interface NewAccount {
  number: string;
  name: string;
  phone?: string;
  password?: string;
  assurance: AssuranceLevel;
  /** Makes a test person's account (test-person.ts). */
  isTestPerson?: boolean;
  /** Who makes the account: an officer's or client's identifier, or `seed`. */
  actor: string;
}

/** Creates an account. Throws account-exists, password-weak, and what the terms throw for number, name and phone. */
export async function createAccount(work: Work, input: NewAccount): Promise<{ accountId: string }> {
  const number = parseCitizenNumber(input.number, work.clock);
  const name = parsePersonName(input.name);
  const phone = input.phone === undefined ? null : parsePhoneNumber(input.phone);

  if (input.password !== undefined) checkPasswordLength(input.password);
  const accountId = input.isTestPerson ? newTestPersonId() : newId();
  const now = work.clock.now();
  const { cipher, blindIndex } = work;
  const seal = (field: string, value: string): Buffer => cipher.seal(value, fieldContext(accountId, field));

  const record: AccountRecord = {
    _id: accountId,
    numberIndex: blindIndex.of('citizen-number', number),
    number: seal('number', number),
    name: seal('name', name),
    ...(phone === null ? {} : { phone: seal('phone', phone), phoneIndex: blindIndex.of('phone', phone) }),
    ...(input.password === undefined
      ? {}
      : { password: { hash: await hashPassword(input.password), changedAt: now } }),
    status: 'active',
    assurance: input.assurance,
    region: work.region,
    version: 1,
    outbox: [newEvent(work.clock, 'account.created', input.actor, { assurance: input.assurance })],
    createdAt: now,
    updatedAt: now,
  };
  await work.store.insertAccount(record);

  return { accountId };
}
