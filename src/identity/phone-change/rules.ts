import { AppError } from '../../base/error.ts';
import type { DomainEvent } from '../../base/event.ts';
import type { PhoneNumber } from '../../terms/phone-number.ts';
import type { AccountRecord } from '../account.ts';
import { withEvidence } from '../evidence.ts';
import { fieldContext } from '../find-account.ts';
import { checkActive } from '../rules.ts';
import type { PhoneChangeWork } from './ports.ts';

const daySeconds = 86_400;
const changesPerDay = 5;
const mostAttempts = 5;

/** Counts a change before anything is sent: each sends messages to a telephone that may be anybody's. */
export async function countChange({ ephemeral }: PhoneChangeWork, accountId: string): Promise<void> {
  const { count, resetSeconds } = await ephemeral.count(`limit:phone-change:${accountId}`, daySeconds);
  if (count > changesPerDay)
    throw new AppError('phone-change-limit', { waitMinutes: Math.ceil(resetSeconds / 60) });
}

/** Refuses what has no telephone to change now. Throws account-not-active, person-not-known, phone-change-open. */
export function checkChangeable(account: AccountRecord | null): asserts account is AccountRecord {
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  if (account.number === undefined) throw new AppError('person-not-known');
  if (account.phoneChange) throw new AppError('phone-change-open');
}

/** Finds an account whose telephone can be changed now. Throws what checkChangeable throws. */
export async function readChangeable(work: PhoneChangeWork, accountId: string): Promise<AccountRecord> {
  const account = await work.store.accountById(accountId);
  checkChangeable(account);
  return account;
}

/** Makes what an account holds of a telephone that was proven. */
export const withPhone = (
  work: PhoneChangeWork,
  account: AccountRecord,
  { phone, provenAt }: { phone: PhoneNumber; provenAt: Date },
): Partial<AccountRecord> => ({
  phone: work.cipher.seal(phone, fieldContext(account._id, 'phone')),
  phoneIndex: work.blindIndex.of('phone', phone),
  phoneChange: null,
  evidence: withEvidence(account.evidence, {
    method: 'phone',
    at: provenAt,
    digest: work.blindIndex.of('evidence', `phone:${phone}`),
  }),
});

/**
 * Reads an account, lets it be judged, and writes what was decided; judged anew when someone else wrote meanwhile.
 * Returns the account as it was, or null when there was nothing to write. Throws storage-unavailable, and what `decide` does.
 */
export async function changeAccount(
  { store }: PhoneChangeWork,
  accountId: string,
  decide: (account: AccountRecord | null) => { changes: Partial<AccountRecord>; event: DomainEvent } | null,
): Promise<AccountRecord | null> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const account = await store.accountById(accountId);
    const decided = decide(account);
    if (account === null || decided === null) return null;
    if (await store.swapAccount(account, decided.changes, decided.event)) return account;
  }
  throw new AppError('storage-unavailable');
}
