import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { isDuplicate } from '../../storage/insert.ts';
import { type CitizenNumber, parseCitizenNumber } from '../../terms/citizen-number.ts';
import { type PersonName, parsePersonName } from '../../terms/person-name.ts';
import type { AccountRecord } from '../account.ts';
import { withEvidence } from '../evidence.ts';
import { fieldContext } from '../find-account.ts';
import type { Work } from '../ports.ts';
import { checkActive } from '../rules.ts';
import { writeEvent } from '../write-event.ts';
import { countCheck } from './limits.ts';

interface Person {
  name: PersonName;
  number: CitizenNumber;
  numberIndex: string;
}

/**
 * Confirms who the person of an account is, by name and number at the population register: the second level. A number
 * that has another account is refused in the words of one that does not match, and the register is asked all the same:
 * who knows a stranger's name and number does not learn whether the stranger is registered. Throws way-not-offered,
 * name-invalid, citizen-number-…, match-limit-reached, person-not-matched, population-unavailable, account-not-active,
 * guest-account.
 */
export async function matchPerson(
  work: Work,
  input: { accountId: string; name: string; number: string; address: string },
): Promise<void> {
  const { population } = work.authorities;
  if (population === null) throw new AppError('way-not-offered');
  const name = parsePersonName(input.name);
  const number = parseCitizenNumber(input.number, work.clock);
  const person = { name, number, numberIndex: work.blindIndex.of('citizen-number', number) };
  await countCheck(work, 'match', input);
  const [account, holder, answer] = await Promise.all([
    work.store.accountById(input.accountId),
    work.store.accountByNumber(person.numberIndex),
    population.match({ id: newId(), name, number }),
  ]);
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  // Only the home region can raise a guest.
  if (account.linked !== undefined) throw new AppError('guest-account');

  const isOthers = holder !== null && holder._id !== account._id;
  const isChange = account.number !== undefined && account.numberIndex !== person.numberIndex;
  if (!answer.matches || isOthers || isChange) return refuse(work, account);

  await writePerson(work, account, person, answer.reference);
}

const refuse = async (work: Work, account: AccountRecord): Promise<never> => {
  await writeEvent(work, account, newEvent(work.clock, 'account.match-refused', account._id));
  throw new AppError('person-not-matched');
};

const writePerson = async (
  work: Work,
  account: AccountRecord,
  { name, number, numberIndex }: Person,
  reference: string,
): Promise<void> => {
  const { cipher, blindIndex, clock } = work;
  const digest = blindIndex.of('evidence', `population-match:${number}:${name}:${reference}`);
  const seal = (field: string, value: string): Buffer => cipher.seal(value, fieldContext(account._id, field));
  const changes = {
    numberIndex,
    number: seal('number', number),
    name: seal('name', name),
    evidence: withEvidence(account.evidence, { method: 'population-match', at: clock.now(), digest }),
  };
  const event = newEvent(clock, 'account.raised', account._id, { method: 'population-match' });
  try {
    if (await work.store.swapAccount(account, changes, event)) return;
  } catch (error) {
    // Another account took the number meanwhile.
    if (!isDuplicate(error)) throw error;
    return refuse(work, account);
  }
  throw new AppError('storage-unavailable');
};
