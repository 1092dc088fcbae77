import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import type { AccountRecord, SignedIn } from '../account.ts';
import { assuranceOf } from '../evidence.ts';
import { reachedBy } from '../rules.ts';
import { subjectIndexOf } from './bind.ts';
import { type NetIdAnswer, type NetIdRecord, netIdMethod } from './binding.ts';
import type { NetIdWork } from './ports.ts';

/**
 * Signs in who holds a net-ID, to the account that it was bound to; it is one factor, whatever the platform asked for. A
 * refusal stands in the history of the person whose account it is or was; of a net-ID that never was bound nobody's is.
 * Throws net-id-not-bound, account-not-active, storage-unavailable.
 */
export async function signInByNetId(work: NetIdWork, answer: NetIdAnswer): Promise<SignedIn> {
  const binding = await work.bindings.bySubject(subjectIndexOf(work, answer));
  if (binding === null) throw new AppError('net-id-not-bound');
  const { accountId } = binding;
  const account = await work.store.accountById(accountId);
  if (binding.removedAt !== null) throw await refuse(work, binding, 'net-id-not-bound');
  if (!isActive(account)) throw await refuse(work, binding, 'account-not-active');

  const event = newEvent(work.clock, 'account.signed-in', accountId, { method: netIdMethod });
  if (!(await work.bindings.swap(binding, { lastUsedAt: event.at }, event)))
    throw new AppError('storage-unavailable');

  const amr = [netIdMethod];
  return { accountId, amr, assurance: reachedBy(amr, assuranceOf(account, work.clock.now())) };
}

const isActive = (account: AccountRecord | null): account is AccountRecord => account?.status === 'active';

const refuse = async (
  { bindings, clock }: NetIdWork,
  binding: NetIdRecord,
  reason: 'net-id-not-bound' | 'account-not-active',
): Promise<AppError> => {
  const detail = { method: netIdMethod, reason };
  await bindings.swap(binding, {}, newEvent(clock, 'account.sign-in-refused', binding.accountId, detail));
  return new AppError(reason);
};
