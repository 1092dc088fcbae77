import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { parseCitizenNumber } from '../../terms/citizen-number.ts';
import { type PhoneNumber, parsePhoneNumber } from '../../terms/phone-number.ts';
import type { TryOrigin } from '../abuse/origin.ts';
import { checkPuzzle } from '../abuse/puzzle.ts';
import { noteWrong } from '../abuse/suspicion.ts';
import { forgetTries } from '../abuse/waits.ts';
import { type AccountRecord, indexWithoutNumber, type SignedIn } from '../account.ts';
import { assuranceOf } from '../evidence.ts';
import { fieldContext } from '../find-account.ts';
import { countTry } from '../limits.ts';
import type { Work } from '../ports.ts';
import { checkActive, reachedBy } from '../rules.ts';
import { askSecondFactor } from '../second-factor/sign-in.ts';
import { writeEvent } from '../write-event.ts';
import { checkCode, sendCode, useCode } from './code.ts';

/**
 * Begins a sign-in, or a registration, by telephone: sends a code whether or not there is an account, so that who does
 * not hold the telephone learns nothing; where the try comes from may cost a puzzle first. Throws phone-invalid, puzzle-…,
 * and what sendCode throws.
 */
export async function beginPhoneSignIn(
  work: Work,
  { solution = '', ...input }: TryOrigin & { binding: string; phone: string; solution?: string },
): Promise<void> {
  const phone = parsePhoneNumber(input.phone);
  await checkPuzzle(work, { numberIndex: undefined, origin: input, binding: input.binding, solution });
  await sendCode(work, { ...input, phone });
}

/** What comes back with a code. */
export interface PhoneAnswer extends TryOrigin {
  binding: string;
  code: string;
  /** Whose account it is, once the person is known; '' when nobody asked yet. */
  number: string;
  /** The person does without: the telephone's own account, or a new one. */
  isWithoutNumber: boolean;
}

/**
 * Finishes it. A telephone passes to another, and a family shares one: where it stands in the account of a known person
 * the code alone opens nothing of theirs, and the number is asked for too. Otherwise it signs in to the telephone's own
 * account, which is made when there is none. Throws sms-code-wrong, sms-code-expired, phone-number-wanted,
 * citizen-number-…, phone-sign-in-refused, sign-in-waits, sign-in-locked, too-many-requests, account-not-active, second-factor-needed.
 */
export async function finishPhoneSignIn(work: Work, input: PhoneAnswer): Promise<SignedIn> {
  const phone = await checkCode(work, input).catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === 'sms-code-wrong') await noteWrong(work, undefined, input);
    throw error;
  });
  const phoneIndex = work.blindIndex.of('phone', phone);
  const isWithout = input.isWithoutNumber || input.number.trim() === '';
  if (isWithout && !input.isWithoutNumber && (await work.store.isPhoneOfKnown(phoneIndex)))
    throw new AppError('phone-number-wanted');
  const account = isWithout
    ? await ownAccount(work, phone, phoneIndex)
    : await accountOfNumber(work, phoneIndex, input);
  await useCode(work, input.binding);
  checkActive(account);
  const amr = ['sms'];
  await askSecondFactor(work, account, amr, input.binding);

  await writeEvent(work, account, newEvent(work.clock, 'account.signed-in', account._id, { method: 'sms' }), {
    lastSignInAt: work.clock.now(),
  });

  return { accountId: account._id, amr, assurance: reachedBy(amr, assuranceOf(account, work.clock.now())) };
}

/** Whoever holds a telephone may not try ID numbers at will: such a try counts as one by password does. */
const accountOfNumber = async (
  work: Work,
  phoneIndex: string,
  input: TryOrigin & Pick<PhoneAnswer, 'number'>,
): Promise<AccountRecord> => {
  const number = parseCitizenNumber(input.number, work.clock);
  const numberIndex = work.blindIndex.of('citizen-number', number);
  // A count of its own, so that wrong passwords do not hold up who has the telephone.
  const who = `phone:${numberIndex}`;
  await countTry(work, who, input);
  const account = await work.store.accountByNumberEvenly(numberIndex);
  if (account?.phoneIndex !== phoneIndex) {
    await noteWrong(work, undefined, input);
    throw new AppError('phone-sign-in-refused');
  }
  await forgetTries(work, who);
  return account;
};

/** Finds or makes the account of a telephone; of two that make it at once one does, and both get it. */
const ownAccount = async (work: Work, phone: PhoneNumber, phoneIndex: string): Promise<AccountRecord> => {
  const numberIndex = indexWithoutNumber(phoneIndex);
  const found = await work.store.accountByNumber(numberIndex);
  if (found !== null) return found;
  const record = newRecord(work, { phone, phoneIndex, numberIndex });
  try {
    await work.store.insertAccount(record);
    return record;
  } catch (error) {
    const made = await work.store.accountByNumber(numberIndex);
    if (made === null) throw error;
    return made;
  }
};

const newRecord = (
  work: Work,
  { phone, phoneIndex, numberIndex }: { phone: PhoneNumber; phoneIndex: string; numberIndex: string },
): AccountRecord => {
  const accountId = newId();
  const now = work.clock.now();
  const digest = work.blindIndex.of('evidence', `phone:${phone}`);
  return {
    _id: accountId,
    numberIndex,
    phoneIndex,
    phone: work.cipher.seal(phone, fieldContext(accountId, 'phone')),
    status: 'active',
    assurance: 1,
    evidence: [{ method: 'phone', at: now, digest }],
    region: work.region,
    version: 1,
    outbox: [newEvent(work.clock, 'account.registered', accountId, { method: 'sms' })],
    createdAt: now,
    updatedAt: now,
  };
};
