import { AppError } from '../base/error.ts';
import { newEvent } from '../base/event.ts';
import type { PasskeyRecord } from './account.ts';
import { modelNameOf } from './passkey-policy.ts';
import type { Work } from './ports.ts';

/** A passkey as its owner sees it in a list. */
export type PasskeySummary = Pick<PasskeyRecord, 'name' | 'createdAt' | 'deviceType' | 'backedUp'> & {
  credentialId: string;
  lastUsedAt: Date | null;
  /** What it says it is, by the name the policy gives that; null when it is not listed. */
  model: string | null;
};

const longestName = 40;
const mostAttempts = 5;

/** Makes a typed name fit to be kept; an empty one becomes the model's, or “my device”. */
export const nameOfPasskey = (text: string, model: string | null = null): string =>
  [...text.normalize('NFC').trim()].slice(0, longestName).join('') || (model ?? '我的设备');

/** Lists the passkeys of an account. */
export async function listPasskeys(work: Work, accountId: string): Promise<PasskeySummary[]> {
  const records = await work.store.passkeysOf(accountId);
  return records.map(({ _id, name, createdAt, deviceType, backedUp, aaguid, lastUsedAt = null }) => ({
    credentialId: _id,
    name,
    createdAt,
    deviceType,
    backedUp,
    lastUsedAt,
    model: modelNameOf(work.passkeyPolicy, aaguid),
  }));
}

/** Names one passkey of an account. */
export interface OwnPasskey {
  accountId: string;
  credentialId: string;
}

/** Gives a passkey another name. Throws passkey-missing. */
export async function renamePasskey(work: Work, input: OwnPasskey & { name: string }): Promise<void> {
  const name = nameOfPasskey(input.name);
  await changePasskey(work, input, { name }, 'passkey.renamed');
}

/**
 * Takes a passkey away: from now on it opens nothing. Throws passkey-missing, and passkey-last when there would be no
 * way left to sign in.
 */
export async function removePasskey(work: Work, input: OwnPasskey): Promise<void> {
  const [account, passkeys] = await Promise.all([
    work.store.accountById(input.accountId),
    work.store.passkeysOf(input.accountId),
  ]);
  const others = passkeys.filter(({ _id }) => _id !== input.credentialId);
  const byPhone = account?.phoneIndex !== undefined && work.authorities.smsGateway !== null;
  if (!account?.password && !byPhone && others.length === 0) throw new AppError('passkey-last');

  await changePasskey(work, input, { removedAt: work.clock.now() }, 'passkey.removed');
}

/** Writes a change; a sign-in by the same passkey at the same moment is no reason to refuse it. */
const changePasskey = async (
  work: Work,
  { accountId, credentialId }: OwnPasskey,
  changes: Partial<PasskeyRecord>,
  type: string,
): Promise<void> => {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const read = await work.store.passkeyById(credentialId);
    if (read === null || read.accountId !== accountId) throw new AppError('passkey-missing');
    if (await work.store.swapPasskey(read, changes, newEvent(work.clock, type, accountId))) return;
  }
  throw new AppError('storage-unavailable');
};
