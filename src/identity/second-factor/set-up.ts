import { randomBytes } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { maskPhone } from '../../base/mask.ts';
import type { AccountRecord } from '../account.ts';
import { fieldContext, openProfile } from '../find-account.ts';
import type { Work } from '../ports.ts';
import { checkActive } from '../rules.ts';
import { writeEvent } from '../write-event.ts';
import { digestOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import { stepOfCode, toBase32, totpAddress } from './totp.ts';

const setUpTtlSeconds = 600;
const secretBytes = 20;

const setUpKey = (accountId: string): string => `totp:set-up:${accountId}`;

const activeAccount = async (work: Work, accountId: string): Promise<AccountRecord> => {
  const account = await work.store.accountById(accountId);
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  return account;
};

/** What an app needs to be set up: the address for its camera, and the secret to type. */
export interface TotpSetUp {
  address: string;
  secret: string;
}

const shown = (work: Work, account: AccountRecord, secret: Buffer): TotpSetUp => {
  const { phone } = openProfile(work, account);
  return { address: totpAddress(secret, maskPhone(phone ?? '')), secret: toBase32(secret) };
};

/** Begins to set up an app: a fresh secret that counts for nothing until a code of it is shown. Throws account-not-active. */
export async function beginTotp(work: Work, { accountId }: { accountId: string }): Promise<TotpSetUp> {
  const account = await activeAccount(work, accountId);
  const secret = randomBytes(secretBytes);
  const sealed = work.cipher.seal(secret.toString('base64url'), fieldContext(accountId, 'totp'));

  await work.ephemeral.put(setUpKey(accountId), sealed.toString('base64url'), {
    ttlSeconds: setUpTtlSeconds,
  });

  return shown(work, account, secret);
}

/** Returns the set-up under way, to be shown again. Throws totp-set-up-expired, account-not-active. */
export async function awaitedTotp(work: Work, { accountId }: { accountId: string }): Promise<TotpSetUp> {
  const [account, entry] = await Promise.all([
    activeAccount(work, accountId),
    work.ephemeral.get(setUpKey(accountId)),
  ]);
  if (entry === null) throw new AppError('totp-set-up-expired');
  return shown(work, account, openSecret(work, accountId, Buffer.from(entry.value, 'base64url')));
}

/**
 * Finishes it by a code of the app, and gives ten recovery codes that are shown this once. Throws totp-set-up-expired,
 * totp-code-wrong, account-not-active.
 */
export async function finishTotp(
  work: Work,
  { accountId, code }: { accountId: string; code: string },
): Promise<{ recoveryCodes: string[] }> {
  const [account, entry] = await Promise.all([
    activeAccount(work, accountId),
    work.ephemeral.get(setUpKey(accountId)),
  ]);
  if (entry === null) throw new AppError('totp-set-up-expired');
  const secret = Buffer.from(entry.value, 'base64url');
  const now = work.clock.now();
  const given = code.replace(/\s/g, '');
  const step = stepOfCode(openSecret(work, accountId, secret), given, { at: now, after: 0 });
  if (step === null) throw new AppError('totp-code-wrong');
  if ((await work.ephemeral.take(setUpKey(accountId))) === null) throw new AppError('totp-set-up-expired');
  const { recoveryCodes, recovery } = freshCodes(work, accountId);

  const event = newEvent(work.clock, 'totp.registered', accountId);
  await writeEvent(work, account, event, { totp: { secret, lastStep: step, since: now }, recovery });

  return { recoveryCodes };
}

/** Takes the app away, and the recovery codes with it. Throws account-not-active. */
export async function removeTotp(work: Work, { accountId }: { accountId: string }): Promise<void> {
  const account = await activeAccount(work, accountId);
  const event = newEvent(work.clock, 'totp.removed', accountId);
  await writeEvent(work, account, event, { totp: null, recovery: [] });
}

/** Makes ten new recovery codes; the old ones open nothing any more. Throws account-not-active. */
export async function renewRecoveryCodes(
  work: Work,
  { accountId }: { accountId: string },
): Promise<{ recoveryCodes: string[] }> {
  const account = await activeAccount(work, accountId);
  const { recoveryCodes, recovery } = freshCodes(work, accountId);
  const event = newEvent(work.clock, 'recovery-codes.renewed', accountId);
  await writeEvent(work, account, event, { recovery });
  return { recoveryCodes };
}

const freshCodes = (work: Work, accountId: string) => {
  const recoveryCodes = newRecoveryCodes();
  return {
    recoveryCodes,
    recovery: recoveryCodes.map((code) => digestOfRecoveryCode(work, accountId, code)),
  };
};

/** Opens the secret of an account's app. */
export const openSecret = ({ cipher }: Work, accountId: string, sealed: Buffer): Buffer =>
  Buffer.from(cipher.open(sealed, fieldContext(accountId, 'totp')), 'base64url');
