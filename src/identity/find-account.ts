import { parseCitizenNumber } from '../terms/citizen-number.ts';
import type { AccountProfile, AccountRecord } from './account.ts';
import { assuranceOf } from './evidence.ts';
import { openLinked } from './linked-sign-in.ts';
import type { Work } from './ports.ts';

/** Binds a sealed field to its place, so that it cannot be moved to another record or field. */
export const fieldContext = (accountId: string, field: string): string => `accounts.${field}:${accountId}`;

/** Opens what an account says of its person. */
export function openProfile(work: Pick<Work, 'cipher' | 'clock'>, record: AccountRecord): AccountProfile {
  const open = <K extends 'number' | 'name' | 'phone'>(field: K): { [P in K]?: string } => {
    const sealed = record[field];
    if (sealed === undefined) return {};
    const opened = work.cipher.open(sealed, fieldContext(record._id, field));
    return { [field]: opened } as { [P in K]?: string };
  };
  const { status, region, updatedAt, evidence = [] } = record;
  return {
    accountId: record._id,
    status,
    assurance: assuranceOf(record, work.clock.now()),
    evidence,
    hasPassword: (record.password ?? null) !== null,
    totpSince: record.totp?.since ?? null,
    closingDueAt: record.closing?.dueAt ?? null,
    recoveryCodesLeft: record.recovery?.length ?? 0,
    region,
    updatedAt,
    ...openLinked(work, record),
    ...open('number'),
    ...open('name'),
    ...open('phone'),
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
