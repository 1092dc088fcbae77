import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { AccountRecord } from '../account.ts';
import { usePasskey } from '../passkey-sign-in.ts';
import type { PublicKeyCredentialRequestOptionsJSON } from '../passkey-types.ts';
import type { Work } from '../ports.ts';
import { checkActive } from '../rules.ts';
import { writeEvent } from '../write-event.ts';
import { isOpen, type QrOutcome, type QrRequest, readNumber } from './lifecycle.ts';
import { countAnswer } from './limits.ts';
import { claimAnswer, putOutcome, readRequest } from './records.ts';

/** The person on the phone, and the code that was scanned. */
export interface QrScan {
  accountId: string;
  handle: string;
}

/** What the phone shows of who wants to sign in. */
export type QrDetails = Omit<QrRequest, 'matchNumber' | 'askedAt' | 'expiresAt'> & { askedAt: Date };

const challengeName = ({ accountId, handle }: QrScan): string => `qr:${handle}:${accountId}`;

const openRequest = async (work: Work, handle: string): Promise<QrRequest> => {
  const found = await readRequest(work, handle);
  if (found === null || !isOpen(found.request, found.markedAt, work.clock.now()))
    throw new AppError('qr-expired');
  return found.request;
};

/** Reads who wants to sign in; the number is for the person to bring. Throws qr-expired. */
export async function readQr(work: Work, handle: string): Promise<QrDetails> {
  const { site, browser, network, place, askedAt } = await openRequest(work, handle);
  return { site, browser, network, place, askedAt: new Date(askedAt) };
}

/** Begins the phone's proof: a fresh challenge for this person and this code. Throws qr-expired. */
export async function beginQrApproval(
  work: Work,
  scan: QrScan,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  await openRequest(work, scan.handle);
  return work.ceremonies.beginSignIn({ challengeName: challengeName(scan) });
}

/**
 * Approves a sign-in by number and passkey. A wrong number ends the code: whoever was told to scan it may not guess. The
 * passkey must be the person's own, and its proof is made for this code. Throws qr-limit-reached, qr-expired,
 * qr-number-needed, qr-number-wrong, qr-passkey-needed, passkey-challenge-expired, passkey-refused, account-not-active.
 */
export async function approveQr(
  work: Work,
  scan: QrScan & { number: string; response: unknown },
): Promise<void> {
  const { accountId, handle } = scan;
  await countAnswer(work, accountId);
  const [account, request] = await Promise.all([activeAccount(work, accountId), openRequest(work, handle)]);

  const number = readNumber(scan.number);
  if (number === null) throw new AppError('qr-number-needed');
  if (number !== request.matchNumber) {
    await settle(work, account, handle, { state: 'number-wrong' });
    throw new AppError('qr-number-wrong');
  }
  if (scan.response === null) throw new AppError('qr-passkey-needed');
  const { amr } = await usePasskey(work, {
    challengeName: challengeName(scan),
    response: scan.response,
    only: accountId,
    event: (id) => newEvent(work.clock, 'passkey.used', id, { act: 'qr' }),
  });
  await settle(work, account, handle, { state: 'approved', accountId, amr });
}

/** Ends a code that the person did not ask for, and tells of it. Throws qr-limit-reached, qr-expired, account-not-active. */
export async function denyQr(work: Work, { accountId, handle }: QrScan): Promise<void> {
  await countAnswer(work, accountId);
  const [account] = await Promise.all([activeAccount(work, accountId), openRequest(work, handle)]);
  await settle(work, account, handle, { state: 'denied' });
  await work.tellPerson?.({ accountId, kind: 'qr-denied', values: {} });
}

/** The event is written before the outcome is left: no sign-in is without it. */
const settle = async (
  work: Work,
  account: AccountRecord,
  handle: string,
  outcome: QrOutcome,
): Promise<void> => {
  if (!(await claimAnswer(work, handle))) throw new AppError('qr-expired');
  await writeEvent(work, account, newEvent(work.clock, `qr.${outcome.state}`, account._id));
  await putOutcome(work, handle, outcome);
};

const activeAccount = async (work: Work, accountId: string): Promise<AccountRecord> => {
  const account = await work.store.accountById(accountId);
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  return account;
};
