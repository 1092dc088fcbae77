import { AppError } from '../../base/error.ts';
import { newId } from '../../base/id.ts';
import { type AccountRecord, isKnown } from '../account.ts';
import { openProfile } from '../find-account.ts';
import { countCheck } from '../raise/limits.ts';
import { type Attempt, keepAttempt, readAttempt } from './attempt.ts';
import { type AskedRecovery, openRecovery } from './open.ts';
import type { RecoveryWork } from './ports.ts';
import { refuse } from './proof.ts';

const provenAttempt = async (
  work: RecoveryWork,
  binding: string,
): Promise<{ attempt: Attempt; account: AccountRecord }> => {
  const attempt = await readAttempt(work, binding);
  const { accountId, isProven = false } = attempt;
  const account = accountId === null || !isProven ? null : await work.store.accountById(accountId);
  if (account?.status !== 'active') throw new AppError('recovery-attempt-expired');
  return { attempt, account };
};

/** Tells whose face this browser may have checked. Throws recovery-attempt-expired. */
export async function faceAccountOf(work: RecoveryWork, binding: string): Promise<string> {
  return (await provenAttempt(work, binding)).account._id;
}

/**
 * Begins the face check after a second factor that was right; its session is this browser's alone, so that a check the
 * owner makes elsewhere opens nothing here. Throws recovery-attempt-expired, way-not-offered, match-limit-reached,
 * face-unavailable.
 */
export async function beginRecoveryFace(
  work: RecoveryWork,
  { binding, returnTo, address }: { binding: string; returnTo: string; address: string },
): Promise<{ address: string }> {
  const { faceCheck } = work.authorities;
  if (faceCheck === null) throw new AppError('way-not-offered');
  const { attempt, account } = await provenAttempt(work, binding);
  const profile = openProfile(work, account);
  if (!isKnown(profile)) throw new AppError('person-not-known');
  await countCheck(work, 'face', { accountId: account._id, address });

  const { name, number } = profile;
  const begun = await faceCheck.begin({ id: newId(), name, number, returnTo });
  await keepAttempt(work, binding, { ...attempt, faceSession: begun.session });

  return { address: begun.address };
}

/**
 * Asks the authority what came of it, and makes the request when the face passed. Throws recovery-attempt-expired,
 * face-session-expired, face-unavailable, recovery-refused, recovery-open.
 */
export async function finishRecoveryFace(
  work: RecoveryWork,
  { binding }: { binding: string },
): Promise<AskedRecovery> {
  const { attempt, account } = await provenAttempt(work, binding);
  const { faceCheck } = work.authorities;
  const { faceSession, ...rest } = attempt;
  if (faceCheck === null || faceSession === undefined) throw new AppError('face-session-expired');
  const { state } = await faceCheck.outcome(faceSession);

  if (state === 'open') throw new AppError('face-session-expired');
  await keepAttempt(work, binding, rest);
  if (state === 'failed') return refuse(work, account);

  return openRecovery(work, account, { binding, way: 'face', isPhoneProven: false });
}
