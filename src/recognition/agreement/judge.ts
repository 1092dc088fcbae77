import { holds, lineOf } from '../framework/folder.ts';
import type { HeldList } from '../framework/store.ts';
import type { Work } from '../ports.ts';
import type { Agreement } from './lifecycle.ts';
import { type AgreementRecord, agreementOf } from './record.ts';

/** Judges records that come with the newest version first, each in the light of the one that follows it. */
export async function judged(work: Work, records: readonly AgreementRecord[]): Promise<Agreement[]> {
  const own = work.self.entityId;
  const isForeign = (record: AgreementRecord): boolean => record.chains.every(({ party }) => party !== own);
  const lists = records.some(isForeign) ? await work.lists.all() : [];
  let last: Agreement | null = null;
  return records.map((record) => {
    const successor: Agreement | null = last?.document.id === record.agreementId ? last : null;
    const agreement = agreementOf(record, own, successor);
    last = isForeign(record) ? { ...agreement, ...heardOf(record, lists) } : agreement;
    return last;
  });
}

/** What this region is no party of it hears of by the list of the operator: what is not on it was never heard of. */
function heardOf(
  record: AgreementRecord,
  lists: readonly HeldList[],
): Pick<Agreement, 'heardAt' | 'isBehind'> {
  const operator = record.chains.at(-1)?.party;
  const held = lists.find(({ _id }) => _id === operator);
  const line = held === undefined ? null : lineOf(held.list, record);
  if (held === undefined || line === null || line.digest !== record.digest)
    return { heardAt: null, isBehind: false };
  return { heardAt: held.issuedAt, isBehind: !holds(record, line) };
}
