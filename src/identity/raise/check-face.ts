import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import { type AccountRecord, isKnown } from '../account.ts';
import { withEvidence } from '../evidence.ts';
import { openProfile } from '../find-account.ts';
import type { Work } from '../ports.ts';
import { checkActive } from '../rules.ts';
import { writeEvent } from '../write-event.ts';
import { countCheck } from './limits.ts';

const sessionTtlSeconds = 900;
const sessionKey = (accountId: string): string => `face:${accountId}`;

const activeAccount = async (work: Work, accountId: string): Promise<AccountRecord> => {
  const account = await work.store.accountById(accountId);
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  return account;
};

/**
 * Begins a face check for a person who is known by name and number; the session is kept here and stands in no address of
 * ours. Returns where the browser goes. Throws way-not-offered, person-not-known, match-limit-reached, face-unavailable,
 * account-not-active.
 */
export async function beginFaceCheck(
  work: Work,
  input: { accountId: string; returnTo: string; address: string },
): Promise<{ address: string }> {
  const { faceCheck } = work.authorities;
  if (faceCheck === null) throw new AppError('way-not-offered');
  const profile = openProfile(work, await activeAccount(work, input.accountId));
  if (!isKnown(profile)) throw new AppError('person-not-known');
  await countCheck(work, 'face', input);

  const { name, number } = profile;
  const { session, address } = await faceCheck.begin({
    id: newId(),
    name,
    number,
    returnTo: input.returnTo,
  });
  await work.ephemeral.put(sessionKey(input.accountId), session, { ttlSeconds: sessionTtlSeconds });

  return { address };
}

/**
 * Finishes a face check: asks the authority, not the browser, what came of it; the third level. Throws
 * face-session-expired when there is none or it was not finished, face-not-passed, face-unavailable, account-not-active.
 */
export async function finishFaceCheck(work: Work, { accountId }: { accountId: string }): Promise<void> {
  const { faceCheck } = work.authorities;
  const [entry, account] = await Promise.all([
    work.ephemeral.get(sessionKey(accountId)),
    activeAccount(work, accountId),
  ]);
  if (faceCheck === null || entry === null) throw new AppError('face-session-expired');
  const { state, reference } = await faceCheck.outcome(entry.value);

  if (state === 'open') throw new AppError('face-session-expired');
  if ((await work.ephemeral.take(sessionKey(accountId))) === null) throw new AppError('face-session-expired');
  if (state === 'failed') {
    await writeEvent(work, account, newEvent(work.clock, 'account.face-refused', accountId));
    throw new AppError('face-not-passed');
  }

  const digest = work.blindIndex.of('evidence', `face:${accountId}:${reference}`);
  const evidence = withEvidence(account.evidence, { method: 'face', at: work.clock.now(), digest });
  const event = newEvent(work.clock, 'account.raised', accountId, { method: 'face' });
  await writeEvent(work, account, event, { evidence });
}
