import { randomInt } from 'node:crypto';
import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { newId } from '../../base/id.ts';
import type { AssuranceLevel } from '../../terms/assurance.ts';
import { checkActive } from '../rules.ts';
import { type BindingRecord, linkCodeTtlSeconds } from './binding.ts';
import { exchangeCode, type PlatformCode } from './exchange.ts';
import type { MiniProgramWork } from './ports.ts';

/** The least level at which a person may let a mini-program in. */
const leastLevel: AssuranceLevel = 2;
const codesPerHour = 10;
const triesPerWindow = 5;
const windowSeconds = 900;

const keyOf = (linkCode: string): string => `mini-program:link:${linkCode}`;

const wrong = (): AppError =>
  new AppError('mini-program-link-code-wrong', { minutes: linkCodeTtlSeconds / 60 });

/**
 * Makes the eight digits that a person types into the mini-program in their hand: so the person brings the two together,
 * and a link that somebody sends them does not. Throws mini-program-level, too-many-requests, not-found.
 */
export async function makeLinkCode(
  { ephemeral, platform }: MiniProgramWork,
  { accountId, assurance }: { accountId: string; assurance: AssuranceLevel },
): Promise<{ linkCode: string; expiresInSeconds: number }> {
  if (platform === null) throw new AppError('not-found');
  if (assurance < leastLevel) throw new AppError('mini-program-level');
  const { count, resetSeconds } = await ephemeral.count(`mini-program:codes:${accountId}`, 3600);
  if (count > codesPerHour) throw new AppError('too-many-requests', { waitSeconds: resetSeconds });
  for (;;) {
    const linkCode = String(randomInt(10 ** 8)).padStart(8, '0');
    if (await ephemeral.add(keyOf(linkCode), accountId, { ttlSeconds: linkCodeTtlSeconds }))
      return { linkCode, expiresInSeconds: linkCodeTtlSeconds };
  }
}

/**
 * Binds the platform's user whom a code stands for to the account that a link code was made for. Throws
 * mini-program-link-code-wrong {minutes}, mini-program-taken, mini-program-busy {waitSeconds}, account-not-active,
 * storage-unavailable, and what exchangeCode throws.
 */
export async function bindMiniProgram(
  work: MiniProgramWork,
  { linkCode, ...given }: PlatformCode & { linkCode: string },
): Promise<void> {
  const platformIndex = await exchangeCode(work, given);
  const { count, resetSeconds } = await work.ephemeral.count(
    `mini-program:tries:${platformIndex}`,
    windowSeconds,
  );
  if (count > triesPerWindow) throw new AppError('mini-program-busy', { waitSeconds: resetSeconds });
  const typed = linkCode.replace(/\s/g, '');
  const accountId = /^\d{8}$/.test(typed) ? await work.ephemeral.take(keyOf(typed)) : null;
  if (accountId === null) throw wrong();
  const [account, former] = await Promise.all([
    work.people.findAccount(accountId),
    work.store.byPlatformIndex(platformIndex),
  ]);
  if (account === null) throw new AppError('account-not-active');
  checkActive(account);
  if (former !== null && former.removedAt === null) {
    if (former.accountId === accountId) return;
    throw new AppError('mini-program-taken');
  }

  if (!(await write(work, { accountId, platformIndex, former }))) throw new AppError('storage-unavailable');

  await work.tellPerson({ accountId, kind: 'authenticator-added', values: {} });
}

const write = (
  { store, clock }: MiniProgramWork,
  {
    accountId,
    platformIndex,
    former,
  }: { accountId: string; platformIndex: string; former: BindingRecord | null },
): Promise<boolean> => {
  const _id = former?._id ?? newId();
  const event = newEvent(clock, 'mini-program.bound', accountId, { bindingId: _id });
  const fields = { accountId, boundAt: event.at, lastUsedAt: null, removedAt: null };
  if (former !== null) return store.swap(former, fields, event);
  return store.insert({ _id, platformIndex, ...fields, version: 1, outbox: [event] });
};

/** Takes a binding away from its account. Throws mini-program-missing, storage-unavailable. */
export async function removeBinding(
  work: MiniProgramWork,
  { accountId, bindingId }: { accountId: string; bindingId: string },
): Promise<void> {
  const binding = await work.store.byId(bindingId);
  if (binding === null || binding.accountId !== accountId || binding.removedAt !== null)
    throw new AppError('mini-program-missing');

  const event = newEvent(work.clock, 'mini-program.removed', accountId, { bindingId });
  if (!(await work.store.swap(binding, { removedAt: event.at }, event)))
    throw new AppError('storage-unavailable');

  await work.tellPerson({ accountId, kind: 'authenticator-removed', values: {} });
}
