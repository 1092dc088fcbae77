import { timingSafeEqual } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import { maskPhone } from '../../base/mask.ts';
import { parseCitizenNumber } from '../../terms/citizen-number.ts';
import type { AccountRecord } from '../account.ts';
import { openProfile } from '../find-account.ts';
import { activeByNumber } from './ask.ts';
import { type Attempt, keepAttempt, readAttempt } from './attempt.ts';
import { isOpen, type RecoveryState, stateAt } from './lifecycle.ts';
import { countRecoveryTry } from './limits.ts';
import { digestOfKey } from './open.ts';
import type { RecoveryWork } from './ports.ts';
import { holdsPhone, refuse, sendToOwner } from './proof.ts';
import { type OpenRecovery, type RecoveryRecord, viewRecovery } from './recovery.ts';

/** Where a recovery stands for the browser that may go on with it. */
export interface Underway {
  recovery: OpenRecovery;
  state: Extract<RecoveryState, 'waiting' | 'phone' | 'ready'>;
  /** Where a code can be sent; null when the account has no telephone, or none is sent here. */
  maskedPhone: string | null;
}

/**
 * Takes a recovery up again by the code that was shown when it was asked for, or the one on the slip from a counter.
 * Throws citizen-number-…, recovery-locked, and recovery-refused for all that does not fit.
 */
export async function resumeRecovery(
  work: RecoveryWork,
  input: { binding: string; number: string; code: string; address: string },
): Promise<void> {
  const number = parseCitizenNumber(input.number, work.clock);
  const numberIndex = work.blindIndex.of('citizen-number', number);
  await countRecoveryTry(work, { numberIndex, address: input.address });
  const account = await activeByNumber(work, numberIndex);
  const record = await work.recoveries.openOf(account?._id ?? '');

  const given = digestOfKey(work, record?._id ?? '', input.code);
  const isRight = record?.codeDigest != null && isSame(given, record.codeDigest);
  if (account === null || record === null || !isRight || !isOpen(record, work.clock.now()))
    return refuse(work, account);

  const accountId = account._id;
  await keepAttempt(work, input.binding, { way: 'continue', accountId, numberIndex, recoveryId: record._id });
}

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** What a browser goes on with, read together. */
export interface Continued {
  attempt: Attempt;
  record: RecoveryRecord;
  account: AccountRecord;
  state: RecoveryState;
}

/** Reads what a browser goes on with. Throws recovery-attempt-expired, recovery-over. */
export async function readContinued(work: RecoveryWork, binding: string): Promise<Continued> {
  const attempt = await readAttempt(work, binding);
  const record = attempt.recoveryId === undefined ? null : await work.recoveries.byId(attempt.recoveryId);
  if (record === null) throw new AppError('recovery-attempt-expired');
  const account = await work.store.accountById(record.accountId);
  const now = work.clock.now();
  if (account?.status !== 'active' || !isOpen(record, now)) throw new AppError('recovery-over');
  return { attempt, record, account, state: stateAt(record, now, attempt.isPhoneProven) };
}

/** Tells where the recovery of a browser stands. Throws recovery-attempt-expired, recovery-over. */
export async function recoveryUnderway(work: RecoveryWork, binding: string): Promise<Underway> {
  const { record, account, state } = await readContinued(work, binding);
  const { phone } = openProfile(work, account);
  const isSendable = phone !== undefined && work.authorities.smsGateway !== null;
  return {
    recovery: viewRecovery(record),
    state: state as Underway['state'],
    maskedPhone: isSendable ? maskPhone(phone) : null,
  };
}

/** Sends the telephone's code that a slip asks for. Throws recovery-attempt-expired, recovery-over, and what sendCode throws. */
export async function sendRecoveryCode(
  work: RecoveryWork,
  { binding, address }: { binding: string; address: string },
): Promise<void> {
  const { account } = await readContinued(work, binding);
  await sendToOwner(work, account, { binding, address });
}

/** Takes that code. Throws recovery-attempt-expired, recovery-over, recovery-locked, recovery-refused. */
export async function proveRecoveryPhone(
  work: RecoveryWork,
  { binding, code, address }: { binding: string; code: string; address: string },
): Promise<void> {
  const { attempt, account } = await readContinued(work, binding);
  await countRecoveryTry(work, { numberIndex: attempt.numberIndex, address });
  if (!(await holdsPhone(work, account, { binding, code }))) return refuse(work, account);
  await keepAttempt(work, binding, { ...attempt, isPhoneProven: true });
}
