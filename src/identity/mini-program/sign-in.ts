import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import type { AccountProfile, SignedIn } from '../account.ts';
import { checkActive } from '../rules.ts';
import { type BindingRecord, miniProgramMethod, ticketTtlSeconds } from './binding.ts';
import { exchangeCode, type PlatformCode } from './exchange.ts';
import type { MiniProgramWork } from './ports.ts';

const keyOf = (ticket: string): string => `mini-program:ticket:${ticket}`;
const isTicket = (text: string): boolean => /^[\w-]{22}$/.test(text);

const expired = (): AppError => new AppError('mini-program-expired', { minutes: ticketTtlSeconds / 60 });

/**
 * Gives a mini-program a ticket for its code, to open the sign-in page with. It is the same whether or not an account is
 * bound: the mini-program learns nothing. Throws what exchangeCode throws.
 */
export async function beginMiniProgramSignIn(
  work: MiniProgramWork,
  given: PlatformCode,
): Promise<{ ticket: string; expiresInSeconds: number }> {
  const platformIndex = await exchangeCode(work, given);
  const ticket = newId();
  await work.ephemeral.put(keyOf(ticket), platformIndex, { ttlSeconds: ticketTtlSeconds });
  return { ticket, expiresInSeconds: ticketTtlSeconds };
}

const boundTo = async (work: MiniProgramWork, platformIndex: string): Promise<BindingRecord | null> => {
  const binding = await work.store.byPlatformIndex(platformIndex);
  return binding === null || binding.removedAt !== null ? null : binding;
};

/** Finds whom a ticket would sign in; null when it is over, or nobody is bound. */
export async function findByTicket(work: MiniProgramWork, ticket: string): Promise<AccountProfile | null> {
  const entry = isTicket(ticket) ? await work.ephemeral.get(keyOf(ticket)) : null;
  const binding = entry === null ? null : await boundTo(work, entry.value);
  return binding === null ? null : work.people.findAccount(binding.accountId);
}

/** Signs in by a ticket, once. Throws mini-program-expired {minutes}, account-not-active, storage-unavailable. */
export async function signInByMiniProgram(work: MiniProgramWork, ticket: string): Promise<SignedIn> {
  const platformIndex = isTicket(ticket) ? await work.ephemeral.take(keyOf(ticket)) : null;
  const binding = platformIndex === null ? null : await boundTo(work, platformIndex);
  if (binding === null) throw expired();
  const { accountId } = binding;
  const amr = [miniProgramMethod];
  const [account, assurance] = await Promise.all([
    work.people.findAccount(accountId),
    work.people.assuranceReached(accountId, amr),
  ]);
  if (account === null || assurance === null) throw new AppError('account-not-active');
  checkActive(account);

  const event = newEvent(work.clock, 'account.signed-in', accountId, { method: miniProgramMethod });
  if (!(await work.store.swap(binding, { lastUsedAt: event.at }, event)))
    throw new AppError('storage-unavailable');

  return { accountId, amr, assurance };
}
