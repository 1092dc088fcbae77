import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { PasskeyRecord } from '../account.ts';
import { modelNameOf } from '../passkey-policy.ts';
import { ownerOf } from '../passkey-registration.ts';
import type { PublicKeyCredentialCreationOptionsJSON } from '../passkey-types.ts';
import { nameOfPasskey } from '../passkeys.ts';
import { digestOfRecoveryCode, newRecoveryCodes } from '../second-factor/recovery-codes.ts';
import { writeEvent } from '../write-event.ts';
import { forgetAttempt } from './attempt.ts';
import { type Continued, readContinued } from './go-on.ts';
import type { RecoveryWork } from './ports.ts';
import type { Completion, RecoveryRecord } from './recovery.ts';
import { tellOwner } from './tell.ts';

const challengeName = (recoveryId: string, binding: string): string => `recovery:${recoveryId}:${binding}`;

const readReady = async (work: RecoveryWork, binding: string): Promise<Continued> => {
  const read = await readContinued(work, binding);
  if (read.state !== 'ready') throw new AppError('recovery-not-ready');
  return read;
};

/** Begins the new passkey. Throws recovery-attempt-expired, recovery-over, recovery-not-ready. */
export async function beginRecoveryPasskey(
  work: RecoveryWork,
  binding: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { record, account } = await readReady(work, binding);
  // A device may make a new passkey in the place of an old one: all that are there are about to go.
  return work.ceremonies.beginRegistration({
    challengeName: challengeName(record._id, binding),
    owner: ownerOf(work, account),
    present: [],
  });
}

/** What completes a recovery. */
export interface RecoveryAnswer {
  binding: string;
  response: unknown;
  name: string;
  /** The passkeys there were, the password and the app for codes go on working. */
  keepsOthers: boolean;
}

/**
 * Completes a recovery by one write that says all that is to follow; settleRecovery brings it about, now or after a
 * crash. Gives ten new recovery codes that are shown this once. Throws recovery-attempt-expired, recovery-over,
 * recovery-not-ready, passkey-challenge-expired, passkey-refused, passkey-model-refused.
 */
export async function completeRecovery(
  work: RecoveryWork,
  { binding, response, name, keepsOthers }: RecoveryAnswer,
): Promise<{ recoveryId: string; recoveryCodes: string[] }> {
  const { record } = await readReady(work, binding);
  const { _id: recoveryId, accountId, way } = record;
  const made = await work.ceremonies.finishRegistration({
    challengeName: challengeName(recoveryId, binding),
    response,
  });
  const model = modelNameOf(work.passkeyPolicy, made.aaguid);
  const recoveryCodes = newRecoveryCodes();
  const completion: Completion = {
    passkey: { ...made, publicKey: made.publicKey.toString('base64url'), name: nameOfPasskey(name, model) },
    keepsOthers,
    recovery: recoveryCodes.map((code) => digestOfRecoveryCode(work, accountId, code)),
  };

  const event = newEvent(work.clock, 'recovery.completed', accountId, { way, keepsOthers });
  const changes = { state: 'done', openSlot: recoveryId, completion, settled: false } as const;
  // Stopped in this very moment: then it is stopped.
  if (!(await work.recoveries.swap(record, { ...changes, codeDigest: null, stopDigest: null }, event)))
    throw new AppError('recovery-over');

  await forgetAttempt(work, binding);
  return { recoveryId, recoveryCodes };
}

/**
 * Brings about what a completed recovery asks for: the new passkey in; the old ones, the password and the app for codes
 * out unless they are kept; new recovery codes, all that `endWaysIn` ends, the owner told. May be done again from any
 * point, by any process.
 */
export async function settleRecovery(
  work: RecoveryWork,
  recoveryId: string,
  endWaysIn: (accountId: string) => Promise<unknown>,
): Promise<void> {
  const record = await work.recoveries.byId(recoveryId);
  if (record === null || record.settled || record.completion === null) return;
  const { accountId, completion } = record;
  await addPasskey(work, accountId, completion);
  if (!completion.keepsOthers) await removeOthers(work, accountId, completion);
  await renewCodes(work, record, completion);
  await endWaysIn(accountId);
  await tellOwner(work, accountId, 'recovered');

  const event = newEvent(work.clock, 'recovery.settled', 'system', { accountId });
  await work.recoveries.swap(record, { settled: true, completion: null }, event);
}

const addPasskey = async (work: RecoveryWork, accountId: string, { passkey }: Completion): Promise<void> => {
  const { credentialId, publicKey, ...made } = passkey;
  const { deviceType } = made;
  const record: PasskeyRecord = {
    _id: credentialId,
    accountId,
    ...made,
    publicKey: Buffer.from(publicKey, 'base64url'),
    createdAt: work.clock.now(),
    version: 1,
    outbox: [newEvent(work.clock, 'passkey.registered', accountId, { deviceType, by: 'recovery' })],
  };
  try {
    await work.store.insertPasskey(record);
  } catch (error) {
    // It is there from the time before the crash.
    if (!(error instanceof AppError) || error.code !== 'passkey-duplicate') throw error;
  }
};

const removeOthers = async (
  work: RecoveryWork,
  accountId: string,
  { passkey }: Completion,
): Promise<void> => {
  for (const old of await work.store.passkeysOf(accountId)) {
    if (old._id === passkey.credentialId) continue;
    const event = newEvent(work.clock, 'passkey.removed', accountId, { by: 'recovery' });
    // A sign-in with it at this moment moved its counter on.
    if (await work.store.swapPasskey(old, { removedAt: event.at }, event)) continue;
    throw new AppError('storage-unavailable');
  }
};

const renewCodes = async (
  work: RecoveryWork,
  { accountId }: RecoveryRecord,
  { recovery, keepsOthers }: Completion,
): Promise<void> => {
  const account = await work.store.accountById(accountId);
  if (account === null) return;
  const event = newEvent(work.clock, 'recovery-codes.renewed', accountId, { by: 'recovery' });
  // Who lost their passkeys, or had them taken, did not prove the rest: somebody else may have set it up.
  const others = keepsOthers ? {} : { password: null, totp: null };
  // A change of telephone that somebody else asked for ends with the ways in that were theirs.
  await writeEvent(work, account, event, { recovery, phoneChange: null, ...others });
};
