import { newEvent } from '../../base/event.ts';
import { parseCitizenNumber } from '../../terms/citizen-number.ts';
import { checkPuzzle } from '../abuse/puzzle.ts';
import type { AccountRecord } from '../account.ts';
import { digestOfRecoveryCode } from '../second-factor/recovery-codes.ts';
import { type Attempt, keepAttempt, readAttempt } from './attempt.ts';
import { countRecoveryTry } from './limits.ts';
import { type AskedRecovery, openRecovery } from './open.ts';
import type { RecoveryWork } from './ports.ts';
import { holdsApp, holdsPhone, refuse, sendToOwner } from './proof.ts';

/** What a person who can sign in no more begins with. */
export interface RecoveryBeginning {
  binding: string;
  way: 'codes' | 'face';
  number: string;
  /** The recovery code, where that is the way. */
  code: string;
  address: string;
  /** Of the puzzle that was shown; absent when there was none, or nobody solved it. */
  solution?: string;
}

/** What comes back: the telephone's code, or that of the app. */
export interface RecoveryProof {
  binding: string;
  code: string;
  /** The telephone is lost too. */
  isWithoutPhone: boolean;
  address: string;
}

/**
 * Begins a recovery. Whatever was typed the answer is the same, and as soon: nothing is judged yet, and the message to
 * the telephone is not waited for. Throws citizen-number-…, puzzle-…, recovery-locked.
 */
export async function beginRecovery(work: RecoveryWork, input: RecoveryBeginning): Promise<void> {
  const { binding, way, address, solution = '' } = input;
  const number = parseCitizenNumber(input.number, work.clock);
  const numberIndex = work.blindIndex.of('citizen-number', number);
  await checkPuzzle(work, { numberIndex, origin: { address }, binding, solution });
  await countRecoveryTry(work, { numberIndex, address });
  const account = await activeByNumber(work, numberIndex);

  const accountId = account?._id ?? null;
  const codeDigest = digestOfRecoveryCode(work, accountId ?? '', input.code);
  await keepAttempt(work, binding, { way, accountId, numberIndex, codeDigest });

  // Not before the answer is on its way: on the embedded file even what is not waited for holds it up.
  if (account !== null)
    setImmediate(() => sendToOwner(work, account, { binding, address }).catch(() => undefined));
}

/** Finds the account of a number that can be recovered. */
export async function activeByNumber(
  { store }: RecoveryWork,
  numberIndex: string,
): Promise<AccountRecord | null> {
  const account = await store.accountByNumberEvenly(numberIndex);
  return account?.status === 'active' ? account : null;
}

/**
 * Judges all that was shown at once. By recovery code the request is made, and at once ready where the telephone's code
 * came with it; on the other way a face check follows and null comes back. Throws recovery-attempt-expired,
 * recovery-locked, recovery-refused, recovery-open.
 */
export async function proveRecovery(work: RecoveryWork, input: RecoveryProof): Promise<AskedRecovery | null> {
  const { binding, code, address } = input;
  const attempt = await readAttempt(work, binding);
  await countRecoveryTry(work, { numberIndex: attempt.numberIndex, address });
  const account = await work.store.accountById(attempt.accountId ?? '');
  if (account === null || attempt.way === 'continue') {
    // As much work as where there is an account, so that the time does not tell.
    if (!input.isWithoutPhone) await holdsPhone(work, null, { binding, code });
    return refuse(work, account);
  }
  if (attempt.way === 'codes') return proveByCodes(work, account, attempt, input);

  const holds = (await holdsPhone(work, account, { binding, code })) || (await holdsApp(work, account, code));
  if (!holds) return refuse(work, account);
  await keepAttempt(work, binding, { ...attempt, isProven: true });
  return null;
}

const proveByCodes = async (
  work: RecoveryWork,
  account: AccountRecord,
  { codeDigest }: Attempt,
  { binding, code, isWithoutPhone }: RecoveryProof,
): Promise<AskedRecovery> => {
  const left = (account.recovery ?? []).filter((kept) => kept !== codeDigest);
  const isCode = left.length < (account.recovery ?? []).length;
  const isPhone = !isWithoutPhone && (await holdsPhone(work, account, { binding, code }));
  if (!isCode || isPhone === isWithoutPhone) return refuse(work, account);

  const event = newEvent(work.clock, 'account.recovery-proven', account._id, { method: 'recovery-code' });
  // Not written again over another's write: a code that two use at once serves one of them.
  if (!(await work.store.swapAccount(account, { recovery: left }, event))) return refuse(work, account);

  return openRecovery(work, account, { binding, way: 'codes', isPhoneProven: isPhone });
};
