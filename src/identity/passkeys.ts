import type { PasskeyRecord } from './account.ts';
import type { Work } from './ports.ts';

/** A passkey as its owner sees it in a list. */
export type PasskeySummary = Pick<PasskeyRecord, 'name' | 'createdAt' | 'deviceType' | 'backedUp'> & {
  credentialId: string;
  lastUsedAt: Date | null;
};

/** Lists the passkeys of an account. */
export async function listPasskeys(work: Work, accountId: string): Promise<PasskeySummary[]> {
  const records = await work.store.passkeysOf(accountId);
  return records.map(({ _id, name, createdAt, deviceType, backedUp, lastUsedAt = null }) => ({
    credentialId: _id,
    name,
    createdAt,
    deviceType,
    backedUp,
    lastUsedAt,
  }));
}
