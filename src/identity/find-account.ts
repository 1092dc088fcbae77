import { parseCitizenNumber } from '../terms/citizen-number.ts';
import type { AccountProfile, AccountRecord } from './account.ts';
import type { Work } from './ports.ts';

/** Binds a sealed field to its place, so that it cannot be moved to another record or field. */
export const fieldContext = (accountId: string, field: string): string => `accounts.${field}:${accountId}`;

/** Opens what an account says of its person. */
export function openProfile(work: Pick<Work, 'cipher'>, record: AccountRecord): AccountProfile {
  const open = (field: string, sealed: Buffer): string =>
    work.cipher.open(sealed, fieldContext(record._id, field));
  const { status, assurance, region, updatedAt, phone } = record;
  return {
    accountId: record._id,
    status,
    assurance,
    region,
    updatedAt,
    number: open('number', record.number),
    name: open('name', record.name),
    ...(phone === undefined ? {} : { phone: open('phone', phone) }),
  };
}

/** Finds an account; null when there is none. */
export async function findAccount(work: Work, accountId: string): Promise<AccountProfile | null> {
  const record = await work.store.accountById(accountId);
  return record === null ? null : openProfile(work, record);
}

/** Finds whose number it is; null when nobody's. Throws what the citizen number's parser throws. */
export async function findAccountIdByNumber(work: Work, text: string): Promise<string | null> {
  const number = parseCitizenNumber(text, work.clock);
  const record = await work.store.accountByNumber(work.blindIndex.of('citizen-number', number));
  return record?._id ?? null;
}
