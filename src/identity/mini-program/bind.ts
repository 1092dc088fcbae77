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

const mostAttempts = 3;

const keyOf = (linkCode: string): string => `mini-program:link:${linkCode}`;
/** Under it stands until when an account was recovered, as long as a code from before might be typed. */
const voidKeyOf = (accountId: string): string => `mini-program:void:${accountId}`;

const wrong = (): AppError =>
  new AppError('mini-program-link-code-wrong', { minutes: linkCodeTtlSeconds / 60 });

/**
 * Makes the eight digits that a person types into the mini-program in their hand: so the person brings the two together,
 * and a link that somebody sends them does not. Throws mini-program-level, too-many-requests, not-found.
 */
export async function makeLinkCode(
  { ephemeral, platform, clock }: MiniProgramWork,
  { accountId, assurance }: { accountId: string; assurance: AssuranceLevel },
): Promise<{ linkCode: string; expiresInSeconds: number }> {
  if (platform === null) throw new AppError('not-found');
  if (assurance < leastLevel) throw new AppError('mini-program-level');
  const { count, resetSeconds } = await ephemeral.count(`mini-program:codes:${accountId}`, 3600);
  if (count > codesPerHour) throw new AppError('too-many-requests', { waitSeconds: resetSeconds });
  const value = JSON.stringify({ accountId, madeAt: clock.now().getTime() } satisfies MadeFor);
  for (;;) {
    const linkCode = String(randomInt(10 ** 8)).padStart(8, '0');
    if (await ephemeral.add(keyOf(linkCode), value, { ttlSeconds: linkCodeTtlSeconds }))
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
  const accountId = /^\d{8}$/.test(typed) ? await takeLinkCode(work, typed) : null;
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

interface MadeFor {
  accountId: string;
  madeAt: number;
}

/** Uses a code up and returns whose it is; null when it is none, or from before the account was recovered. */
const takeLinkCode = async ({ ephemeral }: MiniProgramWork, linkCode: string): Promise<string | null> => {
  const value = await ephemeral.take(keyOf(linkCode));
  if (value === null) return null;
  const { accountId, madeAt } = JSON.parse(value) as MadeFor;
  const recovered = await ephemeral.get(voidKeyOf(accountId));
  return recovered !== null && madeAt <= Number(recovered.value) ? null : accountId;
};

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

/**
 * Takes every binding away from an account that was recovered, and voids the link codes made for it: whoever had got in
 * may have made them. Throws storage-unavailable.
 */
export async function removeAllBindings(work: MiniProgramWork, accountId: string): Promise<void> {
  const { store, clock, ephemeral } = work;
  const recoveredAt = String(clock.now().getTime());
  await ephemeral.put(voidKeyOf(accountId), recoveredAt, { ttlSeconds: linkCodeTtlSeconds });
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const bindings = await store.ofAccount(accountId);
    if (bindings.length === 0) return;
    for (const binding of bindings) {
      const detail = { bindingId: binding._id, by: 'recovery' };
      const event = newEvent(clock, 'mini-program.removed', accountId, detail);
      // A sign-in at this moment moved its version on: it is read again.
      await store.swap(binding, { removedAt: event.at }, event);
    }
  }
  if ((await store.ofAccount(accountId)).length > 0) throw new AppError('storage-unavailable');
}
